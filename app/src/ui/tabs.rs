//! Tabs that are links: they work without scripts, and each has an address.

use leptos::prelude::*;

/// A tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TabLink {
    /// What it shows.
    pub name: &'static str,
    /// Where it is.
    pub href: String,
    /// Whether it is the one that is open.
    pub current: bool,
    /// How many there are in it, where that is known.
    pub count: Option<String>,
}

/// A row of tabs; the page stays where it was scrolled to when another is opened.
#[component]
pub fn Tabs(
    /// What they are parts of, for screen readers.
    #[prop(into)]
    label: String,
    /// The tabs, in order.
    tabs: Vec<TabLink>,
) -> impl IntoView {
    let tab = |TabLink { name, href, current, count }: TabLink| {
        view! {
            <a href=href aria-current=current.then_some("page") data-noscroll="">
                {name}
                {count.map(|count| view! { <span class="count">{count}</span> })}
            </a>
        }
    };
    view! {
        <nav class="tabs" aria-label=label>
            {tabs.into_iter().map(tab).collect_view()}
        </nav>
    }
    .into_any()
}
