//! The sections of the settings: links, as tabs are.

use domain::settings::Section;
use leptos::prelude::*;

use crate::{
    links,
    ui::{Icon, IconName},
};

/// The links, with the current one marked.
#[component]
pub fn SettingsNav(
    /// The section that is shown.
    section: Signal<Section>,
) -> impl IntoView {
    let entry = move |of: &Section| {
        let of = *of;
        let current = move || (section.get() == of).then_some("page");
        view! {
            <a class="nav-item" href=links::settings(of) aria-current=current>
                <Icon name=icon(of) size=16/>
                <span>{of.label()}</span>
            </a>
        }
    };
    view! {
        <nav class="s-nav" aria-label="Settings">
            {Section::ALL.iter().map(entry).collect_view()}
        </nav>
    }
    .into_any()
}

fn icon(section: Section) -> IconName {
    match section {
        Section::General => IconName::Sliders,
        Section::Products => IconName::Boxes,
        Section::Categories => IconName::Tag,
        Section::Priorities => IconName::Signal,
        Section::Notifications => IconName::Bell,
        Section::Retries => IconName::RotateCcw,
        Section::Approvals => IconName::ShieldCheck,
        Section::Retention => IconName::Archive,
        Section::Transfer => IconName::ArrowDownUp,
        Section::Demo => IconName::FlaskConical,
    }
}
