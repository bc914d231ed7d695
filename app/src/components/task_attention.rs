//! What needs the founder at a task, and deciding about it there.

use domain::{attention::AttentionItem, decision::DecisionKind};
use leptos::prelude::*;

use crate::{
    components::{
        Age, Ago, Inferred, Moment, SeverityMark, Told,
        decide::{AcknowledgeButton, Item, ResolveForm, SnoozeMenu, UndoButton},
        severity_mark::tone,
    },
    format,
};

/// The item as a banner: why, for how long, what follows, and the decisions about it.
#[component]
pub fn TaskAttention(
    /// The item, as the founder left it.
    item: AttentionItem,
    /// The page to come back to.
    #[prop(into)]
    back: String,
) -> impl IntoView {
    let AttentionItem { key, cause, severity, since, subject, .. } = item;
    let title = format::plain(&item.title).into_owned();
    let guessed = if item.reason_inferred { vec!["reason".to_owned()] } else { Vec::new() };
    let form = Item { key, cause, title: title.clone(), subject: Some(subject) };
    let decided = item.decision;
    let aside = decided.as_ref().is_some_and(|decision| decision.kind != DecisionKind::Acknowledged);
    let told = decided.clone().map(|decision| {
        let until = decision.until.map(|at| view! { ", until " <Moment at/> });
        view! {
            <p class="t3">
                {format!("{} ", decision.kind.label())}
                <Ago at=decision.at/>
                " by "
                <Told text=decision.by/>
                {until}
            </p>
        }
    });
    let first = match decided {
        Some(decision) => view! { <UndoButton id=decision.id title back=back.clone()/> }.into_any(),
        None => view! { <AcknowledgeButton item=form.clone() back=back.clone()/> }.into_any(),
    };
    let more = (!aside).then(|| {
        view! {
            <SnoozeMenu item=form.clone() back=back.clone()/>
            <ResolveForm item=form back/>
        }
    });
    let apart = item.why.is_some().then_some("dotsep");
    let shown = if aside { "idle" } else { tone(severity) };
    view! {
        <section class="task-needs" data-tone=shown aria-label="Needs you">
            <SeverityMark severity/>
            <div class="task-needs-text">
                <p>
                    <b>
                        <Inferred field="reason" inferred=guessed>
                            {item.reason.label()}
                        </Inferred>
                        " for "
                        <Age at=since/>
                        ". "
                    </b>
                    {item.why.map(|text| view! { <Told text/> })}
                    {item.consequence.map(|text| view! { <span class=apart><Told text/></span> })}
                </p>
                {told}
            </div>
            <div class="task-needs-act">{first} {more}</div>
        </section>
    }
    .into_any()
}
