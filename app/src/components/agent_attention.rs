//! What of one worker needs the founder, and deciding about it.

use domain::attention::AttentionItem;
use leptos::prelude::*;

use crate::{
    components::{
        Age, SeverityMark, Told,
        decide::{AcknowledgeButton, Item, ResolveForm, SnoozeMenu, UndoButton},
    },
    format,
    ui::Panel,
};

/// The items about one worker, with the decisions about them. Nothing where there are none.
#[component]
pub fn AgentAttention(
    /// The items.
    items: Vec<AttentionItem>,
    /// The page to come back to.
    back: String,
) -> impl IntoView {
    if items.is_empty() {
        return ().into_any();
    }
    let rows: Vec<_> = items.into_iter().map(|item| row(item, back.clone())).collect();
    view! {
        <Panel title="Needs you">
            <ul class="queue">{rows}</ul>
        </Panel>
    }
    .into_any()
}

fn row(item: AttentionItem, back: String) -> AnyView {
    let title = format::plain(&item.title).into_owned();
    let form = Item { key: item.key, cause: item.cause, title: title.clone(), subject: Some(item.subject) };
    let first = match item.decision {
        Some(decision) => {
            view! { <UndoButton id=decision.id title=title.clone() back=back.clone()/> }.into_any()
        }
        None => view! { <AcknowledgeButton item=form.clone() back=back.clone()/> }.into_any(),
    };
    view! {
        <li class="q-item">
            <SeverityMark severity=item.severity/>
            <div class="q-main">
                <p class="q-title">
                    <Told text=title/>
                </p>
                <p class="q-meta">{item.severity.label()} " · " {item.reason.label()}</p>
            </div>
            <span class="q-age">
                <Age at=item.since/>
            </span>
            <div class="q-act">
                {first}
                <SnoozeMenu item=form.clone() back=back.clone()/>
                <ResolveForm item=form back/>
            </div>
        </li>
    }
    .into_any()
}
