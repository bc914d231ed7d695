//! One worker.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    Moment, WorkerKind,
    status::{Evidence, verdict},
    strip::{strip, strip_start},
};
use crate::{
    agent::{AgentHealth, AgentStatus, AgentType, Rate},
    attention::AttentionReason,
    facts::work::{WorkKey, WorkKind, WorkSlot, Worker, slot},
    id::AgentId,
    insight::attention::classify,
};

string_enum! {
    /// Who a figure is from.
    pub enum By as "origin of a figure" {
        Told = "told", "told by its source";
        Counted = "counted", "counted by us";
    }
}

string_enum! {
    /// What was told and what we counted contradict each other.
    pub enum Contradiction as "contradiction" {
        Failing = "failing", "says that it is healthy, but the last five outcomes failed";
        Issue = "config-issue", "says that it is healthy, and that its configuration has an issue";
        Works = "works", "says that it is unwell, but has worked since";
    }
}

/// A figure, and who it is from.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Figure<T> {
    /// The figure.
    pub value: T,
    /// Who it is from.
    pub by: By,
}

/// A moment, and who it is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct At {
    /// The moment.
    pub value: DateTime<Utc>,
    /// Who it is from.
    pub by: By,
}

impl From<At> for Figure<DateTime<Utc>> {
    fn from(at: At) -> Self {
        Self { value: at.value, by: at.by }
    }
}

/// How a worker is, as far as anybody can tell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct WorkerHealth {
    /// Its id: as its source tells it, else `tool:NAME`, `model:NAME` or the agent's id.
    pub id: AgentId,
    /// What people call it.
    pub name: String,
    /// The kind of the brief that it seems to be, by its id and name.
    pub kind: Option<WorkerKind>,
    /// What kind of worker it is.
    #[serde(rename = "type")]
    pub agent_type: Option<AgentType>,
    /// Whether a source tells of it; else only work names it.
    pub told: bool,
    /// How it is, from evidence that is young enough.
    pub status: AgentHealth,
    /// Who says so.
    pub status_by: By,
    /// As of when: the latest evidence of how it is. Where the status is unknown, it is so since then.
    pub as_of: Option<DateTime<Utc>>,
    /// Where what is told contradicts itself or what we counted.
    pub contradictions: Vec<Contradiction>,
    /// When it last worked: the later of what was told and what we counted.
    pub last_success: Option<At>,
    /// When it last failed, likewise.
    pub last_failure: Option<At>,
    /// What `calls_today` and the rest counts, where we count.
    pub counts: Option<WorkKind>,
    /// Calls since midnight, as told since then; else as counted.
    pub calls_today: Option<Figure<u64>>,
    /// Share of calls that failed: as told, else as counted over 24 hours.
    pub failure_rate: Option<Figure<Rate>>,
    /// Mean duration in milliseconds: as told, else as counted over 24 hours.
    pub average_latency_ms: Option<Figure<f64>>,
    /// The 95th percentile of the durations of the last 24 hours in milliseconds, as counted: at most 6.25 % off.
    pub p95_latency_ms: Option<u64>,
    /// What is wrong with its configuration, in its source's words.
    pub config_issue: Option<String>,
    /// What to do about that.
    pub remedy: Option<String>,
    /// The last 24 hours by half hours, the oldest first: `o` worked, `w` some of it failed, `d` all of it failed, `n`
    /// nothing was told.
    pub strip: String,
}

/// The work that may be this worker's: the tasks of an agent of that id, and the tool or model that the id names:
/// `github`, `tool:github`, `hermes:default:tool:github`.
pub fn keys(id: &AgentId) -> Vec<WorkKey> {
    let text = id.as_str();
    let key = |kind, name: &str| WorkKey { kind, name: name.to_owned() };
    let mut keys = WorkKind::ALL.iter().map(|kind| key(*kind, text)).collect::<Vec<_>>();
    for (kind, mark) in [(WorkKind::Call, "tool:"), (WorkKind::Run, "model:")] {
        let inner = format!(":{mark}");
        let name = text.strip_prefix(mark).or_else(|| text.split_once(&inner).map(|(_, name)| name));
        keys.extend(name.filter(|name| !name.is_empty()).map(|name| key(kind, name)));
    }
    keys
}

/// What a worker is called in links that only work names.
pub(super) fn id(key: &WorkKey) -> String {
    match key.kind {
        WorkKind::Task => key.name.clone(),
        WorkKind::Call => format!("tool:{}", key.name),
        WorkKind::Run => format!("model:{}", key.name),
    }
}

