//! Sending a form that was submitted.

use leptos::{ev::SubmitEvent, prelude::*, wasm_bindgen::JsCast};
use web_sys::{Element, FormData, HtmlButtonElement, HtmlElement, HtmlFormElement, UrlSearchParams};

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
        let form =
            Submitted { to: self.to.get_value(), body, says: self.says.get_value(), refusal: self.refusal };
        let answered = self.answered;
        if let Some(button) = &button {
            // It is a button of ours, and the attribute has a name.
            let _ = button.set_attribute(BUSY, "true");
        }
        let settled = move |shown: Option<String>| {
            if let Some(button) = button {
                let _ = button.remove_attribute(BUSY);
                if self.sent.state.try_get_untracked().flatten() == Some(ChangeState::Confirmed) {
                    close_menu(&button);
                }
            }
            // The form may be gone, and what it would show with it.
            answered.zip(shown).is_some_and(|(answered, shown)| answered.try_run(shown).is_some())
        };
        let last = self.sent.key.get_untracked();
        let key = self.changes.with_value(|changes| changes.send(form, last, Box::new(settled)));
        self.sent.key.set(Some(key));
    }
}

/// Closes the menu that the button stands in: what it was opened for is done. A focus in it goes back to the menu's button.
fn close_menu(button: &Element) {
    let Ok(Some(menu)) = button.closest("details.drop") else { return };
    let held = menu.contains(document().active_element().as_deref());
    // Neither can fail in a way that anyone could mend.
    let _ = menu.remove_attribute("open");
    if let Some(summary) = menu.first_element_child().filter(|_| held) {
        let _ = summary.unchecked_into::<HtmlElement>().focus();
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
