//! Whether the client has taken over the page. Controls that need it appear only then.

use leptos::prelude::*;

/// Whether the client has taken over the page: `false` in the first view of both sides. A context.
#[derive(Debug, Clone, Default)]
pub struct Hydrated(ArcRwSignal<bool>);

impl Hydrated {
    /// Whether the client is at work; `false` where nobody said so.
    pub fn now() -> Signal<bool> {
        use_context::<Self>().map_or_else(|| Signal::stored(false), |hydrated| hydrated.0.into())
    }
}

/// Takes over the page that the server rendered. Only when all of it is taken over, its page's part of the client
/// included, is [`Hydrated`] true, and the document marked with `data-hydrated`.
#[cfg(feature = "hydrate")]
pub fn hydrate() {
    let hydrated = Hydrated::default();
    let provided = hydrated.clone();
    let app = move || {
        provide_context(provided);
        crate::App()
    };
    // leptos' own way to spawn is there only once it hydrates.
    wasm_bindgen_futures::spawn_local(async move {
        // Starting the client was a task of its own.
        super::idle::breathe().await;
        let Some(body) = document().body() else { return };
        hydrate_from_async(body, app).await.forget();
        hydrated.0.set(true);
        if let Some(html) = document().document_element() {
            // A failure would only hide the mark.
            let _ = html.set_attribute("data-hydrated", "true");
        }
    });
}
