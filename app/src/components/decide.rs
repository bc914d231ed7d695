//! Deciding about an item that needs attention: acknowledge, snooze, resolve, undo. Plain forms that work without
//! scripts; where scripts run, they are sent without leaving the page.

pub mod resolve_form;
pub mod snooze_menu;
pub mod undo;

use domain::{
    decision::{DecisionKind, Subject},
    id::ItemKey,
};
use leptos::{form::ActionForm, prelude::*};

use crate::{
    api::{ApiError, decisions::DecideFn},
    ui::{Icon, IconName},
};

pub use self::{
    resolve_form::ResolveForm,
    snooze_menu::SnoozeMenu,
    undo::{RefusedNotice, UndoButton, UndoNotice},
};

/// The item that a form is about, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its key.
    pub key: ItemKey,
    /// Its cause.
    pub cause: String,
    /// Its title.
    pub title: String,
    /// Whose change ends the decision.
    pub subject: Option<Subject>,
}

/// The form around the buttons of a decision. Its buttons have the name `what`.
#[component]
pub fn DecideForm(
    /// What it is about.
    item: Item,
    /// The page to come back to, with its fragment.
    #[prop(into)]
    back: Signal<String>,
    /// The buttons, and what else the form asks for.
    children: Children,
) -> impl IntoView {
    let action = ServerAction::<DecideFn>::new();
    let subject = item.subject.map(|subject| subject.to_string());
    view! {
        <ActionForm action>
            <input type="hidden" name="item" value=item.key.to_string()/>
            <input type="hidden" name="cause" value=item.cause/>
            <input type="hidden" name="title" value=item.title/>
            {subject.map(|subject| view! { <input type="hidden" name="subject" value=subject/> })}
            <input type="hidden" name="back" value=back/>
            {children()}
            {failed(Signal::derive(move || action.value().with(|value| value.as_ref()?.as_ref().err().cloned())))}
        </ActionForm>
    }
    .into_any()
}

/// Says that a form did not come through. Refusals are told on the page that it leads back to.
fn failed(error: Signal<Option<ApiError>>) -> impl IntoView {
    move || {
        error.get().map(|error| {
            view! { <p class="decide-failed" data-tone="danger" role="alert">{format!("Nothing was changed: {error}. Try again.")}</p> }
        })
    }
}

/// "I have seen it": the item is out of the way until its cause is another, or comes back.
#[component]
pub fn AcknowledgeButton(
    /// What it is about.
    item: Item,
    /// The page to come back to, with its fragment.
    #[prop(into)]
    back: Signal<String>,
) -> impl IntoView {
    let label = format!("Acknowledge: {}", crate::format::plain(&item.title));
    view! {
        <DecideForm item back>
            <button class="btn" data-size="sm" name="what" value=DecisionKind::Acknowledged.as_str() aria-label=label title="Acknowledge">
                <Icon name=IconName::Check/>
                <span class="decide-word">"Acknowledge"</span>
            </button>
        </DecideForm>
    }
    .into_any()
}
