//! What Hermes did for the founder: today, this week, and in 30 days.

pub mod kind;
pub mod scale;

use domain::insight::results::{ResultSpan, Results};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use self::{kind::Kind, scale::scale};
use crate::{
    components::{EmptyState, Moment},
    format, links,
    state::Hydrated,
    ui::{IconName, Panel},
};

/// The parameter of the page's address that names the span, and the panel's place on the page.
const NAME: &str = "did";

/// The span that the page's address asks for; today's for any other.
pub fn chosen() -> Signal<ResultSpan> {
    let query = use_query_map();
    let span = Memo::new(move |_| {
        let asked = query.with(|query| query.get(NAME));
        asked.and_then(|span| span.parse().ok()).unwrap_or(ResultSpan::Today)
    });
    span.into()
}

/// Results by kind, in one of three spans. The spans are links of this page; where scripts run, switching loads nothing.
#[component]
pub fn DidForMe(
    /// What was done in each span.
    results: Vec<Results>,
    /// The span that is shown.
    chosen: Signal<ResultSpan>,
) -> impl IntoView {
    let hydrated = Hydrated::now();
    let results = StoredValue::new(results);
    let tab = move |span: &ResultSpan| {
        let span = *span;
        // Without scripts the page is loaded anew and must come back to this place; with them it stays where it is.
        let href = move || {
            let fragment = if hydrated.get() { String::new() } else { format!("#{NAME}") };
            format!("{}?{NAME}={span}{fragment}", links::HOME)
        };
        view! {
            <a href=href data-noscroll="" aria-current=move || (chosen.get() == span).then_some("true")>
                {span.label()}
            </a>
        }
    };
    let body = move || {
        let span = chosen.get();
        results
            .with_value(|results| results.iter().find(|results| results.span == span).cloned())
            .map(|results| view! { <Done results/> })
    };
    view! {
        <div class="did-place" id=NAME>
            <Panel
                title="What Hermes did for me"
                actions=move || {
                    view! {
                        <nav class="seg" aria-label="Span of what Hermes did">
                            {ResultSpan::ALL.iter().map(tab).collect_view()}
                        </nav>
                    }
                }
            >
                {body}
            </Panel>
        </div>
    }
    .into_any()
}

/// The sum of a span, and its kinds.
#[component]
fn Done(results: Results) -> impl IntoView {
    let since = results.since;
    if results.ended.completed == 0 && results.counts.iter().all(|result| result.count == 0) {
        return view! {
            <EmptyState
                icon=IconName::CircleDashed
                title="Nothing was completed in this span"
                text="What Hermes completes is counted here by kind: bugs fixed, services deployed, audits run."
            />
        }
        .into_any();
    }
    let values: Vec<u64> = results.counts.iter().map(|result| result.count).collect();
    let bars = scale(&values);
    let kinds = results.counts.into_iter().zip(bars);
    view! {
        <div class="did">
            <p class="did-sum">
                <b>{format::count(results.ended.completed, "task", "tasks")}</b>
                " completed across "
                <b>{format::count(results.products, "product", "products")}</b>
                <span class="t3">" since " <Moment at=since/></span>
            </p>
            <ul class="did-kinds">
                {kinds.map(|(result, bar)| view! { <Kind deed=result.kind count=result.count bar/> }).collect_view()}
            </ul>
        </div>
    }
    .into_any()
}
