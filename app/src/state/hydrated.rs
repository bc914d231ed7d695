//! Whether the client has taken over the page. Controls that need it appear only then.

use leptos::prelude::*;

/// Whether the client has taken over the page: `false` in the first view of both sides. A context.
#[derive(Debug, Clone, Copy)]
pub struct Hydrated(RwSignal<bool>);

impl Hydrated {
    /// Whether the client is at work; `false` where nobody said so.
    pub fn now() -> Signal<bool> {
        use_context::<Self>().map_or_else(|| Signal::stored(false), |hydrated| hydrated.0.into())
    }
}

/// Provides [`Hydrated`], and marks the document with `data-hydrated` when it becomes true.
pub fn provide_hydrated() {
    let hydrated = Hydrated(RwSignal::new(false));
    provide_context(hydrated);
    Effect::new(move || {
        hydrated.0.set(true);
        #[cfg(feature = "hydrate")]
        if let Some(html) = document().document_element() {
            // A failure would only hide the mark.
            let _ = html.set_attribute("data-hydrated", "true");
        }
    });
}
