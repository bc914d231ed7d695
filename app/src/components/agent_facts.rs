//! What is known of one worker, and who says so.

use domain::insight::agent_health::WorkerDetail;
use leptos::prelude::*;

use crate::{
    components::{
        Ago, Told,
        agent_status_panel::{
            agent_row::rate,
            cells::{AgentHealthBadge, figure, glyph},
        },
    },
    format,
    ui::{Icon, IconName, Unknown},
};

/// The head of a worker's page: its name and status, the issue of its configuration, and its figures.
#[component]
pub fn AgentFacts(
    /// The worker.
    detail: WorkerDetail,
) -> impl IntoView {
    let worker = detail.worker;
    let icon = glyph(&worker);
    let ago = |at| view! { <Ago at/> }.into_any();
    let or_unknown = |view: Option<AnyView>| view.unwrap_or_else(|| view! { <Unknown/> }.into_any());
    let kind = worker.agent_type.map(|kind| kind.label().into_any());
    let p95 = worker.p95_latency_ms.map(|ms| {
        view! {
            <span class="inferred" title="Counted by us, at most 6.25 % off">
                {format::latency(ms)}
            </span>
        }
        .into_any()
    });
    let counts = worker.counts.map(|counts| counts.label().into_any());
    let facts = vec![
        ("Type", or_unknown(kind)),
        ("Status as of", or_unknown(worker.as_of.map(ago))),
        ("Last told by its source", or_unknown(detail.reported_at.map(ago))),
        ("Last success", figure(worker.last_success.map(Into::into), ago)),
        ("Last failure", figure(worker.last_failure.map(Into::into), ago)),
        ("Calls today", figure(worker.calls_today, |calls| format::number(calls).into_any())),
        ("Failure rate", figure(worker.failure_rate, rate)),
        ("Mean latency", figure(worker.average_latency_ms, |ms| format::mean_latency(ms).into_any())),
        ("p95 latency", or_unknown(p95)),
        ("We count its", or_unknown(counts)),
    ];
    let fact = |(name, value): (&'static str, AnyView)| {
        view! {
            <div>
                <dt>{name}</dt>
                <dd>{value}</dd>
            </div>
        }
    };
    let facts: Vec<_> = facts.into_iter().map(fact).collect();
    let wrong: Vec<_> =
        worker.contradictions.iter().map(|told| view! { <p>{format!("It {}.", told.label())}</p> }).collect();
    let remedy = worker.remedy;
    let issue = worker.config_issue.map(|text| {
        view! {
            <p>
                <b>"Config issue: "</b>
                <Told text/>
            </p>
            <p>{remedy}</p>
        }
    });
    let notice = (!wrong.is_empty() || issue.is_some()).then(|| {
        view! {
            <div class="notice" data-tone="warn">
                <Icon name=IconName::TriangleAlert size=16/>
                <div class="notice-text">
                    {wrong}
                    {issue}
                </div>
            </div>
        }
    });
    view! {
        <section class="panel agent-facts" aria-label="What is known">
            <div class="agent-head">
                <span class="ag-ic">
                    <Icon name=icon size=16/>
                </span>
                <div class="ag-who">
                    <h2>
                        <Told text=worker.name/>
                    </h2>
                    <code class="t3">
                        <Told text=worker.id.to_string()/>
                    </code>
                </div>
                <AgentHealthBadge status=worker.status by=worker.status_by/>
            </div>
            {notice}
            <dl>{facts}</dl>
            <p class="panel-foot">
                "Dotted figures are counted by us, rates and latency over the last 24 hours; the others are told by its source."
            </p>
        </section>
    }
    .into_any()
}
