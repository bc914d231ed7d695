//! Answers to forms of the settings page that are shown in place of what is stored, without the page being left.

use leptos::prelude::*;

use crate::{api::settings::SettingsView, components::change_form::Answered};

/// What the server answered the last form with, in place of what is stored. A context of the page.
#[derive(Debug, Clone, Copy)]
pub struct InPlace(pub RwSignal<Option<SettingsView>>);

impl InPlace {
    /// Takes up an answer; `None` where no page shows it.
    pub fn answered() -> Option<Answered> {
        let Self(shown) = use_context()?;
        Some(Callback::new(move |text: String| match serde_json::from_str(&text) {
            Ok(view) => {
                shown.set(Some(view));
                focus_wrong();
            }
            // A server of another version: what it means is seen by loading its page.
            Err(_) => load(),
        }))
    }
}

/// What is told of a refusal: the answer is the page, which tells it at its fields.
pub fn refused(_: &str) -> String {
    "Nothing was saved.".to_owned()
}

/// Leads to the first field that is to be mended, once it is there.
fn focus_wrong() {
    #[cfg(feature = "hydrate")]
    request_animation_frame(|| {
        use leptos::wasm_bindgen::JsCast;
        if let Ok(Some(field)) = document().query_selector("main [aria-invalid=true]") {
            // It cannot fail in a way that anyone could mend.
            let _ = field.unchecked_into::<web_sys::HtmlElement>().focus();
        }
    });
}

fn load() {
    #[cfg(feature = "hydrate")]
    let _ = window().location().reload();
}
