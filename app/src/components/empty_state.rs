//! Nothing to show, and why.

use leptos::prelude::*;

use crate::ui::{Icon, IconName};

/// Says why there is nothing and what will appear. `children` are ways on: links and buttons.
#[component]
pub fn EmptyState(
    /// What stands for it.
    icon: IconName,
    /// What is the case: `Nothing is running`.
    #[prop(into)]
    title: String,
    /// Why, and what will appear.
    #[prop(into)]
    text: String,
    /// `ok` where nothing is good news.
    #[prop(default = "idle")]
    tone: &'static str,
    /// Ways on.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty" data-tone=tone>
            <span class="empty-mark">
                <Icon name=icon size=20/>
            </span>
            <p class="empty-title">{title}</p>
            <p>{text}</p>
            {children.map(|children| view! { <div class="row row-wrap">{children()}</div> })}
        </div>
    }
}