/// A worker that its source tells of.
pub(super) fn told(agent: &AgentStatus, own: &[&Worker], moment: Moment<'_>) -> WorkerHealth {
    let mut row = base(agent.id.clone(), agent.name.clone(), agent.agent_type, Some(agent), own, moment);
    // A count since a midnight that is past says nothing of today.
    let today = agent.calls_today.filter(|_| agent.reported_at >= Some(moment.today));
    row.calls_today = today.map(by_source).or(row.calls_today);
    row.failure_rate = agent.failure_rate.map(by_source).or(row.failure_rate);
    row.average_latency_ms = agent.average_latency_ms.map(by_source).or(row.average_latency_ms);
    row.config_issue.clone_from(&agent.config_issue);
    row.remedy = agent.config_issue.as_deref().map(remedy);
    row
}

/// A worker that only work names. Nothing where its name is too long for an id.
pub(super) fn counted(worker: &Worker, moment: Moment<'_>) -> Option<WorkerHealth> {
    let agent_type = match worker.key.kind {
        WorkKind::Task => AgentType::Agent,
        WorkKind::Call => AgentType::Tool,
        WorkKind::Run => AgentType::Integration,
    };
    let id = AgentId::new(id(&worker.key)).ok()?;
    Some(base(id, worker.key.name.clone(), Some(agent_type), None, &[worker], moment))
}

fn base(
    id: AgentId,
    name: String,
    agent_type: Option<AgentType>,
    told: Option<&AgentStatus>,
    own: &[&Worker],
    moment: Moment<'_>,
) -> WorkerHealth {
    let counts = own.iter().max_by_key(|worker| worker.total);
    let slots = counts.map(|worker| worker.slots.as_slice()).unwrap_or_default();
    let since = |from: DateTime<Utc>| counts.map(|worker| worker.since(from)).unwrap_or_default();
    let day: WorkSlot = since(strip_start(moment.now));
    // What is said to happen later than now has not happened yet.
    let until = |at: Option<DateTime<Utc>>| at.filter(|at| *at <= moment.now);
    let counted_at = counts.and_then(|worker| worker.worked_at);
    let success = later(until(told.and_then(|told| told.last_success_at)), counted_at);
    let failure =
        later(until(told.and_then(|told| told.last_failure_at)), counts.and_then(|worker| worker.failed_at));
    let (worked_at, failed_at) = (success.map(|success| success.value), failure.map(|failure| failure.value));
    let failing_since = counts.and_then(|worker| worker.failing_since);
    let verdict = verdict(&Evidence { told, worked_at, failed_at, counted_at, failing_since }, moment);
    WorkerHealth {
        kind: WorkerKind::of(&id, &name, agent_type),
        id,
        name,
        agent_type,
        told: told.is_some(),
        status: verdict.status,
        status_by: verdict.by,
        as_of: verdict.as_of,
        contradictions: verdict.contradictions,
        last_success: success,
        last_failure: failure,
        counts: counts.map(|worker| worker.key.kind),
        calls_today: counts.map(|_| by_us(since(slot(moment.today)).calls)),
        failure_rate: Rate::of(day.failures, day.calls).map(by_us),
        average_latency_ms: day.mean_ms().map(by_us),
        p95_latency_ms: day.latency.p95_ms(),
        config_issue: None,
        remedy: None,
        strip: strip(slots, worked_at, failed_at, moment.now),
    }
}

fn by_source<T>(value: T) -> Figure<T> {
    Figure { value, by: By::Told }
}

fn by_us<T>(value: T) -> Figure<T> {
    Figure { value, by: By::Counted }
}

/// The later of the two; of the same, what was told.
fn later(told: Option<DateTime<Utc>>, counted: Option<DateTime<Utc>>) -> Option<At> {
    match (told, counted) {
        (Some(told), counted) if counted.is_none_or(|counted| told >= counted) => {
            Some(At { value: told, by: By::Told })
        }
        (_, counted) => counted.map(|value| At { value, by: By::Counted }),
    }
}

/// What to do about an issue, by its words.
fn remedy(issue: &str) -> String {
    let text = match classify(issue) {
        Some(AttentionReason::ExpiredCredential) => {
            "Rotate the credential at its provider and store the new one where Hermes reads it."
        }
        Some(AttentionReason::MissingCredentials) => {
            "Store the credential where Hermes reads it; nothing that needs it works until then."
        }
        Some(AttentionReason::CostOrRisk) => "Raise the limit, or let less work run until it is renewed.",
        _ => "Mend it where this worker is configured.",
    };
    format!("{text} The issue goes with the first line that tells none.")
}
