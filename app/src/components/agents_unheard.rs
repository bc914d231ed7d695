//! Kinds of workers of which nothing was ever told: unknown, and never healthy.

use domain::insight::agent_health::WorkerKind;
use leptos::prelude::*;

use crate::{
    links,
    ui::{Icon, IconName, Panel},
};

/// How such a worker gets here.
fn way(kind: WorkerKind) -> &'static str {
    match kind {
        WorkerKind::HermesCore | WorkerKind::Scheduler | WorkerKind::CliRunner => {
            "Read from a Hermes home: start with --hermes-home, or send its agent line."
        }
        WorkerKind::Model => "Named by the model of runs, or by an agent line of the provider.",
        WorkerKind::Secrets => "Send an agent line with a configIssue when a key is missing or expires.",
        WorkerKind::OpenClaw
        | WorkerKind::GitHub
        | WorkerKind::VmRunner
        | WorkerKind::Deployment
        | WorkerKind::Monitoring
        | WorkerKind::Notification => "Send an agent line, or name the tool in the events of its calls.",
    }
}

/// What nothing was told of, and how it is told of. Nothing where all kinds are known.
#[component]
pub fn AgentsUnheard(
    /// The kinds.
    kinds: Vec<WorkerKind>,
) -> impl IntoView {
    if kinds.is_empty() {
        return ().into_any();
    }
    let count = kinds.len().to_string();
    let row = |kind: WorkerKind| {
        view! {
            <li class="ag-unheard">
                <span class="status" data-tone="idle">
                    <Icon name=IconName::CircleQuestion/>
                    {kind.label()}
                </span>
                <span class="t3 sm">{way(kind)}</span>
            </li>
        }
    };
    view! {
        <Panel title="Never heard of" count=Some(count)>
            <ul class="ag-unheards">{kinds.into_iter().map(row).collect_view()}</ul>
            <p class="panel-foot">
                <span>
                    "Unknown, not healthy: no line ever told of them. docs/telemetry.md shows an agent line; "
                    <a class="link" href=links::SOURCES>
                        "Sources"
                    </a> " says what is read."
                </span>
            </p>
        </Panel>
    }
    .into_any()
}
