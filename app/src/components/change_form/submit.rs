//! Sending a form that was submitted.

use leptos::{ev::SubmitEvent, prelude::*, wasm_bindgen::JsCast};
use web_sys::{FormData, HtmlButtonElement, HtmlFormElement, UrlSearchParams};

use super::Form;
use crate::state::{ChangeState, Submitted};

/// Says that a button's change is under way.
const BUSY: &str = "aria-busy";

impl Form {
    pub(super) fn submit(self, event: &SubmitEvent) {
        let button = event.submitter();
        let pressed = button.as_ref().and_then(|button| button.dyn_ref::<HtmlButtonElement>());
        let value = pressed.map(HtmlButtonElement::value).unwrap_or_default();
        if event.default_prevented() || !(self.only.is_empty() || self.only.contains(&&*value)) {
            return;
        }
        let Some(body) = body(event, pressed) else { return };
        event.prevent_default();
        // Pressed twice is pressed once.
        if self.sent.state.with_untracked(|state| *state == Some(ChangeState::Pending)) {
            return;
        }
        let form = Submitted { to: self.to.get_value(), body, says: self.says.get_value() };
        let answered = self.answered;
        if let Some(button) = &button {
            // It is a button of ours, and the attribute has a name.
            let _ = button.set_attribute(BUSY, "true");
        }
        let settled = move |shown: Option<String>| {
            if let Some(button) = button {
                let _ = button.remove_attribute(BUSY);
            }
            if let (Some(answered), Some(shown)) = (answered, shown) {
                answered.run(shown);
            }
        };
        let last = self.sent.key.get_untracked();
        let key = self.changes.with_value(|changes| changes.send(form, last, Box::new(settled)));
        self.sent.key.set(Some(key));
    }
}

/// The pairs of the form, with those of the button that was pressed.
fn body(event: &SubmitEvent, pressed: Option<&HtmlButtonElement>) -> Option<String> {
    let form = event.target()?.dyn_into::<HtmlFormElement>().ok()?;
    let data = FormData::new_with_form(&form).ok()?;
    if let Some(button) = pressed.filter(|button| !button.name().is_empty()) {
        data.append_with_str(&button.name(), &button.value()).ok()?;
    }
    Some(UrlSearchParams::new_with_str_sequence_sequence(&data).ok()?.to_string().into())
}
