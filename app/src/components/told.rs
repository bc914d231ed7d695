//! Text that telemetry told: hostile until shown as text.

use leptos::prelude::*;

use crate::format;

/// Text that telemetry told, on one line: as text, isolated from the direction of what stands around it.
#[component]
pub fn Told(
    /// The text as it was told.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <bdi>{format::plain(&text).into_owned()}</bdi> }.into_any()
}

/// Text that telemetry told, with its lines: as text, each line in its own direction.
#[component]
pub fn ToldLines(
    /// The text as it was told.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! {
        <p class="told-lines" dir="auto">
            {format::plain_lines(&text)}
        </p>
    }
    .into_any()
}
