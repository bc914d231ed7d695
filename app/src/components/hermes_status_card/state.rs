//! How Hermes is, and why.

use domain::{
    overview::{HermesStatus, StatusReason},
    task::TaskStatus,
};
use leptos::prelude::*;

use crate::{
    format, links,
    ui::{Icon, IconName},
};

/// Tone, glyph and word of a state.
fn looks(status: Option<HermesStatus>) -> (&'static str, IconName, &'static str) {
    match status {
        Some(HermesStatus::Running) => ("accent", IconName::Activity, "Running"),
        Some(HermesStatus::Idle) => ("idle", IconName::CirclePause, "Idle"),
        Some(HermesStatus::Degraded) => ("warn", IconName::TriangleAlert, "Degraded"),
        Some(HermesStatus::Error) => ("danger", IconName::OctagonX, "Error"),
        None => ("idle", IconName::CircleQuestion, "Unknown"),
    }
}

/// Why the state is what it is, and where that can be seen.
fn words(reason: &StatusReason) -> (String, String) {
    let count = |n: &u64, one: &str, many: &str| format::count(*n, one, many);
    match reason {
        StatusReason::Silent => ("Nothing was ever heard of it".to_owned(), links::SETTINGS.to_owned()),
        StatusReason::AllFailed { count: n } => (
            format!("{} failed in 24 h, none completed", count(n, "task", "tasks")),
            links::tasks(TaskStatus::Failed),
        ),
        StatusReason::Workers { count: n } => (
            format!("{} degraded or offline", count(n, "agent or tool", "agents and tools")),
            links::AGENTS.to_owned(),
        ),
        StatusReason::Quiet { count: n } => (
            format!("{} silent for longer than usual", count(n, "mission", "missions")),
            links::tasks(TaskStatus::Running),
        ),
        StatusReason::Working { count: n } => {
            (format!("{} under way", count(n, "mission", "missions")), links::tasks(TaskStatus::Running))
        }
        StatusReason::Nothing => ("Nothing is running".to_owned(), links::TASKS.to_owned()),
    }
}

#[component]
pub fn StateCell(status: Option<HermesStatus>, reason: StatusReason) -> impl IntoView {
    let (tone, glyph, word) = looks(status);
    let (text, href) = words(&reason);
    view! {
        <div class="deck-state">
            <span class="state-glyph" data-tone=tone>
                <Icon name=glyph size=20/>
            </span>
            <div>
                <h2 class="state-word">
                    <span class="sr">"Hermes: "</span>
                    {word}
                </h2>
                <a class="quiet-link sm" href=href>
                    {text}
                </a>
            </div>
        </div>
    }
}
