//! `/hermes/tasks`

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::not_built::NotBuilt;

/// `/hermes/tasks`
#[component]
pub fn TasksPage() -> impl IntoView {
    let location = use_location();
    let sources = Signal::derive(move || {
        let search = location.search.get();
        let query = if search.is_empty() { String::new() } else { format!("?{search}") };
        vec![("These tasks as JSON", format!("/api/v1/tasks{query}"))]
    });
    view! {
        <NotBuilt
            title="Tasks"
            text="The ledger will list every task here, with search, filters and sorting. The filters of this address already work in the API."
            sources
        />
    }
}
