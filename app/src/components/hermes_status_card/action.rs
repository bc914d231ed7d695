//! What Hermes did last, and what should happen next.

use domain::overview::{LastAction, NextAction, NextKind};
use leptos::prelude::*;

use crate::{
    api::overview::ProductRef,
    components::{Ago, ProductName, Told},
    format, links,
};

#[component]
pub fn LastActionCell(last: Option<LastAction>, products: StoredValue<Vec<ProductRef>>) -> impl IntoView {
    let Some(last) = last else {
        return view! {
            <div class="deck-cell">
                <span class="deck-label">"Last action"</span>
                <span class="deck-title t2">"None was reported yet"</span>
            </div>
        }
        .into_any();
    };
    let message = format::plain(&last.message).into_owned();
    view! {
        <div class="deck-cell">
            <span class="deck-label">
                "Last action "
                <span class="t3">
                    <Ago at=last.at/>
                </span>
            </span>
            <a class="deck-title" href=links::task(&last.task_id) title=message>
                <Told text=last.message/>
            </a>
            <div class="deck-meta">
                <ProductName id=last.product_id products/>
                <span class="dotsep">
                    <Told text=last.title/>
                </span>
                {last
                    .agent
                    .map(|agent| {
                        view! {
                            <span class="dotsep">
                                <Told text=agent/>
                            </span>
                        }
                    })}
            </div>
        </div>
    }
    .into_any()
}

/// What happened when the step began to wait.
fn waits(kind: NextKind) -> &'static str {
    match kind {
        NextKind::Unblock | NextKind::Check => "last heard of ",
        NextKind::Investigate => "failed ",
        NextKind::Continue => "queued ",
    }
}

#[component]
pub fn NextActionCell(next: Option<NextAction>, products: StoredValue<Vec<ProductRef>>) -> impl IntoView {
    let Some(next) = next else {
        return view! {
            <div class="deck-cell">
                <span class="deck-label">"Recommended next"</span>
                <span class="deck-title t2">"Nothing waits for a step"</span>
            </div>
        }
        .into_any();
    };
    let step = format!("{}: {}", next.kind.label(), format::plain(&next.title));
    view! {
        <div class="deck-cell">
            <span class="deck-label">
                "Recommended next"
                <span class="dotsep t3">{waits(next.kind)} <Ago at=next.since/></span>
            </span>
            <a class="deck-title" href=links::task(&next.task_id) title=step>
                {next.kind.label()}
                ": "
                <Told text=next.title/>
            </a>
            <div class="deck-meta">
                <ProductName id=next.product_id products/>
                {next
                    .because
                    .map(|because| {
                        let title = format::plain(&because).into_owned();
                        view! {
                            <span class="dotsep" title=title>
                                <Told text=because/>
                            </span>
                        }
                    })}
            </div>
        </div>
    }
    .into_any()
}
