//! What of a home was skipped.

use domain::source::Skipped;
use leptos::prelude::*;

use crate::{components::ReasonList, format, ui::Panel};

/// Every place that was skipped, and why.
#[component]
pub fn SkippedPanel(
    /// The places that are listed.
    skipped: Vec<Skipped>,
    /// How many there are.
    total: u64,
) -> impl IntoView {
    let total = total.max(skipped.len() as u64);
    let body = if total == 0 {
        view! { <p class="panel-line t2">"Nothing was skipped."</p> }.into_any()
    } else {
        let items = skipped.into_iter().map(|skipped| (skipped.place, skipped.reason)).collect();
        view! { <ReasonList items total/> }.into_any()
    };
    view! {
        <Panel title="Skipped" count=Some(format::number(total))>
            {body}
        </Panel>
    }
}
