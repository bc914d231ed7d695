//! What of the table can be seen.

use leptos::prelude::*;

#[cfg(feature = "hydrate")]
use crate::state::once_painted;
use crate::ui::InSight;

/// What of the table can be seen. It is noted as one scrolls, makes the window another size or chooses columns: to ask for it
/// while rows change would have the page laid out in between.
#[derive(Debug, Clone, Copy)]
pub struct Sight {
    noted: StoredValue<Seen>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Seen {
    /// How many of the first rows there is room for.
    rows: usize,
    /// How many; all, where that is not known.
    columns: usize,
    scrolled: Scrolled,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only a browser scrolls"))]
enum Scrolled {
    /// Hardly: the first rows are in sight.
    No,
    /// The page is: others than the first rows are in sight.
    Page,
    /// The table is, by itself; or nothing is known.
    Table,
}

/// Where nothing was noted.
const UNKNOWN: Seen = Seen { rows: usize::MAX, columns: usize::MAX, scrolled: Scrolled::Table };

impl Sight {
    /// Watches for as long as the table is there; `columns` are those that it has. [`Self::moved`] is to be called when the table
    /// itself scrolls.
    #[cfg_attr(not(feature = "hydrate"), expect(unused_variables, reason = "only a browser shows columns"))]
    pub(super) fn watched<C: Send + Sync + 'static>(columns: Memo<C>) -> Self {
        let sight = Self { noted: StoredValue::new(UNKNOWN) };
        #[cfg(feature = "hydrate")]
        {
            let scrolls = window_event_listener(leptos::ev::scroll, move |_| sight.moved());
            let resizes = window_event_listener(leptos::ev::resize, move |_| sight.moved());
            on_cleanup(move || {
                scrolls.remove();
                resizes.remove();
            });
            Effect::new(move || {
                columns.with(|_| ());
                sight.moved();
            });
        }
        sight
    }

    /// Which rows can be seen, as far as was noted; `to_top` where one is being led to the top of the page.
    pub(super) fn rows(self, to_top: bool) -> InSight {
        let Seen { rows, scrolled, .. } = self.noted.get_value();
        match scrolled {
            Scrolled::No => InSight::First(rows),
            Scrolled::Page if to_top => InSight::First(rows),
            Scrolled::Page | Scrolled::Table => InSight::Any,
        }
    }

    /// How many columns can be seen, as far as was noted.
    #[cfg(feature = "hydrate")]
    pub(super) fn columns(self) -> usize {
        self.noted.try_get_value().map_or(usize::MAX, |seen| seen.columns)
    }

    /// Looks what can be seen now, once it is painted: to look in between would have the page laid out twice.
    #[cfg_attr(not(feature = "hydrate"), expect(clippy::unused_self, reason = "only a browser shows rows"))]
    pub(super) fn moved(self) {
        #[cfg(feature = "hydrate")]
        once_painted(move || {
            // The table may be gone.
            let _ = self.noted.try_set_value(browser::seen());
        });
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use leptos::prelude::{document, window};
    use web_sys::Element;

    use super::{Scrolled, Seen, UNKNOWN};

    /// A little way hides no row of a screen's height.
    const LITTLE: f64 = 160.0;
    /// Filters in force stand above the table: where they went, there is room for more rows than were noted.
    const MORE: usize = 2;

    pub(super) fn seen() -> Seen {
        looked().unwrap_or(UNKNOWN)
    }

    /// `None` where there is no row.
    fn looked() -> Option<Seen> {
        let row = document().query_selector("tr.t-card").ok()??;
        let table = row.closest(".table-wrap").ok()??;
        let (first, page) = (row.get_bounding_client_rect(), window().scroll_y().ok()?);
        // Far down, it is of use only to who is led back to the top.
        let is_far = page > LITTLE;
        let top = if is_far { first.top() + page } else { first.top() };
        let rows = (window().inner_height().ok()?.as_f64()? - top) / first.height();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "as many as a screen has; never below 0"
        )]
        let rows = rows.ceil().max(0.0) as usize;
        Some(Seen {
            rows: rows.saturating_add(MORE),
            columns: columns(&row, table.get_bounding_client_rect().right()),
            scrolled: match table.scroll_top() {
                0 if is_far => Scrolled::Page,
                0 => Scrolled::No,
                _ => Scrolled::Table,
            },
        })
    }

    /// How many cells of the row begin before the edge that hides the others.
    fn columns(row: &Element, edge: f64) -> usize {
        let mut cell = row.first_element_child();
        let mut columns = 0;
        while let Some(this) = cell.filter(|cell| cell.get_bounding_client_rect().left() < edge) {
            columns += 1;
            cell = this.next_element_sibling();
        }
        columns
    }
}
