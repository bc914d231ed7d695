//! One entry of the log.

use domain::decision::{AuditAction, AuditEntry};
use leptos::prelude::*;

use crate::{
    components::{
        Ago, Told,
        decide::{UndoButton, undo::Until},
    },
    links,
    state::Clock,
    ui::{Icon, IconName},
};

/// Tone and glyph of an action. The glyph tells it without colour.
fn looks(action: AuditAction) -> (&'static str, IconName) {
    match action {
        AuditAction::Acknowledged => ("info", IconName::Check),
        AuditAction::Snoozed => ("warn", IconName::AlarmClock),
        AuditAction::Resolved => ("ok", IconName::CircleCheck),
        AuditAction::Undone => ("idle", IconName::Undo),
    }
}

/// What became of a decision. What is in force still says nothing: it has its button.
fn fate(entry: &AuditEntry, over: bool) -> Option<AnyView> {
    if let Some(at) = entry.undone_at {
        let by = entry.undone_by.clone().unwrap_or_default();
        return Some(view! { "undone " <Ago at/> " by " <Told text=by/> }.into_any());
    }
    if let Some(at) = entry.ended_at {
        return Some(view! { "ended " <Ago at/> ": what it is about changed" }.into_any());
    }
    if over {
        return Some("the time is over".into_any());
    }
    match (entry.undoes, entry.in_force) {
        (Some(id), _) => Some(format!("took back no. {id}").into_any()),
        (None, true) => None,
        (None, false) => Some("a later decision took its place".into_any()),
    }
}

/// What was done to which item, by whom and when, what became of it, and the way to take it back.
#[component]
pub fn AuditRow(
    /// The entry.
    entry: AuditEntry,
    /// This page, to come back to.
    back: String,
) -> impl IntoView {
    let now = use_context::<Clock>().map(|clock| clock.started());
    let can_undo = now.map_or(entry.in_force, |now| entry.can_be_undone(now));
    let (tone, glyph) = looks(entry.action);
    let title = view! { <Told text=entry.title.clone()/> };
    let title = match entry.subject.as_ref().map(links::subject) {
        Some(href) => view! { <a href=href>{title}</a> }.into_any(),
        None => title.into_any(),
    };
    let note = entry.note.clone().map(|note| view! { <p class="audit-note"><Told text=note/></p> });
    let fate = fate(&entry, entry.in_force && !can_undo);
    let fate = fate.map(|fate| view! { <span>{fate}</span> });
    let undo = can_undo.then(|| view! { <UndoButton id=entry.id title=entry.title.clone() back/> });
    view! {
        <li class="audit-row" id=format!("no-{}", entry.id)>
            <div class="audit-what">
                <span class="status" data-tone=tone>
                    <Icon name=glyph/>
                    {entry.action.label()}
                </span>
                <span class="audit-until"><Until entry=entry.clone()/></span>
            </div>
            <div class="audit-item">
                <p class="audit-title">{title}</p>
                <p class="audit-key">
                    {format!("no. {} · ", entry.id)}
                    <code>
                        <Told text=entry.item.to_string()/>
                    </code>
                </p>
                {note}
            </div>
            <div class="audit-when">
                <span>
                    <Ago at=entry.at/>
                    " by "
                    <Told text=entry.by.clone()/>
                </span>
                {fate}
            </div>
            <div class="audit-do">{undo}</div>
        </li>
    }
    .into_any()
}
