//! The form at work in a browser: what is chosen is asked for at once, what is typed after a moment.

use std::cell::RefCell;

use gloo_timers::callback::Timeout;
use leptos::{ev::Event, prelude::*, wasm_bindgen::JsCast};
use leptos_router::hooks::use_location;
use web_sys::{FormData, HtmlFormElement, HtmlInputElement, UrlSearchParams};

use super::{SEARCH, joined};
use crate::{
    links,
    state::{Go, Mirror},
};

/// How long after a key the search waits for the next one, in milliseconds, where a server may have to be asked.
const PAUSE_MS: u32 = 150;
/// How long a date waits for its next digit, in milliseconds: a year that is being typed is a year already.
const DATE_PAUSE_MS: u32 = 700;
/// Notes on the search field what it asked for last.
const SENT: &str = "data-sent";

thread_local! {
    /// What will be asked after the pause. It outlives the handlers, which are made anew whenever the list changes.
    static PAUSE: RefCell<Option<Timeout>> = const { RefCell::new(None) };
}

#[derive(Clone)]
pub(super) struct Typing {
    action: &'static str,
    go: Go,
    mirror: Option<Mirror>,
    /// Where one is, or is about to be.
    path: Memo<String>,
}

impl Typing {
    pub(super) fn new(action: &'static str, go: Go) -> Self {
        Self { action, go, mirror: use_context(), path: use_location().pathname }
    }

    /// The form was sent by hand.
    pub(super) fn submit(&self, event: &web_sys::SubmitEvent) {
        event.prevent_default();
        PAUSE.take();
        let form = event.target().and_then(|form| form.dyn_into().ok());
        if let Some(form) = form {
            send(self.action, &self.go, &form, false);
        }
    }

    /// Something was chosen. What is typed does not count here: it is asked for by itself.
    pub(super) fn change(&self, event: &Event) {
        let Some(field) = field(event).filter(|field| !field.name().is_empty() && field.name() != SEARCH)
        else {
            return;
        };
        PAUSE.take();
        let Some(form) = field.form() else { return };
        if field.type_() == "date" {
            self.later(DATE_PAUSE_MS, form, false);
        } else {
            send(self.action, &self.go, &form, false);
        }
    }

    /// A key was pressed in a field.
    pub(super) fn input(&self, event: &Event) {
        let Some(field) = field(event).filter(|field| field.name() == SEARCH) else { return };
        let Some(form) = field.form() else { return };
        // Of all lists it is the ledger that may need a server; the others hold all that can be asked for.
        let asks = self.action == links::TASKS && !self.mirror.is_some_and(Mirror::is_ready);
        let pause = if asks { PAUSE_MS } else { 0 };
        self.later(pause, form, true);
    }

    /// Asks after a pause, unless something else is asked before, or the page is left.
    fn later(&self, pause: u32, form: HtmlFormElement, replace: bool) {
        let (action, go, path) = (self.action, self.go.clone(), self.path);
        let from = path.try_get_untracked();
        let later = Timeout::new(pause, move || {
            // The form may stand for a moment longer than its page.
            if path.try_get_untracked() == from {
                send(action, &go, &form, replace);
            }
        });
        // The one before is dropped, and with it what it would have asked for.
        PAUSE.replace(Some(later));
    }
}

fn field(event: &Event) -> Option<HtmlInputElement> {
    event.target()?.dyn_into().ok()
}

/// Asks for what the form says.
fn send(action: &str, go: &Go, form: &HtmlFormElement, replace: bool) {
    // It was made anew during the pause.
    if !form.is_connected() {
        return;
    }
    let fields =
        FormData::new_with_form(form).and_then(|data| UrlSearchParams::new_with_str_sequence_sequence(&data));
    let Ok(fields) = fields else { return };
    if let Some(search) = search_field() {
        // A failure would only bring the field back to what was asked for.
        let _ = search.set_attribute(SENT, &search.value());
    }
    let query = joined(&String::from(fields.to_string()));
    let href = if query.is_empty() { action.to_owned() } else { format!("{action}?{query}") };
    go.to(&href, replace);
}

fn search_field() -> Option<HtmlInputElement> {
    document().query_selector(".filterbar input[name=q]").ok()??.dyn_into().ok()
}

/// Brings the search field to what the address says, unless that is the echo of what was typed.
pub(super) fn sync(text: &str) {
    let Some(search) = search_field() else { return };
    if search.get_attribute(SENT).is_some_and(|sent| sent == text) {
        return;
    }
    // Neither can fail in a way that anyone could mend.
    let _ = search.remove_attribute(SENT);
    if search.value() != text {
        search.set_value(text);
    }
}
