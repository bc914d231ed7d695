//! The switch: a checkbox that looks like one, so that a form sends it without scripts.

use leptos::prelude::*;

/// On or off. A form has it, with the value `on`, only where it is on.
#[component]
pub fn Switch(
    /// Its name in the form.
    name: String,
    /// What it switches, for screen readers.
    label: String,
    /// Whether it is on.
    on: bool,
) -> impl IntoView {
    view! { <input class="switch" type="checkbox" role="switch" name=name aria-label=label checked=on/> }
        .into_any()
}
