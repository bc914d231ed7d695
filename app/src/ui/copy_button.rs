//! Copies text to the clipboard.

use leptos::prelude::*;

use crate::ui::{Icon, IconName};

/// A button that copies `text`, and says so. Only where scripts run: show it after hydration.
#[component]
pub fn CopyButton(
    /// What is copied.
    #[prop(into)]
    text: String,
    /// What it is, for screen readers: `Copy the command`.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let copied = RwSignal::new(None::<bool>);
    let copy = move |_| {
        let text = text.clone();
        leptos::task::spawn_local(async move { copied.set(Some(copy_text(&text).await)) });
    };
    let icon = move || match copied.get() {
        Some(true) => view! { <Icon name=IconName::Check/> },
        _ => view! { <Icon name=IconName::Copy/> },
    };
    let words = move || match copied.get() {
        None => "",
        Some(true) => "Copied",
        Some(false) => "Not allowed: select the text and copy it",
    };
    view! {
        <span class="copy">
            <button class="btn" data-variant="ghost" data-size="sm" type="button" aria-label=label on:click=copy>
                {icon}
                <span class="copy-label">"Copy"</span>
            </button>
            <span class="sr" role="status">{words}</span>
        </span>
    }
}

/// Whether the browser took the text. It refuses outside of `https` and loopback addresses.
#[cfg(feature = "hydrate")]
async fn copy_text(text: &str) -> bool {
    let clipboard = window().navigator().clipboard();
    wasm_bindgen_futures::JsFuture::from(clipboard.write_text(text)).await.is_ok()
}

#[cfg(not(feature = "hydrate"))]
#[expect(clippy::unused_async, reason = "the browser's version waits for the clipboard")]
async fn copy_text(_text: &str) -> bool {
    false
}
