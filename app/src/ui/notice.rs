//! A slim notice: what is the case, what follows from it, one way on.

use leptos::prelude::*;

use crate::ui::{Icon, IconName};

/// Icon, fact, consequence and one link. It stands above what it is about.
#[component]
pub fn Notice(
    /// `accent` for what is under way, `warn` or `danger` for what is wrong.
    tone: &'static str,
    /// What stands for it.
    icon: IconName,
    /// The fact.
    #[prop(into)]
    title: String,
    /// Whether it is wrong and wants to be told at once.
    #[prop(optional)]
    alert: bool,
    /// Where more is said, and in which words.
    #[prop(optional)]
    href: Option<(&'static str, &'static str)>,
    /// What follows from it, and what to do.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="notice" data-tone=tone role=if alert { "alert" } else { "status" }>
            <Icon name=icon size=16/>
            <div class="notice-text">
                <b>{title}</b>
                " "
                {children()}
            </div>
            {href
                .map(|(href, words)| {
                    view! {
                        <a class="btn" data-size="sm" href=href>
                            {words}
                        </a>
                    }
                })}
        </div>
    }
    .into_any()
}
