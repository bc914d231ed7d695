//! What stands in the cells of a worker: its status, and figures that say who they are from.

use domain::{
    agent::{AgentHealth, AgentType},
    insight::agent_health::{By, Figure, WorkerHealth, WorkerKind},
};
use leptos::prelude::*;

use crate::{
    components::Age,
    ui::{Icon, IconName, Unknown},
};

/// The glyph of a worker's kind, else of its type.
pub(crate) fn glyph(worker: &WorkerHealth) -> IconName {
    match (worker.kind, worker.agent_type) {
        (Some(WorkerKind::HermesCore), _) => IconName::Cpu,
        (Some(WorkerKind::GitHub), _) => IconName::GitPullRequest,
        (Some(WorkerKind::VmRunner), _) | (None, Some(AgentType::Runner)) => IconName::Server,
        (Some(WorkerKind::CliRunner), _) => IconName::Terminal,
        (Some(WorkerKind::Scheduler), _) => IconName::CalendarClock,
        (Some(WorkerKind::Deployment), _) => IconName::Rocket,
        (Some(WorkerKind::Monitoring), _) => IconName::Activity,
        (Some(WorkerKind::Notification), _) => IconName::Bell,
        (Some(WorkerKind::Model), _) => IconName::Sparkle,
        (Some(WorkerKind::Secrets), _) => IconName::KeyRound,
        (Some(WorkerKind::OpenClaw), _) | (None, Some(AgentType::Agent) | None) => IconName::Bot,
        (None, Some(AgentType::Tool)) => IconName::Wrench,
        (None, Some(AgentType::Integration)) => IconName::Waypoints,
    }
}

/// The tone of a state.
pub(crate) fn tone(status: AgentHealth) -> &'static str {
    match status {
        AgentHealth::Healthy => "ok",
        AgentHealth::Degraded => "warn",
        AgentHealth::Offline => "danger",
        AgentHealth::Unknown => "idle",
    }
}

/// Glyph, word and tone of how a worker is. Dotted where no source says so.
#[component]
pub fn AgentHealthBadge(
    /// The worker.
    status: AgentHealth,
    /// Who says so.
    by: By,
) -> impl IntoView {
    let name = match status {
        AgentHealth::Healthy => IconName::CircleCheck,
        AgentHealth::Degraded => IconName::TriangleAlert,
        AgentHealth::Offline => IconName::Unplug,
        AgentHealth::Unknown => IconName::CircleQuestion,
    };
    view! {
        <span class="status" data-tone=tone(status)>
            <Icon name/>
            {by_whom(by, status.label().into_any())}
        </span>
    }
    .into_any()
}

/// What is shown; dotted, with the words for screen readers, where it is counted by us.
fn by_whom(by: By, shown: AnyView) -> AnyView {
    match by {
        By::Told => shown,
        By::Counted => view! {
            <span class="inferred" title="Counted by us">
                {shown}
                <span class="sr">" (counted by us)"</span>
            </span>
        }
        .into_any(),
    }
}

/// A figure, or that it is not known.
pub(crate) fn figure<T>(figure: Option<Figure<T>>, shown: impl FnOnce(T) -> AnyView) -> AnyView {
    match figure {
        Some(Figure { value, by }) => by_whom(by, shown(value)),
        None => view! { <Unknown/> }.into_any(),
    }
}

/// How long ago, without the word: the column's head says it.
pub(crate) fn age(at: chrono::DateTime<chrono::Utc>) -> AnyView {
    view! { <Age at/> }.into_any()
}
