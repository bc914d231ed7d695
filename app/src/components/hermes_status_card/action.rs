//! What Hermes did last, and what should happen next.

use domain::overview::{LastAction, NextAction};
use leptos::prelude::*;

use crate::{
    api::overview::ProductRef,
    components::{Ago, ProductLink, Told},
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
            <a class="deck-title trunc" href=links::task(&last.task_id) title=message>
                <Told text=last.message/>
            </a>
            <div class="deck-meta">
                <ProductLink id=last.product_id products/>
                <span class="dotsep trunc">
                    <Told text=last.title/>
                </span>
                {last
                    .agent
                    .map(|agent| {
                        view! {
                            <span class="dotsep nowrap">
                                <Told text=agent/>
                            </span>
                        }
                    })}
            </div>
        </div>
    }
    .into_any()
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
                "Recommended next "
                <span class="t3">"waiting since " <Ago at=next.since/></span>
            </span>
            <a class="deck-title trunc" href=links::task(&next.task_id) title=step>
                {next.kind.label()}
                ": "
                <Told text=next.title/>
            </a>
            <div class="deck-meta">
                <ProductLink id=next.product_id products/>
                {next
                    .because
                    .map(|because| {
                        let title = format::plain(&because).into_owned();
                        view! {
                            <span class="dotsep trunc" title=title>
                                <Told text=because/>
                            </span>
                        }
                    })}
            </div>
        </div>
    }
    .into_any()
}
