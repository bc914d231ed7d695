//! `/hermes/tasks/:id`

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::not_built::NotBuilt;
use crate::links;

/// `/hermes/tasks/:id`
#[component]
pub fn TaskPage() -> impl IntoView {
    let params = use_params_map();
    let id = move || params.with(|params| params.get("id").unwrap_or_default());
    let sources = Signal::derive(move || {
        let task = format!("/api/v1/tasks/{}", links::segment(&id()));
        let (events, runs) = (format!("{task}/events"), format!("{task}/runs"));
        vec![("The task as JSON", task), ("Its events", events), ("Its runs", runs)]
    });
    view! {
        <NotBuilt
            title="Task"
            text="What was done, in order, what came out and what was learned will stand here."
            subject=Signal::derive(id)
            sources
        />
    }
}
