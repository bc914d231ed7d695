//! The sprite in the browser: a file at first, then a part of the document.

use std::{cell::RefCell, sync::Arc};

use leptos::prelude::document;

use crate::state::fetch::bytes;

thread_local! {
    /// Where the symbols of an icon that is made now are. Icons are many: the document is asked once.
    static WHERE: RefCell<Option<Arc<str>>> = const { RefCell::new(None) };
}

pub(super) fn sprite() -> Arc<str> {
    WHERE.with_borrow_mut(|place| place.get_or_insert_with(|| file().into()).clone())
}

fn file() -> String {
    let html = document().document_element();
    html.and_then(|html| html.get_attribute("data-icons")).unwrap_or_default()
}

/// Brings the sprite into the document. For each icon of a file the browser looks up its cache and what it may load, which
/// takes longer than to make the icon; a symbol of the document itself is just there. Where it does not come, all stays as it is.
pub(crate) async fn bring_sprite() {
    if let Some(symbols) = bytes(&file()).await
        && let Ok(symbols) = String::from_utf8(symbols)
        // A proxy in between may answer with a page of its own.
        && symbols.starts_with("<svg")
        && let Some(body) = document().body()
        && let Ok(holder) = document().create_element("div")
    {
        // tidy: classes icons
        holder.set_class_name("icons");
        let _ = holder.set_attribute("aria-hidden", "true");
        // The build made it of its own files (`xtask-assets`): no word of it was told by anyone.
        holder.set_inner_html(&symbols);
        if body.append_child(&holder).is_ok() {
            // An address in the document that icons are in.
            WHERE.set(Some("".into()));
        }
    }
}
