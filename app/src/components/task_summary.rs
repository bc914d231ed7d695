//! A task in short: where it stands, what came out, what its attempts left behind.

use domain::task::{Task, TaskStatus};
use leptos::prelude::*;

use crate::{
    api::task::RunView,
    components::{Copyable, ForeignLink, Inferred, Moment, Told, ToldLines},
    format,
    ui::{Fact, Facts, Panel, Progress, Unknown},
};

/// What the task is, how far it is, and what came of it.
#[component]
pub fn TaskSummary(
    /// The task.
    task: Task,
) -> impl IntoView {
    let running = task.status == TaskStatus::Running;
    let inferred = StoredValue::new(task.inferred.clone());
    let title = format::plain(&task.title).into_owned();
    let progress = task.progress_percent.map(|share| whole(share.get()));
    let bar = progress.map(|percent| view! { <Progress percent label=title live=running/> });
    let told = move |name: &'static str, field: &'static str, text: Option<String>| {
        text.filter(|text| !text.trim().is_empty()).map(|text| {
            view! {
                <Fact name>
                    <Inferred field inferred=inferred.get_value()>
                        <ToldLines text/>
                    </Inferred>
                </Fact>
            }
        })
    };
    let time = move |name: &'static str, field: &'static str, at: Option<chrono::DateTime<chrono::Utc>>| {
        let value =
            at.map_or_else(|| view! { <Unknown/> }.into_any(), |at| view! { <Moment at/> }.into_any());
        view! {
            <Fact name>
                <Inferred field inferred=inferred.get_value()>
                    {value}
                </Inferred>
            </Fact>
        }
    };
    let description = task.description.map(|text| view! { <div class="task-about"><ToldLines text/></div> });
    let ended = (!task.status.is_open()).then(|| time("Ended", "completedAt", task.completed_at));
    let took = task.duration_ms.map(|ms| view! { <Fact name="Took">{format::duration(ms)}</Fact> });
    let retries = task.retry_count.map(|count| view! { <Fact name="Retries">{count}</Fact> });
    let tags = (!task.tags.is_empty()).then(|| {
        let tag = |text: String| {
            view! {
                <span class="tag">
                    <Told text/>
                </span>
            }
        };
        view! { <Fact name="Tags">{task.tags.into_iter().map(tag).collect_view()}</Fact> }
    });
    view! {
        <Panel title="Summary">
            <div class="task-body">
                {bar}
                {description}
                <Facts>
                    {progress.map(|percent| view! { <Fact name="Progress">{format!("{percent} %")}</Fact> })}
                    {told("Current step", "currentStep", task.current_step)}
                    {told("Last action", "lastAction", task.last_action)}
                    {told("Next", "nextAction", task.next_action)}
                    {told("Blocker", "blockerReason", task.blocker_reason)}
                    {told("Error", "error", task.error)}
                    {told("Result", "result", task.result)}
                    {told("Output", "summary", task.summary)}
                    {time("Created", "createdAt", Some(task.created_at))}
                    {time("Started", "startedAt", task.started_at)}
                    {ended}
                    {took}
                    {retries}
                    {tags}
                    <Fact name="Id">
                        <Copyable text=task.id.to_string() what="the id"/>
                    </Fact>
                </Facts>
            </div>
        </Panel>
    }
    .into_any()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
fn whole(share: f32) -> u8 {
    share as u8
}

/// What the attempts left behind: branch, commit, pull request, deployment. Of each the latest that is told.
#[component]
pub fn TaskOutcome(
    /// The attempts, the oldest first.
    runs: Vec<RunView>,
) -> impl IntoView {
    let last = |field: &'static str, of: fn(&RunView) -> Option<&String>| {
        let run = runs.iter().rev().find(|run| of(run).is_some())?;
        let inferred =
            if run.inferred.iter().any(|name| name == field) { vec![field.to_owned()] } else { Vec::new() };
        Some((of(run)?.clone(), inferred))
    };
    let copied =
        |name, field, what: &'static str, shown: Option<usize>, told: Option<(String, Vec<String>)>| {
            let value = match told {
                Some((text, inferred)) => view! {
                    <Inferred field inferred>
                        <Copyable text shown=shown.unwrap_or(usize::MAX) what/>
                    </Inferred>
                }
                .into_any(),
                None => view! { <Unknown/> }.into_any(),
            };
            view! { <Fact name>{value}</Fact> }.into_any()
        };
    let linked = |name, field, told: Option<(String, Vec<String>)>| {
        let value = match told {
            Some((url, inferred)) => view! {
                <Inferred field inferred>
                    <ForeignLink url/>
                </Inferred>
            }
            .into_any(),
            None => view! { <Unknown/> }.into_any(),
        };
        view! { <Fact name>{value}</Fact> }.into_any()
    };
    let facts: Vec<AnyView> = vec![
        copied(
            "Branch",
            "branchName",
            "the branch",
            None,
            last("branchName", |run| run.branch_name.as_ref()),
        ),
        copied(
            "Commit",
            "commitSha",
            "the commit",
            Some(10),
            last("commitSha", |run| run.commit_sha.as_ref()),
        ),
        linked("Pull request", "prUrl", last("prUrl", |run| run.pr_url.as_ref())),
        linked("Deployment", "deploymentUrl", last("deploymentUrl", |run| run.deployment_url.as_ref())),
    ];
    view! {
        <Panel title="Outcome">
            <div class="task-body">
                <Facts>{facts}</Facts>
            </div>
        </Panel>
    }
    .into_any()
}
