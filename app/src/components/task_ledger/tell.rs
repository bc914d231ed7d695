//! Telling a row's elements what they show now.
//!
//! One effect a row compares what stands there with what is to stand there, and changes just that. A signal for each attribute
//! and text of fifty rows would cost several times what the document's own work does, and making the elements anew costs more
//! still.

use std::mem::discriminant;

use leptos::web_sys::{Element, Node};

use super::{
    cell::{Cell, Content},
    row::Head,
};
use crate::{
    components::{
        ago::{datetime, in_full},
        task_status_badge::glyph,
    },
    format, links,
    state::Clock,
};

/// Tells the first cell of a row, and the row itself whether it is open.
pub(super) fn head(row: &Element, was: &Head, now: &Head) {
    if was.open != now.open {
        let told =
            if now.open { row.set_attribute("data-open", "") } else { row.remove_attribute("data-open") };
        // The names are right: nothing refuses them.
        drop(told);
    }
    if let Some(opener) = find(row, ".exp") {
        if was.toggle != now.toggle {
            set(&opener, "href", &now.toggle);
        }
        if was.open != now.open {
            set(&opener, "aria-expanded", now.expanded());
        }
        if was.title != now.title {
            set(&opener, "aria-label", &now.label());
        }
    }
    if was.id != now.id {
        titled(row, ".t-id", &now.id, now.short());
    }
    if was.title != now.title {
        titled(row, ".cell-main", &now.title, &now.title);
    }
    if was.href != now.href
        && let Some(link) = find(row, ".cell-main")
    {
        set(&link, "href", &now.href);
    }
}

/// Tells a cell what it shows now. `false` where what stands in it must be made anew: it is of another kind, or is not there as it
/// was made.
pub(super) fn cell(cell: &Element, was: &Cell, now: &Cell, clock: Option<&Clock>) -> bool {
    if was.inferred != now.inferred || discriminant(&was.content) != discriminant(&now.content) {
        return false;
    }
    let told = match (&was.content, &now.content) {
        (_, Content::Words(text)) => {
            let text = format::plain(text);
            titled(cell, ".trunc", &text, &text)
        }
        (_, Content::Short(text)) => match find(cell, ".inferred") {
            Some(marked) => set_text(&marked, text),
            None => set_text(cell, text),
        },
        (_, Content::Product(name, slug)) => find(cell, "a").and_then(|link| {
            set(&link, "href", &links::product(slug));
            set_text(&find(&link, "bdi")?, &format::plain(name))
        }),
        (_, Content::Status(status)) => find(cell, ".status").and_then(|badge| {
            set(&badge, "data-status", status.as_str());
            set(&find(&badge, "use")?, "href", &glyph(*status).href());
            set_text(&badge, status.label())
        }),
        (Content::Priority(Some(_)), Content::Priority(Some(priority))) => {
            find(cell, ".prio").and_then(|badge| {
                set(&badge, "data-priority", priority.as_str());
                set(&badge, "title", &format!("Priority {}", priority.as_str()));
                set_text(&badge, priority.label())
            })
        }
        (Content::Since(was), Content::Since(now)) | (Content::SoFar(was), Content::SoFar(now)) => {
            find(cell, "time").and_then(|time| {
                if was.at != now.at {
                    set(&time, "datetime", &datetime(now.at));
                    set(&time, "title", &in_full(now.at, clock));
                }
                if was.text == now.text { Some(()) } else { set_text(&time, &now.text) }
            })
        }
        _ => None,
    };
    told.is_some()
}

/// Tells an element its title, and the text that it isolates.
fn titled(within: &Element, what: &str, title: &str, text: &str) -> Option<()> {
    let element = find(within, what)?;
    set(&element, "title", title);
    set_text(&find(&element, "bdi")?, text)
}

fn find(within: &Element, what: &str) -> Option<Element> {
    within.query_selector(what).ok().flatten()
}

fn set(element: &Element, name: &str, value: &str) {
    // The names are right: nothing refuses them.
    let _ = element.set_attribute(name, value);
}

/// Tells the text beside an element's other children. `None` where it is not there: a translator may have wrapped it.
fn set_text(element: &Element, text: &str) -> Option<()> {
    let mut child = element.last_child();
    while let Some(node) = child {
        if node.node_type() == Node::TEXT_NODE {
            node.set_node_value(Some(text));
            return Some(());
        }
        child = node.previous_sibling();
    }
    None
}
