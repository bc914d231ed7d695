//! What is not known.

use leptos::prelude::*;

/// Stands where a value is not known: `–`, spoken as "unknown". Never a made-up 0.
#[component]
pub fn Unknown() -> impl IntoView {
    view! {
        <span class="unknown" title="unknown">
            <span aria-hidden="true">"–"</span>
            <span class="sr">"unknown"</span>
        </span>
    }
    .into_any()
}
