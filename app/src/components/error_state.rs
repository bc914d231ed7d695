//! Something could not be loaded.

use leptos::prelude::*;

use crate::{
    api::ApiError,
    ui::{Icon, IconName},
};

/// What to do about it, in words.
fn remedy(error: &ApiError) -> &'static str {
    match error {
        ApiError::NotFound => "Check the address, or go back to Mission Control.",
        ApiError::Invalid(_) => "Change the question and ask again.",
        ApiError::Unavailable => {
            "Another program may hold the database, or the disk may be full; the server's log says which. \
             Then try again."
        }
        ApiError::Unreachable => "See whether Mission Control still runs, then try again.",
        ApiError::Internal => "Reload the page. If it stays, the server's log says more.",
    }
}

/// Says what failed, what is not affected and what to do, with a code to search for.
#[component]
pub fn ErrorState(
    /// What was to be shown: `The overview`.
    #[prop(into)]
    what: String,
    /// What is not affected.
    #[prop(into)]
    unaffected: String,
    /// Why it failed.
    error: ApiError,
) -> impl IntoView {
    view! {
        <div class="empty" data-tone="danger" role="alert">
            <span class="empty-mark">
                <Icon name=IconName::OctagonAlert size=20/>
            </span>
            <p class="empty-title">{format!("{what} did not load")}</p>
            <p>{format!("Reason: {error}. {unaffected} {}", remedy(&error))}</p>
            <div class="row row-wrap">
                <a class="btn" data-size="sm" href="" rel="external">
                    <Icon name=IconName::RotateCcw/>
                    "Try again"
                </a>
                <span class="mono t3 xs">{error.code()}</span>
            </div>
        </div>
    }
}
