//! Telling a row's elements what they show now.
//!
//! One effect a row compares what stands there with what is to stand there, and changes just that. A signal for each attribute
//! and text of fifty rows would cost several times what the document's own work does, and making the elements anew costs more
//! still.

use std::mem::discriminant;

use leptos::{
    wasm_bindgen::JsCast,
    web_sys::{Element, HtmlElement, Node},
};

use super::{
    cell::{Cell, Content, Moment},
    made,
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

/// Tells the first cell of a row what can be seen of it, and the row itself whether it is open. Whether
/// [`head_attributes`] is yet to be called.
pub(super) fn head(row: &Element, was: &Head, now: &Head) -> bool {
    if was.open != now.open {
        let told =
            if now.open { row.set_attribute("data-open", "") } else { row.remove_attribute("data-open") };
        // The names are right: nothing refuses them.
        drop(told);
    }
    let Some((opener, id, name)) = first_cell(row) else { return false };
    if was.open != now.open {
        set(&opener, "aria-expanded", now.expanded());
    }
    if was.id != now.id {
        first_isolated(&id, now.short());
    }
    if was.title != now.title {
        first_isolated(&name, &now.title);
    }
    was.id != now.id || was.title != now.title || was.href != now.href || was.toggle != now.toggle
}

/// What only a pointer or a screen reader finds at the first cell, and where its links lead.
pub(super) fn head_attributes(row: &Element, now: &Head) {
    let Some((opener, id, name)) = first_cell(row) else { return };
    set(&opener, "href", &now.toggle);
    set(&opener, "aria-label", &now.label());
    set(&name, "href", &now.href);
    set_title(&id, &now.id);
    set_title(&name, &now.title);
}

/// What opens the row, the task's id, and its name.
fn first_cell(row: &Element) -> Option<(Element, Element, Element)> {
    let opener = row.first_element_child()?.first_element_child()?.first_element_child()?;
    let id = opener.next_element_sibling()?;
    let name = id.next_element_sibling()?;
    Some((opener, id, name))
}

/// Tells a cell what it shows now. What stands in it is another copy where it is of another kind, or is not there as it was made.
/// Whether [`attributes`] is yet to be called.
pub(super) fn cell(cell: &Element, was: &Cell, now: &Cell, clock: Option<&Clock>) -> bool {
    let is_same = was.inferred == now.inferred && discriminant(&was.content) == discriminant(&now.content);
    let told = is_same.then(|| content(cell, was, now)).flatten();
    if told.is_none() {
        made::put(cell, now, clock);
        // Where it has no text to be told, that is no fault.
        let _ = content(cell, now, now);
    }
    match (&was.content, &now.content) {
        (Content::Since(was), Content::Since(now)) | (Content::SoFar(was), Content::SoFar(now)) => {
            told.is_none() || was.at != now.at
        }
        (_, now) => {
            matches!(
                now,
                Content::Words(_)
                    | Content::Product(..)
                    | Content::Priority(_)
                    | Content::Since(_)
                    | Content::SoFar(_)
            )
        }
    }
}

/// What only a pointer or a program finds at a cell, and where its link leads.
pub(super) fn attributes(cell: &Element, now: &Cell, clock: Option<&Clock>) {
    let Some(first) = holder(cell, now).and_then(|holder| holder.first_element_child()) else { return };
    match &now.content {
        Content::Words(text) => set_title(&first, &format::plain(text)),
        Content::Product(_, slug) => set(&first, "href", &links::product(slug)),
        Content::Priority(Some(priority)) => set_title(&first, &format!("Priority {}", priority.as_str())),
        Content::Since(now) => moment(&first, now, clock),
        Content::SoFar(now) => {
            if let Some(time) = first.first_element_child() {
                moment(&time, now, clock);
            }
        }
        _ => {}
    }
}

/// What stands around a cell's content: what marks it as inferred, or the cell itself.
fn holder(cell: &Element, now: &Cell) -> Option<Element> {
    if now.inferred { cell.first_element_child() } else { Some(cell.clone()) }
}

/// `None` where the elements are not there.
fn content(cell: &Element, was: &Cell, now: &Cell) -> Option<()> {
    let holder = holder(cell, now)?;
    match (&was.content, &now.content) {
        (_, Content::Words(text)) => first_isolated(&holder.first_element_child()?, &format::plain(text)),
        (_, Content::Short(text)) => set_text(&holder, text),
        (_, Content::Product(name, _)) => {
            first_isolated(&holder.first_element_child()?, &format::plain(name))
        }
        (_, Content::Status(status)) => {
            let badge = holder.first_element_child()?;
            set(&badge, "data-status", status.as_str());
            set(&badge.first_element_child()?.first_element_child()?, "href", &glyph(*status).href());
            set_text(&badge, status.label())
        }
        (Content::Priority(Some(_)), Content::Priority(Some(priority))) => {
            let badge = holder.first_element_child()?;
            set(&badge, "data-priority", priority.as_str());
            set_text(&badge, priority.label())
        }
        (Content::Since(_), Content::Since(now)) => set_text(&holder.first_element_child()?, &now.text),
        (Content::SoFar(_), Content::SoFar(now)) => {
            set_text(&holder.first_element_child()?.first_element_child()?, &now.text)
        }
        _ => None,
    }
}

fn moment(time: &Element, now: &Moment, clock: Option<&Clock>) {
    set(time, "datetime", &datetime(now.at));
    set_title(time, &in_full(now.at, clock));
}

/// Tells an element the text that it isolates.
fn first_isolated(element: &Element, text: &str) -> Option<()> {
    isolated(&element.first_element_child()?, text);
    Some(())
}

/// Tells an element that holds nothing but its text, whatever a translator has made of it.
fn isolated(element: &Element, text: &str) {
    if set_text(element, text).is_none() {
        element.set_text_content(Some(text));
    }
}

fn set(element: &Element, name: &str, value: &str) {
    // The names are right: nothing refuses them.
    let _ = element.set_attribute(name, value);
}

/// Half of what [`set`] costs: the name is none that has to be handed over.
fn set_title(element: &Element, title: &str) {
    element.unchecked_ref::<HtmlElement>().set_title(title);
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
