//! `/hermes/settings`

use leptos::prelude::*;

use super::not_built::{NotBuilt, fixed};
use crate::links;

/// `/hermes/settings`
#[component]
pub fn SettingsPage() -> impl IntoView {
    view! {
        <NotBuilt
            title="Settings"
            text="Thresholds, time zone and retention will be set here. Until then the defaults hold; Mission Control explains each figure with the threshold that it uses."
            sources=fixed([])
            more=Some((links::SOURCES, "Sources: what is read of the agent's files"))
        />
    }
}
