//! Single keys where something needs the founder: `J` and `K` move from item to item, `X` opens why, `A` and `S` press the
//! item's own buttons. What they do is loaded when the first of them is pressed.

mod items;

use leptos::{prelude::document, wasm_split::wasm_split};

/// What is decided about: an item of a list, or what a task's page says of it.
const ITEMS: &str = ".queue .q-item, .task-needs";

/// Whether the key acts on this page.
pub(super) fn act(key: &str) -> bool {
    "jkxas".contains(key)
        && key.len() == 1
        && document().query_selector(ITEMS).is_ok_and(|item| item.is_some())
}

/// Does what the key does.
#[wasm_split(palette, wasm_split_path = ::leptos::wasm_split)]
pub(super) fn press(key: String) {
    items::press(&key);
}
