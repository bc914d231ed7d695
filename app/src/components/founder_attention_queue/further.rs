//! The end of the queue: a link that lists the rest, then the rest in the link's place.

use leptos::prelude::*;

use crate::{format, links};

/// Where the rest begins.
const ANCHOR: &str = "attention-rest";

/// The link, to whom it has the focus.
const LINK: &str = "list-attention-rest";

/// What lies beyond the items that are listed at first. Without scripts the link leads to the page with all of them, at the
/// first that it did not have; where scripts run they take the link's place, and nothing else moves.
#[component]
pub fn Further(
    /// The rows, where they were asked for.
    rows: Option<AnyView>,
    /// How many were not.
    unlisted: u64,
) -> impl IntoView {
    if let Some(rows) = rows {
        keep_focus();
        view! { <div class="q-further" id=ANCHOR>{rows}</div> }.into_any()
    } else if unlisted > 0 {
        let words = format!("List {} more", format::number(unlisted));
        view! {
            <p class="q-list">
                <a class="link" id=LINK href=links::REST_OF_QUEUE data-noscroll="">
                    {words}
                </a>
            </p>
        }
        .into_any()
    } else {
        ().into_any()
    }
}

/// The focus of the link, which is about to go, goes to the first row that comes in its place.
fn keep_focus() {
    #[cfg(feature = "hydrate")]
    if document().active_element().is_some_and(|focused| focused.id() == LINK) {
        request_animation_frame(|| {
            use leptos::wasm_bindgen::JsCast as _;

            let first = document().query_selector(&format!("#{ANCHOR} a"));
            if let Some(first) = first.ok().flatten() {
                let _ = first.unchecked_ref::<web_sys::HtmlElement>().focus();
            }
        });
    }
}
