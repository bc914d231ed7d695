//! A moment.

use leptos::prelude::*;

/// A moment: for people in words, with the exact time on hover, for machines in `datetime`.
#[component]
pub fn Time(
    /// For machines: `2026-05-25T16:42:18Z`.
    #[prop(into)]
    datetime: String,
    /// In full, on hover.
    #[prop(into)]
    title: String,
    /// In words.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    view! {
        <time datetime=datetime title=title>
            {move || text.get()}
        </time>
    }
    .into_any()
}
