//! Mouse and keys where scripts run. Everything here has a link that does the same.

use leptos::{ev::MouseEvent, prelude::*};

#[cfg(feature = "hydrate")]
use crate::ledger::Column;
use crate::{ledger::Address, state::Go};

/// A click with the shift key on the head of a column keeps the other keys of the order.
#[cfg_attr(not(feature = "hydrate"), expect(unused_variables, reason = "only a browser has a mouse"))]
pub(super) fn head_clicked(event: &MouseEvent, go: &Go, stands: Memo<Address>) {
    #[cfg(feature = "hydrate")]
    if event.shift_key() {
        let head = browser::closest(event, "a.th").and_then(|head| head.parent_element());
        let head = head.and_then(|head| head.get_attribute("data-col"));
        let column = head.and_then(|key| Column::ALL.into_iter().find(|column| column.key() == key));
        if let Some(key) = column.and_then(Column::sort) {
            event.prevent_default();
            go.to(&stands.with_untracked(|address| address.sorting(key, true)), false);
        }
    }
}

/// A click on a row opens its task, unless it was on something of its own or ended a selection of text.
#[cfg_attr(not(feature = "hydrate"), expect(unused_variables, reason = "only a browser has a mouse"))]
pub(super) fn row_clicked(event: &MouseEvent) {
    #[cfg(feature = "hydrate")]
    {
        let plain = !(event.shift_key() || event.ctrl_key() || event.meta_key() || event.alt_key());
        let selected = window().get_selection().ok().flatten();
        let selected = selected.is_some_and(|selection| !selection.is_collapsed());
        if plain && !selected && browser::closest(event, "a, button, summary, label, input").is_none() {
            browser::click(browser::closest(event, "tr.t-card"), "a.cell-main");
        }
    }
}

/// `/` looks for tasks, `J` and `K` move from row to row, `X` opens a row in place, `E` the menu of files; `Enter` is the
/// row's own link.
/// Off while a field has the focus and where `on` says so, for as long as the page is there.
#[cfg_attr(not(feature = "hydrate"), expect(unused_variables, reason = "only a browser has keys"))]
pub fn ledger_keys(on: impl Fn() -> bool + Clone + 'static) {
    #[cfg(feature = "hydrate")]
    Effect::new(move || {
        let on = on.clone();
        let keys = window_event_listener(leptos::ev::keydown, move |event| {
            if on() {
                browser::key(&event);
            }
        });
        on_cleanup(move || keys.remove());
    });
}

#[cfg(feature = "hydrate")]
mod browser {
    use leptos::{
        ev::{KeyboardEvent, MouseEvent},
        prelude::document,
        wasm_bindgen::JsCast,
    };
    use web_sys::{Element, HtmlElement};

    pub(super) fn closest(event: &MouseEvent, selector: &str) -> Option<Element> {
        event.target()?.dyn_into::<Element>().ok()?.closest(selector).ok()?
    }

    pub(super) fn click(inside: Option<Element>, selector: &str) {
        if let Some(link) = inside.and_then(|inside| inside.query_selector(selector).ok()?) {
            // Later: a click within a click would call the handler that it came from.
            leptos::task::spawn_local(async move { link.unchecked_into::<HtmlElement>().click() });
        }
    }

    fn focus(element: &Element) {
        // It cannot fail in a way that anyone could mend.
        let _ = element.unchecked_ref::<HtmlElement>().focus();
    }

    pub(super) fn key(event: &KeyboardEvent) {
        if !crate::state::keys::is_single(event) {
            return;
        }
        let focused = document().active_element();
        match event.key().as_str() {
            "/" => {
                if let Ok(Some(search)) = document().query_selector(".filterbar input[name=q]") {
                    event.prevent_default();
                    focus(&search);
                }
            }
            "j" => step(focused.as_ref(), 1),
            "k" => step(focused.as_ref(), -1),
            "x" => click(row(focused.as_ref()), "a.exp"),
            "e" => export(),
            _ => {}
        }
    }

    /// Opens the menu of files, or closes it.
    fn export() {
        let found = document().query_selector("[data-export]").ok().flatten();
        let Some(button) = found.and_then(|found| found.closest("summary").ok()?) else { return };
        focus(&button);
        button.unchecked_into::<HtmlElement>().click();
    }

    /// The row that has the focus.
    fn row(focused: Option<&Element>) -> Option<Element> {
        focused?.closest("tr.t-card").ok()?
    }

    /// Moves the focus to the name of the next row or the one before; to the first where no row has it.
    fn step(focused: Option<&Element>, by: i32) {
        let Ok(names) = document().query_selector_all("tr.t-card a.cell-main") else { return };
        let present = row(focused);
        let at = present.and_then(|present| {
            (0..names.length()).find(|at| names.get(*at).is_some_and(|name| present.contains(Some(&name))))
        });
        let to = at.map_or(Some(0), |at| at.checked_add_signed(by));
        if let Some(name) = to.and_then(|to| names.get(to)).and_then(|name| name.dyn_into::<Element>().ok()) {
            focus(&name);
            name.scroll_into_view_with_scroll_into_view_options(&{
                let options = web_sys::ScrollIntoViewOptions::new();
                options.set_block(web_sys::ScrollLogicalPosition::Nearest);
                options
            });
        }
    }
}
