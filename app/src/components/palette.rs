//! The command palette: by typing, to everything that there is, and what can be done. With it, the list of keys.
//!
//! What it shows is loaded when it is opened for the first time, its code as well: a first visit pays for the button alone.

#[cfg(feature = "hydrate")]
mod attention_keys;
pub mod dialog;
mod entry;
mod fuzzy;
pub mod help;
#[cfg(feature = "hydrate")]
mod keys;
mod main_pages;

use leptos::{prelude::*, wasm_split::wasm_split};

use crate::{
    state::Hydrated,
    ui::{Icon, IconName},
};

/// What is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// The palette.
    Palette,
    /// The list of keys.
    Keys,
}

/// What is open of the palette and the list of keys.
#[derive(Debug, Clone, Copy)]
pub struct PaletteState(RwSignal<Option<Shown>>);

impl PaletteState {
    /// Nothing is open.
    pub fn new() -> Self {
        Self(RwSignal::new(None))
    }

    fn open(self, what: Shown) {
        self.0.set(Some(what));
    }

    fn close(self) {
        self.0.set(None);
    }
}

impl Default for PaletteState {
    fn default() -> Self {
        Self::new()
    }
}

/// The button that opens the palette. The style sheet hides it where no client is at work.
#[component]
pub fn PaletteButton(state: PaletteState) -> impl IntoView {
    let hydrated = Hydrated::now();
    let key = move || if hydrated.get() && on_apple() { "⌘K" } else { "Ctrl K" };
    view! {
        <button
            class="cmdk"
            type="button"
            aria-haspopup="dialog"
            aria-keyshortcuts="Control+K Meta+K"
            aria-label="Search or run a command"
            on:click=move |_| state.open(Shown::Palette)
        >
            <Icon name=IconName::Search/>
            <span>"Search or run a command"</span>
            <kbd>{key}</kbd>
        </button>
    }
    .into_any()
}

/// Where the palette and the list of keys open, and the keys that open them and go to pages. `single_keys` says whether
/// single keys act at present.
#[component]
#[cfg_attr(not(feature = "hydrate"), expect(unused_variables, reason = "only a browser has keys"))]
pub fn Palette(state: PaletteState, single_keys: Signal<bool>) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    keys::listen(state, single_keys);
    let wanted =
        Memo::new(move |before| before.copied().unwrap_or_default() || state.0.with(Option::is_some));
    let dialogs = move || {
        let dialogs = move || Suspend::new(dialogs(state));
        wanted.get().then(|| view! { <Transition>{dialogs}</Transition> }.into_any())
    };
    view! { {dialogs} }.into_any()
}

/// The dialogs themselves, in a part of the client that is loaded when the first of them opens.
#[wasm_split(palette, wasm_split_path = ::leptos::wasm_split)]
fn dialogs(state: PaletteState) -> AnyView {
    view! {
        <dialog::PaletteDialog state/>
        <help::KeysDialog state/>
    }
    .into_any()
}

/// Whether the keyboard has a command key.
fn on_apple() -> bool {
    #[cfg(feature = "hydrate")]
    return window()
        .navigator()
        .platform()
        .is_ok_and(|platform| platform.starts_with("Mac") || platform.starts_with("iP"));
    #[cfg(not(feature = "hydrate"))]
    false
}

/// Opens and closes the dialog as `open` says.
#[cfg_attr(not(feature = "hydrate"), expect(unused_variables, reason = "only a browser has dialogs"))]
fn follow(dialog: NodeRef<leptos::html::Dialog>, open: impl Fn() -> bool + 'static) {
    #[cfg(feature = "hydrate")]
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        if open() {
            // In the next frame: a dialog that was just made is not yet in the page.
            request_animation_frame(move || {
                if dialog.is_connected() && !dialog.open() {
                    // Nothing else is refused.
                    let _ = dialog.show_modal();
                }
            });
        } else if dialog.open() {
            dialog.close();
        }
    });
}
