//! Which keys act by themselves.

use leptos::{ev::KeyboardEvent, prelude::document};

/// Whether the key was meant for the page: pressed without others, while no field has the focus and no dialog is open.
pub(crate) fn is_single(event: &KeyboardEvent) -> bool {
    let alone = !(event.ctrl_key() || event.meta_key() || event.alt_key() || event.default_prevented());
    let typing = document().active_element().is_some_and(|element| {
        element.matches("input, textarea, select, [contenteditable]").unwrap_or_default()
    });
    alone && !typing && document().query_selector("dialog[open]").is_ok_and(|dialog| dialog.is_none())
}
