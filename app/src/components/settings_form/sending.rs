//! Sending a form of the settings page: only where the server answers.

use leptos::{ev, prelude::*};

use crate::ui::{IconName, Notice};

/// Marks a form that is looked after: it waits for the server's answer, or has it and goes.
#[cfg(feature = "hydrate")]
const MARK: &str = "data-sending";
#[cfg(feature = "hydrate")]
const WAITS: &str = "waits";

/// Looks whether the server answers before a form of the page is sent, for such a form takes its page along: sent to nobody,
/// all that was written in it would be gone. `unsent` says that it was kept back.
#[cfg(feature = "hydrate")]
pub fn send(event: &ev::SubmitEvent, unsent: RwSignal<bool>) {
    use leptos::wasm_bindgen::JsCast;
    use web_sys::HtmlFormElement;

    use crate::api::{ApiError, frame::frame};

    let form = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
    let Some(form) = form.filter(|form| form.method() == "post") else { return };
    let mark = form.get_attribute(MARK);
    if event.default_prevented() || mark.as_deref().is_some_and(|mark| mark != WAITS) {
        // What is changed after this is looked after again.
        let _ = form.remove_attribute(MARK);
        return;
    }
    event.prevent_default();
    if mark.is_some() || form.set_attribute(MARK, WAITS).is_err() {
        return;
    }
    let button = event.submitter();
    leptos::task::spawn_local(async move {
        // Whatever else is wrong, the server itself tells best.
        let gone = matches!(frame().await, Err(ApiError::Unreachable));
        unsent.try_set(gone);
        if gone {
            let _ = form.remove_attribute(MARK);
            window().scroll_to_with_x_and_y(0.0, 0.0);
            return;
        }
        // A button that is no more is refused, and with it a form that nobody sees any more.
        let _ = form
            .set_attribute(MARK, "goes")
            .and_then(|()| form.request_submit_with_submitter(button.as_ref()));
    });
}

#[cfg(not(feature = "hydrate"))]
pub fn send(_: &ev::SubmitEvent, _: RwSignal<bool>) {}

/// Says that a form was kept back.
#[component]
pub fn Unsent(unsent: RwSignal<bool>) -> impl IntoView {
    let told = move || {
        unsent.get().then(|| {
            view! {
                <Notice
                    tone="danger"
                    icon=IconName::Unplug
                    title="Nothing was sent: the server could not be reached."
                    alert=true
                >
                    "What you wrote is still here. Send it again when the server answers."
                </Notice>
            }
        })
    };
    told.into_any()
}
