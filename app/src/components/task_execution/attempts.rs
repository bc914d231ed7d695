//! The attempts at a task, side by side.

use leptos::prelude::*;

use crate::{
    api::task::RunView,
    components::{Copyable, ForeignLink, Inferred, Moment, TaskStatusBadge, Told},
    format,
    ui::{Fact, Facts, Panel, Unknown},
};

use super::spent::{cost_words, tokens};

/// Each attempt as a column: how it went, when, for how long, what came out and what it took.
#[component]
pub fn Attempts(
    /// The attempts, the oldest first: the latest of them.
    runs: Vec<RunView>,
    /// How many there are.
    total: u64,
) -> impl IntoView {
    if runs.is_empty() {
        return view! {
            <Panel title="Attempts">
                <p class="panel-line t3">"No source told of a run of this task, so nothing is known of its commits, tokens and costs."</p>
            </Panel>
        }
        .into_any();
    }
    let hidden = total.saturating_sub(runs.len() as u64);
    let hidden = (hidden > 0).then(|| {
        let words =
            format!("The {} before these are left out here; ", format::count(hidden, "attempt", "attempts"));
        view! { <p class="panel-line t3">{words} "the JSON has them all."</p> }
    });
    view! {
        <Panel title="Attempts" count=Some(format::number(total))>
            {hidden}
            <ol class="attempts">{runs.into_iter().map(attempt).collect_view()}</ol>
        </Panel>
    }
    .into_any()
}

fn attempt(run: RunView) -> impl IntoView {
    let RunView {
        number,
        status,
        started_at,
        ended_at,
        commit_sha,
        branch_name,
        pr_url,
        deployment_url,
        model,
        ..
    } = run;
    let inferred = run.inferred;
    let unknown = || view! { <Unknown/> }.into_any();
    let status = status.map_or_else(unknown, |status| view! { <TaskStatusBadge status/> }.into_any());
    let took =
        started_at.zip(ended_at).and_then(|(from, to)| u64::try_from((to - from).num_milliseconds()).ok());
    let guessed = |field: &'static str, value: AnyView| {
        view! {
            <Inferred field inferred=inferred.clone()>
                {value}
            </Inferred>
        }
        .into_any()
    };
    let commit = commit_sha.map_or_else(unknown, |text| {
        guessed("commitSha", view! { <Copyable text shown=10 what="the commit"/> }.into_any())
    });
    let link = |name: &'static str, field: &'static str, url: Option<String>| {
        url.map(|url| {
            let value = guessed(field, view! { <ForeignLink url/> }.into_any());
            view! { <Fact name>{value}</Fact> }
        })
    };
    let (pull_request, deployment) =
        (link("Pull request", "prUrl", pr_url), link("Deployment", "deploymentUrl", deployment_url));
    let cost = run.spend.costs.first().map_or_else(unknown, |cost| cost_words(cost).into_any());
    view! {
        <li class="attempt">
            <h3 class="attempt-head">
                <span>{format!("Run {number}")}</span>
                {status}
            </h3>
            <Facts>
                <Fact name="Started">
                    {started_at.map_or_else(unknown, |at| view! { <Moment at/> }.into_any())}
                </Fact>
                <Fact name="Took">{took.map_or_else(unknown, |ms| format::duration(ms).into_any())}</Fact>
                {branch_name.map(|text| view! { <Fact name="Branch"><Copyable text what="the branch"/></Fact> })}
                <Fact name="Commit">{commit}</Fact>
                {pull_request}
                {deployment}
                {model.map(|text| view! { <Fact name="Model"><Told text/></Fact> })}
                <Fact name="Tokens">{tokens(&run.spend).map_or_else(unknown, IntoAny::into_any)}</Fact>
                <Fact name="Cost">{cost}</Fact>
            </Facts>
        </li>
    }
    .into_any()
}
