//! Which rows of the table can be seen.

use leptos::prelude::*;

use crate::ui::InSight;

/// Which rows can be seen. It is noted as one scrolls or makes the window another size: to ask for it while rows change would
/// have the page laid out in between.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sight(StoredValue<InSight>);

impl Sight {
    /// Watches for as long as the table is there. [`Self::note`] is to be called when the table itself scrolls.
    pub(super) fn watched() -> Self {
        let sight = Self(StoredValue::new(InSight::Any));
        #[cfg(feature = "hydrate")]
        {
            let scrolls = window_event_listener(leptos::ev::scroll, move |_| sight.note());
            let resizes = window_event_listener(leptos::ev::resize, move |_| sight.note());
            on_cleanup(move || {
                scrolls.remove();
                resizes.remove();
            });
            leptos::task::spawn_local(async move {
                crate::state::painted().await;
                sight.note();
            });
        }
        sight
    }

    /// What was noted last.
    pub(super) fn noted(self) -> InSight {
        self.0.get_value()
    }

    /// Looks which rows can be seen.
    #[cfg_attr(not(feature = "hydrate"), expect(clippy::unused_self, reason = "only a browser shows rows"))]
    pub(super) fn note(self) {
        #[cfg(feature = "hydrate")]
        // The table may be gone.
        let _ = self.0.try_set_value(browser::in_sight());
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use leptos::prelude::{document, window};

    use crate::ui::InSight;

    /// A little way hides no row of a screen's height.
    const LITTLE: f64 = 160.0;
    /// Filters in force stand above the table: where they went, there is room for more rows than were noted.
    const MORE: usize = 2;

    pub(super) fn in_sight() -> InSight {
        rows().map_or(InSight::Any, InSight::First)
    }

    /// How many rows can be seen; `None` where others than the first are.
    fn rows() -> Option<usize> {
        let window = window();
        let table = document().query_selector(".table-wrap[data-long]").ok()?;
        let is_scrolled = table.is_some_and(|table| table.scroll_top() > 0);
        if is_scrolled || window.scroll_y().ok()? > LITTLE {
            return None;
        }
        let first = document().query_selector("tr.t-card").ok()??.get_bounding_client_rect();
        let rows = (window.inner_height().ok()?.as_f64()? - first.top()) / first.height();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "as many as a screen has; never below 0"
        )]
        let rows = rows.ceil().max(0.0) as usize;
        Some(rows.saturating_add(MORE))
    }
}
