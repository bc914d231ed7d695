//! Files, tools, tests, errors and what came out.

use domain::insight::execution::{Artifact, ErrorMet, FileChange, Latest, MAX_ROWS, TestRun, ToolUse};
use leptos::prelude::*;

use crate::{
    components::{Ago, AnsiText, ForeignLink, Told},
    format,
    ui::{Icon, IconName, Panel},
};

fn list(title: &'static str, total: u64, shown: usize, none: &'static str, rows: Vec<AnyView>) -> AnyView {
    let hidden = total.saturating_sub(shown as u64);
    let hidden = (hidden > 0).then(|| {
        view! { <p class="panel-line t3">{format!("{} more are in the log.", format::number(hidden))}</p> }
    });
    let body = if rows.is_empty() {
        view! { <p class="panel-line t3">{none}</p> }.into_any()
    } else {
        view! { <ul class="task-list">{rows}</ul> }.into_any()
    };
    let count = (total > 0).then(|| format::number(total));
    view! {
        <Panel title count=count>
            {body}
            {hidden}
        </Panel>
    }
    .into_any()
}

/// Files that were changed, with lines added and removed.
#[component]
pub fn Files(
    /// The files.
    files: Vec<FileChange>,
    /// How many there are.
    total: u64,
) -> impl IntoView {
    let shown = files.len();
    let part = |sign: &'static str, tone: &'static str, word: &'static str, lines: Option<u64>| {
        lines.map(|lines| {
            view! {
                <span class="toned" data-tone=tone title=format!("{lines} lines {word}")>
                    {format!("{sign}{}", format::number(lines))}
                </span>
            }
        })
    };
    let row = |file: FileChange| {
        let times = (file.times > 1).then(|| view! { <span class="t3">{format!("{}×", file.times)}</span> });
        view! {
            <li>
                <Icon name=IconName::FilePen/>
                <code class="task-main path">
                    <Told text=file.path/>
                </code>
                {times}
                {part("+", "ok", "added", file.added)}
                {part("−", "danger", "removed", file.removed)}
            </li>
        }
        .into_any()
    };
    list(
        "Files modified",
        total,
        shown,
        "No file was changed, or no source told of one.",
        files.into_iter().map(row).collect(),
    )
}

/// Tools, how often they were called and failed, and how long a call takes.
#[component]
pub fn Tools(
    /// The tools, the most used first.
    tools: Vec<ToolUse>,
) -> impl IntoView {
    let calls: u64 = tools.iter().map(|tool| tool.calls).sum();
    let row = |tool: ToolUse| {
        let failures = (tool.failures > 0).then(|| {
            view! {
                <span class="toned" data-tone="danger">
                    {format!("{} failed", format::number(tool.failures))}
                </span>
            }
        });
        let average = tool.duration_ms.checked_div(tool.timed);
        let average =
            average.map(|ms| view! { <span class="t3">{format!("avg {}", format::duration(ms))}</span> });
        view! {
            <li>
                <Icon name=IconName::Wrench/>
                <code class="task-main path">
                    <Told text=tool.name/>
                </code>
                {failures}
                <span>{format::count(tool.calls, "call", "calls")}</span>
                {average}
            </li>
        }
        .into_any()
    };
    let full = tools.len() >= MAX_ROWS;
    let rows: Vec<AnyView> = tools.into_iter().map(row).collect();
    let none = if full { "" } else { "No tool was called, or no source told of one." };
    list("Tools called", calls, usize::try_from(calls).unwrap_or(usize::MAX), none, rows)
}

/// Runs of tests and how they ended.
#[component]
pub fn Tests(
    /// The latest runs.
    tests: Latest<TestRun>,
) -> impl IntoView {
    let shown = tests.rows.len();
    let row = |run: TestRun| {
        let (tone, name, word) = match run.passed {
            Some(true) => ("ok", IconName::CircleCheck, "Passed"),
            Some(false) => ("danger", IconName::CircleX, "Failed"),
            None => ("idle", IconName::CircleQuestion, "Not told"),
        };
        view! {
            <li>
                <span class="status" data-tone=tone>
                    <Icon name/>
                    {word}
                </span>
                <span class="task-main">
                    <Told text=run.message/>
                </span>
                <span class="t3">
                    <Ago at=run.at/>
                </span>
            </li>
        }
        .into_any()
    };
    list(
        "Test results",
        tests.total,
        shown,
        "No tests ran, or no source told of them.",
        tests.rows.into_iter().map(row).collect(),
    )
}

/// Links to what came out.
#[component]
pub fn Artifacts(
    /// What can be looked at.
    artifacts: Latest<Artifact>,
) -> impl IntoView {
    let shown = artifacts.rows.len();
    let row = |artifact: Artifact| {
        view! {
            <li>
                <span class="task-main">
                    <ForeignLink url=artifact.url/>
                </span>
                <span class="t3">{artifact.kind.label()}</span>
            </li>
        }
        .into_any()
    };
    list(
        "Artifacts",
        artifacts.total,
        shown,
        "No pull request, deployment or other result was told of.",
        artifacts.rows.into_iter().map(row).collect(),
    )
}

/// Errors, the latest first, each with where it came from.
#[component]
pub fn Errors(
    /// The latest errors.
    errors: Latest<ErrorMet>,
) -> impl IntoView {
    let shown = errors.rows.len();
    let row = |error: ErrorMet| {
        let stack = error.stack.map(|stack| {
            let line = |line: &str| {
                view! {
                    <AnsiText text=line/>
                    "\n"
                }
            };
            view! { <pre class="task-stack-trace" tabindex="0">{stack.lines().map(line).collect_view()}</pre> }
        });
        view! {
            <li class="task-error">
                <div class="task-error-head">
                    <span class="status" data-tone="danger">
                        <Icon name=IconName::OctagonX/>
                        <span class="sr">"Error: "</span>
                    </span>
                    <span class="task-main">
                        <Told text=error.message/>
                    </span>
                    <span class="t3">
                        <Ago at=error.at/>
                    </span>
                </div>
                {stack}
            </li>
        }
        .into_any()
    };
    list(
        "Errors",
        errors.total,
        shown,
        "No event tells of an error.",
        errors.rows.into_iter().rev().map(row).collect(),
    )
}
