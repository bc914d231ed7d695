//! Deciding about an item that needs attention: acknowledge, snooze, resolve, undo. Plain forms that work without
//! scripts; where scripts run, they are sent without leaving the page.

pub mod resolve_form;
pub mod snooze_menu;
pub mod undo;

use domain::{
    decision::{DecisionKind, Subject},
    id::ItemKey,
};
use leptos::prelude::*;
use server_fn::ServerFn as _;

use crate::{
    api::decisions::DecideFn,
    components::ChangeForm,
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
    back: String,
    /// The buttons, and what else the form asks for.
    children: Children,
) -> impl IntoView {
    let subject = item.subject.map(|subject| subject.to_string());
    let says = format!("Decide about {}", crate::format::plain(&item.title));
    view! {
        <ChangeForm to=DecideFn::url() says refusal=undo::refused>
            <input type="hidden" name="item" value=item.key.to_string()/>
            <input type="hidden" name="cause" value=item.cause/>
            <input type="hidden" name="title" value=item.title/>
            {subject.map(|subject| view! { <input type="hidden" name="subject" value=subject/> })}
            <input type="hidden" name="back" value=back/>
            {children()}
        </ChangeForm>
    }
    .into_any()
}

/// "I have seen it": the item is out of the way until its cause is another, or comes back.
#[component]
pub fn AcknowledgeButton(
    /// What it is about.
    item: Item,
    /// The page to come back to, with its fragment.
    #[prop(into)]
    back: String,
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
