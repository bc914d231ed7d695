//! `/hermes/agents`

use leptos::prelude::*;

use super::not_built::{NotBuilt, fixed};

/// `/hermes/agents`
#[component]
pub fn AgentsPage() -> impl IntoView {
    view! {
        <NotBuilt
            title="Agents"
            text="How agents and tools are doing will stand here, and what runs next on a schedule."
            sources=fixed([
                ("Agents as JSON", "/api/v1/agents".to_owned()),
                ("Schedule as JSON", "/api/v1/schedule".to_owned()),
            ])
        />
    }
}
