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
    mark(children())
}

/// Marks what was inferred.
pub(crate) fn mark(content: AnyView) -> AnyView {
    view! {
        <span class="inferred" title="Inferred: no source said so">
            {content}
            <span class="sr">" (inferred)"</span>
        </span>
    }
    .into_any()
}
