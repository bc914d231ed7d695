//! A row that follows what it is told: what can be seen of it at once, the rest once that is painted.

use std::{cell::RefCell, mem::take, rc::Rc};

use leptos::{html::Tr, prelude::*, web_sys::Element};

use super::{cell::Cell, row::Head, sight::Sight, tell};
use crate::state::{Clock, once_painted};

/// What a row's elements show, and what they are yet to be told.
pub(super) struct Shown {
    head: Head,
    /// Whether the first cell has attributes that are of before.
    head_is_due: bool,
    cells: Vec<(Cell, Due)>,
    clock: Option<Clock>,
    /// Whether the rest will be told.
    waits: bool,
}

/// What a cell is yet to be told.
#[derive(Default)]
enum Due {
    #[default]
    Nothing,
    /// What only a pointer, a key, a program or a screen reader finds.
    Attributes,
    /// All of it: nobody sees it.
    All(Cell),
}

impl Shown {
    /// As the row was made.
    pub(super) fn new(head: Head, cells: Vec<Cell>, clock: Option<Clock>) -> Self {
        let cells = cells.into_iter().map(|cell| (cell, Due::Nothing)).collect();
        Self { head, head_is_due: false, cells, clock, waits: false }
    }

    /// Tells the row what can be seen of it. Whether the rest is to be told later, and is not yet to be.
    fn tell(&mut self, row: &Element, head: Head, cells: Vec<Cell>, columns: usize) -> bool {
        if self.head != head {
            self.head_is_due |= tell::head(row, &self.head, &head);
            self.head = head;
        }
        let mut any_is_due = self.head_is_due;
        let mut place = row.first_element_child();
        for (at, ((stands, due), now)) in self.cells.iter_mut().zip(cells).enumerate() {
            place = place.and_then(|place| place.next_element_sibling());
            if *stands == now {
                if matches!(due, Due::All(_)) {
                    *due = Due::Attributes;
                }
            } else if at + 1 >= columns {
                *due = Due::All(now);
            } else if let Some(place) = &place {
                let attributes = tell::cell(place, stands, &now, self.clock.as_ref());
                if attributes || matches!(due, Due::All(_)) {
                    *due = Due::Attributes;
                }
                *stands = now;
            }
            any_is_due |= !matches!(due, Due::Nothing);
        }
        any_is_due && !std::mem::replace(&mut self.waits, true)
    }

    /// Tells the row what it is yet to be told.
    fn tell_rest(&mut self, row: &Element) {
        self.waits = false;
        if take(&mut self.head_is_due) {
            tell::head_attributes(row, &self.head);
        }
        let clock = self.clock.as_ref();
        let mut place = row.first_element_child();
        for (stands, due) in &mut self.cells {
            place = place.and_then(|place| place.next_element_sibling());
            let Some(place) = &place else { return };
            let attributes = match take(due) {
                Due::Nothing => false,
                Due::Attributes => true,
                Due::All(now) => {
                    let attributes = tell::cell(place, stands, &now, clock);
                    *stands = now;
                    attributes
                }
            };
            if attributes {
                tell::attributes(place, stands, clock);
            }
        }
    }
}

/// Tells the row's elements whatever changes; whether it is open, also `is_open`.
pub(super) fn follow(
    element: NodeRef<Tr>,
    head: impl Fn() -> Head + 'static,
    contents: impl Fn() -> Vec<Cell> + 'static,
    shown: Shown,
    is_open: RwSignal<bool>,
    sight: Sight,
) {
    let shown = Rc::new(RefCell::new(shown));
    Effect::new(move || {
        let (head, cells) = (head(), contents());
        let Some(row) = element.get() else { return };
        let open = head.open;
        let begins = shown.borrow_mut().tell(&row, head, cells, sight.columns());
        if is_open.get_untracked() != open {
            is_open.set(open);
        }
        if begins {
            let shown = Rc::clone(&shown);
            once_painted(move || shown.borrow_mut().tell_rest(&row));
        }
    });
}
