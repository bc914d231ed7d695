//! Contents of cells: made once of each kind, and copied where a cell shows another kind than before.
//!
//! To make one takes several times what it takes to copy one.

use std::{
    cell::RefCell,
    mem::{Discriminant, discriminant},
};

use leptos::{
    prelude::*,
    web_sys::{DocumentFragment, Element},
};

use super::cell::{Cell, Content};
use crate::state::Clock;

thread_local! {
    /// A few dozen at most, never attached.
    static MADE: RefCell<Vec<(Kind, DocumentFragment)>> = const { RefCell::new(Vec::new()) };
}

/// What has the same elements.
#[derive(PartialEq, Eq)]
struct Kind {
    content: Discriminant<Content>,
    inferred: bool,
    /// A priority that is not known has the elements of what is not known.
    known: bool,
}

impl Kind {
    fn of(cell: &Cell) -> Self {
        Self {
            content: discriminant(&cell.content),
            inferred: cell.inferred,
            known: cell.content != Content::Priority(None),
        }
    }
}

/// Puts into the cell what stands there for content of this kind; it may be told another one.
pub(super) fn put(place: &Element, now: &Cell, clock: Option<&Clock>) {
    let kind = Kind::of(now);
    let copied = MADE.with_borrow_mut(|made| {
        let found = made.iter().find(|(made, _)| *made == kind);
        if let Some((_, content)) = found {
            return content.clone_node_with_deep(true).ok();
        }
        let content = make(place, now, clock);
        let copy = content.clone_node_with_deep(true).ok();
        made.push((kind, content));
        copy
    });
    if let Some(content) = copied {
        place.replace_children_with_node_1(&content);
    }
}

/// Makes it in that place, and takes it out.
fn make(place: &Element, now: &Cell, clock: Option<&Clock>) -> DocumentFragment {
    place.set_text_content(None);
    // Nothing in it follows a signal, so that nobody has to keep what it is made of.
    now.view(clock).build().mount(place, None);
    let content = document().create_document_fragment();
    while let Some(node) = place.first_child() {
        // It moves: what stands there can.
        let _ = content.append_child(&node);
    }
    content
}
