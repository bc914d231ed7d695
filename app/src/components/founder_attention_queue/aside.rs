//! What the founder put aside.

use domain::{
    attention::AttentionItem,
    decision::{Decision, DecisionKind},
};
use leptos::prelude::*;

use crate::{
    components::{Ago, Moment, Told, decide::UndoButton},
    format, links,
    ui::More,
};

/// A line that says how many items are snoozed and resolved, and opens them with the way back.
#[component]
pub fn Aside(
    /// The items, each with its decision.
    items: Vec<AttentionItem>,
    /// The page to come back to, with its fragment.
    back: &'static str,
) -> impl IntoView {
    let summary = summary(&items);
    let row = move |item: AttentionItem| {
        let decision = item.decision.clone()?;
        Some(view! { <AsideRow item decision back/> })
    };
    view! {
        <More summary>
            <ul class="q-aside">{items.into_iter().filter_map(row).collect_view()}</ul>
        </More>
    }
}

/// `3 snoozed, 1 resolved`
fn summary(items: &[AttentionItem]) -> String {
    let part = |kind: DecisionKind| {
        let is = |item: &&AttentionItem| item.decision.as_ref().is_some_and(|decision| decision.kind == kind);
        let count = items.iter().filter(is).count() as u64;
        (count > 0).then(|| format!("{} {kind}", format::number(count)))
    };
    let parts: Vec<String> =
        [DecisionKind::Snoozed, DecisionKind::Resolved].into_iter().filter_map(part).collect();
    parts.join(", ")
}

#[component]
fn AsideRow(item: AttentionItem, decision: Decision, back: &'static str) -> impl IntoView {
    let title = format::plain(&item.title).into_owned();
    let ends = match (decision.kind, decision.until) {
        (DecisionKind::Snoozed, Some(at)) => view! { " until " <Moment at/> }.into_any(),
        (DecisionKind::Snoozed, None) => " until something changes".into_any(),
        _ => ().into_any(),
    };
    view! {
        <li>
            <div class="q-main">
                <a class="q-title" href=links::subject(&item.subject)>
                    <Told text=title.clone()/>
                </a>
                <p class="q-meta dotted">
                    <span class="q-kind">{decision.kind.label()} {ends}</span>
                    <span class="dotsep">
                        <Ago at=decision.at/>
                        " by "
                        <Told text=decision.by/>
                    </span>
                </p>
                {decision.note.map(|text| view! { <p class="q-why"><Told text/></p> })}
            </div>
            <UndoButton id=decision.id title back/>
        </li>
    }
    .into_any()
}
