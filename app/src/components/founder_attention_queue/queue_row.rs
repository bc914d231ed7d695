//! One item of the queue.

use domain::{
    attention::AttentionItem,
    decision::{Decision, DecisionKind},
};
use leptos::prelude::*;

use super::evidence::Why;
use crate::{
    api::overview::ProductRef,
    components::{
        Age, Ago, Inferred, ProductLink, SeverityMark, Told,
        decide::{AcknowledgeButton, Item, ResolveForm, SnoozeMenu, UndoButton},
        severity_mark::tone,
    },
    format, links,
    state::live,
    ui::{Icon, IconName},
};

/// One item: how bad it is, what and why, since when, what says so, and the decisions about it.
#[component]
pub fn QueueRow(
    /// The item.
    item: AttentionItem,
    /// The products whose names are known.
    products: StoredValue<Vec<ProductRef>>,
    /// The page to come back to, with its fragment.
    #[prop(into)]
    back: String,
) -> impl IntoView {
    let AttentionItem { key, cause, severity, since, subject, .. } = item;
    let title = format::plain(&item.title).into_owned();
    let href = links::subject(&subject);
    let form = Item { key, cause, title: title.clone(), subject: Some(subject) };
    let product = item.product_id.map(|id| {
        view! {
            <span class="dotsep">
                <ProductLink id products/>
            </span>
        }
    });
    let consequence = item.consequence.map(|text| view! { <span class="dotsep"><Told text/></span> });
    let guessed = if item.reason_inferred { vec!["reason".to_owned()] } else { Vec::new() };
    let acknowledged = item.decision.filter(|decision| decision.kind == DecisionKind::Acknowledged);
    let seen = acknowledged.is_some().then_some("");
    let mark = acknowledged.clone().map(|decision| view! { <Acknowledged decision/> });
    let first = match acknowledged {
        Some(decision) => {
            view! { <UndoButton id=decision.id title=title.clone() back=back.clone()/> }.into_any()
        }
        None => view! { <AcknowledgeButton item=form.clone() back=back.clone()/> }.into_any(),
    };
    view! {
        <li class="q-item" data-seen=seen data-new=live::arrives()>
            <SeverityMark severity/>
            <div class="q-main">
                <a class="q-title" href=href>
                    <Told text=title.clone()/>
                </a>
                <p class="q-meta dotted">
                    <span class="q-sev" data-tone=tone(severity)>
                        {severity.label()}
                    </span>
                    <span class="q-kind dotsep">
                        <Inferred field="reason" inferred=guessed>
                            {item.reason.label()}
                        </Inferred>
                    </span>
                    {product}
                    {consequence}
                </p>
                {mark}
                <Why title why=item.why evidence=item.evidence/>
            </div>
            <span class="q-age">
                <Age at=since/>
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

/// Who has seen it, and when.
#[component]
fn Acknowledged(decision: Decision) -> impl IntoView {
    view! {
        <p class="q-seen">
            <Icon name=IconName::Check size=12/>
            <span>
                "Acknowledged "
                <Ago at=decision.at/>
                " by "
                <Told text=decision.by/>
            </span>
        </p>
    }
}
