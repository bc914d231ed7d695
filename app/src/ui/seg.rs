//! Segments: a few choices side by side, of which one is in force.

use leptos::prelude::*;

/// One choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SegItem {
    /// Its words.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// Whether it is in force.
    pub current: bool,
}

/// Choices side by side; each is a link.
#[component]
pub fn Seg(
    /// What is chosen, for screen readers.
    label: &'static str,
    /// The choices.
    items: Vec<SegItem>,
) -> impl IntoView {
    let item = |item: SegItem| {
        view! {
            <a class="seg-item" href=item.href aria-current=item.current.then_some("true") data-noscroll="">
                {item.label}
            </a>
        }
    };
    view! {
        <div class="seg" role="group" aria-label=label>
            {items.into_iter().map(item).collect_view()}
        </div>
    }
    .into_any()
}
