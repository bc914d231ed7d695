//! `/hermes/history`

use leptos::prelude::*;

use super::not_built::{NotBuilt, fixed};

/// `/hermes/history`
#[component]
pub fn HistoryPage() -> impl IntoView {
    view! {
        <NotBuilt
            title="History"
            text="Work over weeks and months will be charted here. The tasks that ended last are in the API."
            sources=fixed([("Ended tasks as JSON", "/api/v1/tasks?sort=-completedAt".to_owned())])
        />
    }
}
