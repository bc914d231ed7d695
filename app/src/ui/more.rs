//! What is too long to stand open.

use leptos::prelude::*;

use crate::ui::{Icon, IconName};

/// A line that opens the rest; works without scripts.
#[component]
pub fn More(
    /// The line: `212 more`.
    #[prop(into)]
    summary: String,
    /// Whether it is open from the start.
    #[prop(optional)]
    open: bool,
    /// The rest.
    children: Children,
) -> impl IntoView {
    view! {
        <details class="more" open=open>
            <summary>
                <Icon name=IconName::ChevronRight/>
                {summary}
            </summary>
            {children()}
        </details>
    }
    .into_any()
}
