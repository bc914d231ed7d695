//! How much a task or a product matters.

use domain::task::Priority;
use leptos::prelude::*;

use crate::ui::Unknown;

/// Four bars and the name of the priority. Weight, never colour.
#[component]
pub fn PriorityBadge(
    /// The priority; `None` where nobody told it.
    priority: Option<Priority>,
) -> impl IntoView {
    let name = priority.map_or("unknown", Priority::as_str);
    let label = priority
        .map_or_else(|| view! { <Unknown/> }.into_any(), |priority| view! { {priority.label()} }.into_any());
    view! {
        <span class="prio" data-priority=name title=format!("Priority {name}")>
            <span class="prio-bars" aria-hidden="true">
                <i></i>
                <i></i>
                <i></i>
                <i></i>
            </span>
            {label}
        </span>
    }
}
