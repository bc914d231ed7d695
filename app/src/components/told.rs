//! Text that telemetry told.

use leptos::prelude::*;

use crate::format;

/// Text that telemetry told, on one line: as text, isolated from the direction of what stands around it.
#[component]
pub fn Told(
    /// The text as it was told.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <bdi>{format::plain(&text).into_owned()}</bdi> }
}
