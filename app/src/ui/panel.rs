//! The panel: a hairline box with a head. No panel stands in a panel.

use leptos::prelude::*;

/// A section of a page. Loading, empty and error states replace its body only.
#[component]
pub fn Panel(
    /// What it shows; also its name for screen readers.
    #[prop(into)]
    title: String,
    /// What `#…` it is reached by, where something leads to it.
    #[prop(optional)]
    id: Option<&'static str>,
    /// How many there are, where that is known.
    #[prop(optional_no_strip)]
    count: Option<String>,
    /// Links of the head.
    #[prop(optional, into)]
    actions: ViewFnOnce,
    /// The body.
    children: Children,
) -> impl IntoView {
    let name = title.clone();
    view! {
        <section class="panel" id=id aria-label=name>
            <header class="panel-head">
                <h2>{title}</h2>
                {count.map(|count| view! { <span class="count">{count}</span> })}
                <div class="panel-actions">{actions.run()}</div>
            </header>
            {children()}
        </section>
    }
    .into_any()
}
