//! One kind of result.

use domain::facts::Deed;
use leptos::prelude::*;

use super::scale::Bar;
use crate::{
    format,
    ui::{Icon, IconName},
};

/// The glyph of a kind, and what counts for it.
fn looks(deed: Deed) -> (IconName, &'static str) {
    match deed {
        Deed::BugsFixed => (IconName::Bug, "Completed tasks of the type bugfix"),
        Deed::PrsCreated => (IconName::GitPullRequest, "Events that tell of a new pull request"),
        Deed::ServicesDeployed => (IconName::Rocket, "Deployment events that are no warning and no error"),
        Deed::FailuresInvestigated => {
            (IconName::SearchCheck, "Completed tasks that a monitoring alert triggered")
        }
        Deed::AuditsRun => (IconName::ShieldCheck, "Completed tasks of the types audit and security"),
        Deed::DocsUpdated => (IconName::FileText, "Completed tasks of the type documentation"),
        Deed::ReportsGenerated => (
            IconName::ChartColumn,
            "Completed tasks of the types research, cost optimization and product planning",
        ),
        Deed::HealthChecked => (IconName::Activity, "Completed tasks of the type monitoring"),
    }
}

/// The kind, its bar and its number. A broken bar is longer than the scale.
#[component]
pub fn Kind(
    /// The kind.
    deed: Deed,
    /// How many there are.
    count: u64,
    /// How long its bar is.
    bar: Bar,
) -> impl IntoView {
    let (glyph, counts) = looks(deed);
    view! {
        <li class="hbar" title=counts>
            <span class="hbar-name">
                <Icon name=glyph/>
                <span class="trunc">{deed.label()}</span>
            </span>
            <span class="hbar-track" aria-hidden="true">
                <i style=format!("--v:{}", bar.percent) data-broken=bar.broken.then_some("")></i>
            </span>
            <span class="hbar-n" data-zero=(count == 0).then_some("")>
                {format::number(count)}
            </span>
        </li>
    }
    .into_any()
}
