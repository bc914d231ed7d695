//! One worker: a row, and below it what is wrong with it.

use domain::{
    agent::{AgentHealth, Rate},
    insight::agent_health::{Contradiction, WorkerHealth},
};
use leptos::prelude::*;

use super::cells::{AgentHealthBadge, age, figure, glyph};
use crate::{
    components::{Ago, Told},
    format, links,
    ui::{Icon, Uptime},
};

/// From which share of failures on it stands out.
const HIGH: f64 = 0.02;

/// A worker's figures, and the issue of its configuration with what to do about it.
#[component]
pub fn AgentRow(
    /// The worker.
    worker: WorkerHealth,
) -> impl IntoView {
    let href = links::agent(&worker.id);
    let title = format::plain(&worker.name).into_owned();
    let what = what(&worker);
    let since = worker.as_of.filter(|_| worker.status == AgentHealth::Unknown);
    let since = since.map(|at| view! { <div class="t3 xs">"last heard " <Ago at/></div> });
    let latency = figure(worker.average_latency_ms, |ms| format::mean_latency(ms).into_any());
    let p95 = worker.p95_latency_ms.map(|ms| {
        view! {
            <div class="t3 xs">
                "p95 "
                <span class="inferred" title="Counted by us, at most 6.25 % off">
                    {format::latency(ms)}
                </span>
            </div>
        }
    });
    let issue = issue(&worker);
    view! {
        <tr role="row">
            <td role="cell">
                <div class="ag-name">
                    <span class="ag-ic">
                        <Icon name=glyph(&worker) size=16/>
                    </span>
                    <div class="ag-who">
                        <a class="cell-main trunc ag-link" href=href title=title>
                            <Told text=worker.name/>
                        </a>
                        <div class="t3 xs trunc">{what}</div>
                    </div>
                </div>
            </td>
            <td role="cell">
                <AgentHealthBadge status=worker.status by=worker.status_by/>
                {since}
            </td>
            <td class="ag-up" role="cell">
                <Uptime strip=worker.strip span="Last 24 hours"/>
            </td>
            <td class="num" role="cell" data-l="last success">{figure(worker.last_success.map(Into::into), age)}</td>
            <td class="num" role="cell" data-l="last failure">{figure(worker.last_failure.map(Into::into), age)}</td>
            <td class="num ag-calls" role="cell" data-l="today">
                {figure(worker.calls_today, |calls| format::number(calls).into_any())}
            </td>
            <td class="num" role="cell" data-l="fail">{figure(worker.failure_rate, rate)}</td>
            <td class="num" role="cell" data-l="latency">
                {latency}
                {p95}
            </td>
        </tr>
        {issue}
    }
    .into_any()
}

/// A share of failures; a high one stands out.
pub(crate) fn rate(rate: Rate) -> AnyView {
    let text = format!("{} %", format::percent(rate.get()));
    if rate.get() < HIGH {
        return text.into_any();
    }
    view! {
        <span class="ag-high" data-tone="warn">
            {text}
        </span>
    }
    .into_any()
}

/// What it is, and what we count of it.
fn what(worker: &WorkerHealth) -> String {
    let kind = worker.agent_type.map(|kind| kind.label().to_owned());
    let counts = worker.counts.map(|counts| format!("{} counted", counts.label()));
    let words: Vec<String> = kind.into_iter().chain(counts).collect();
    if words.is_empty() { "Type unknown".to_owned() } else { words.join(" · ") }
}

fn issue(worker: &WorkerHealth) -> Option<AnyView> {
    // That the configuration has an issue is said by the issue itself.
    let told = worker.contradictions.iter().filter(|told| **told != Contradiction::Issue);
    let told: Vec<_> = told.map(|told| view! { <p>{format!("It {}.", told.label())}</p> }).collect();
    if worker.config_issue.is_none() && told.is_empty() {
        return None;
    }
    let remedy = worker.remedy.clone();
    let issue = worker.config_issue.clone().map(|text| {
        view! {
            <p>
                <b>"Config issue: "</b>
                <Told text/>
            </p>
            {remedy.map(|remedy| view! { <p>{remedy}</p> })}
        }
    });
    Some(
        view! {
            <tr class="ag-issue" role="row">
                <td colspan="8" role="cell">
                    <div class="notice" data-tone="warn">
                        <Icon name=crate::ui::IconName::TriangleAlert size=16/>
                        <div class="notice-text">
                            {told}
                            {issue}
                        </div>
                    </div>
                </td>
            </tr>
        }
        .into_any(),
    )
}
