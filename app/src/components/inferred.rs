//! What no source told.

use leptos::prelude::*;

/// Marks its content as inferred where `inferred` lists the field: a dotted line, and the word for screen readers.
#[component]
pub fn Inferred(
    /// The JSON name of the field.
    field: &'static str,
    /// The fields that were inferred.
    inferred: Vec<String>,
    /// What is shown.
    children: Children,
) -> impl IntoView {
    if !inferred.iter().any(|name| name == field) {
        return children().into_any();
    }
    view! {
        <span class="inferred" title="Inferred: no source said so">
            {children()}
            <span class="sr">" (inferred)"</span>
        </span>
    }
    .into_any()
}
