//! No such page.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::{components::EmptyState, links, ui::IconName};

/// Says so, answers 404, and leads back.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
    view! {
        <Title text="Page not found"/>
        <section class="panel" aria-label="Page not found">
            <EmptyState
                icon=IconName::SearchX
                title="There is no page at this address"
                text="It may have been mistyped, or the link is from another version of Mission Control. Nothing is lost: what Hermes reports is kept."
            >
                <a class="btn" data-size="sm" href=links::HOME>
                    "Go to Mission Control"
                </a>
            </EmptyState>
        </section>
    }
}
