//! Taking a decision back, and what came of the last form.

use domain::decision::{AuditAction, AuditEntry};
use leptos::prelude::*;
use server_fn::ServerFn as _;

use crate::{
    api::decisions::UndoFn,
    components::{ChangeForm, Moment, Told},
    format,
    ui::{Icon, IconName, Notice},
};

/// A button that takes a decision back.
#[component]
pub fn UndoButton(
    /// The decision's entry in the log.
    id: u64,
    /// The title of its item, for screen readers.
    #[prop(into)]
    title: String,
    /// The page to come back to, with its fragment.
    #[prop(into)]
    back: String,
) -> impl IntoView {
    let label = format!("Undo: {}", format::plain(&title));
    view! {
        <ChangeForm to=UndoFn::url() says=label.clone() refusal=refused>
            <input type="hidden" name="back" value=back/>
            <button class="btn" data-size="sm" name="id" value=id.to_string() aria-label=label>
                <Icon name=IconName::Undo/>
                "Undo"
            </button>
        </ChangeForm>
    }
    .into_any()
}

/// When a decision ends: for a snooze its time, or the change that it waits for.
#[component]
pub fn Until(
    /// The decision.
    entry: AuditEntry,
) -> impl IntoView {
    match (entry.action, entry.until) {
        (AuditAction::Snoozed, Some(at)) => view! { "until " <Moment at/> }.into_any(),
        (AuditAction::Snoozed, None) => "until something changes".into_any(),
        _ => ().into_any(),
    }
}

/// What was just decided, with the way back: `Snoozed: Deploy, until …`, and Undo.
#[component]
pub fn UndoNotice(
    /// The entry that the form made.
    entry: AuditEntry,
    /// Whether undoing it changes something: [`AuditEntry::can_be_undone`].
    can_undo: bool,
    /// The page to come back to, with its fragment.
    #[prop(into)]
    back: String,
) -> impl IntoView {
    let (title, id) = (entry.title.clone(), entry.id);
    let undo = can_undo.then(|| view! { <UndoButton id title=title.clone() back/> });
    let action = entry.action.label();
    let ends = (entry.action == AuditAction::Snoozed).then(|| view! { ", " <Until entry/> });
    view! {
        <div class="decided">
            <Notice tone="ok" icon=IconName::Check title=action>
                <Told text=title/>
                {ends}
                {undo}
            </Notice>
        </div>
    }
    .into_any()
}

/// What a page says of a form that was refused, by the word that the way back carries.
fn refusal(why: &str) -> (&'static str, &'static str) {
    match why {
        "note" => {
            ("A note is missing or too long.", "A resolution says in 1 to 500 characters how it was done.")
        }
        "until" => ("That is no time to snooze until.", "Choose one of the times offered."),
        "stale" => (
            "That decision is not in force any more.",
            "It was undone, a later one stands above it, or its subject changed; the audit log has it.",
        ),
        "store" => ("The store does not answer at present.", "Try again; the server's log says why."),
        _ => ("The form was not understood.", "Load the page again, then try again."),
    }
}

/// The same in one line, for the form itself.
pub(super) fn refused(why: &str) -> String {
    let (title, remedy) = refusal(why);
    format!("{title} Nothing was changed. {remedy}")
}

/// Why the last form changed nothing, and what to do.
#[component]
pub fn RefusedNotice(
    /// The word that the way back carries. It is never shown.
    #[prop(into)]
    why: String,
) -> impl IntoView {
    let (title, remedy) = refusal(&why);
    view! {
        <Notice tone="danger" icon=IconName::OctagonAlert title alert=true>
            {format!("Nothing was changed. {remedy}")}
        </Notice>
    }
    .into_any()
}
