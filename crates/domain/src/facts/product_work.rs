//! What tasks of one product brought about.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    event::{EventLevel, EventRecord, EventType},
    id::{AgentId, RunId, TaskId},
    run::RunRecord,
};

/// The figure of a run that says what it cost, in US dollars.
pub const COST: &str = "costUsd";

/// What tasks of one product brought about: the latest of each kind, and how many there are.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ProductWork {
    /// Its deployments that events tell of, the latest first.
    pub deployments: Vec<Deployment>,
    /// How many there are.
    pub deployments_total: u64,
    /// Its runs that came to a commit or a pull request, the latest first, those of unknown start last.
    pub commits: Vec<Commit>,
    /// How many there are.
    pub commits_total: u64,
    /// Who worked on it: most tasks first, then by id.
    pub agents: Vec<AgentShare>,
    /// What its runs cost, by how sure that is: unknown first, then by word.
    pub costs: Vec<CostSum>,
    /// How many runs there are, those that tell no cost among them.
    pub runs: u64,
}

/// A deployment that an event tells of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Deployment {
    /// When.
    pub at: DateTime<Utc>,
    /// How it went.
    pub level: EventLevel,
    /// What was deployed, in words.
    pub message: String,
    /// Where it can be seen.
    pub url: Option<String>,
    /// The task that did it.
    pub task_id: TaskId,
    /// The task's title.
    pub title: String,
}

impl Deployment {
    /// The deployment that the event tells of, if it tells of one.
    pub fn of(record: &EventRecord, title: String) -> Option<Self> {
        let event = &record.event;
        (event.event_type == EventType::Deployment).then(|| Self {
            at: event.timestamp,
            level: event.level,
            message: event.message.clone(),
            url: event.artifact_url.clone(),
            task_id: event.task_id.clone(),
            title,
        })
    }
}

/// A run that came to a commit or a pull request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Commit {
    /// The run.
    pub run_id: RunId,
    /// When it began.
    pub at: Option<DateTime<Utc>>,
    /// The commit.
    pub commit_sha: Option<String>,
    /// The branch that it is on.
    pub branch_name: Option<String>,
    /// The pull request.
    pub pr_url: Option<String>,
    /// The task that it was for.
    pub task_id: TaskId,
    /// The task's title.
    pub title: String,
}

impl Commit {
    /// What the run came to, if it came to a commit or a pull request.
    pub fn of(run: &RunRecord, title: String) -> Option<Self> {
        let task_id = run.task_id.clone()?;
        (run.commit_sha.is_some() || run.pr_url.is_some()).then(|| Self {
            run_id: run.id.clone(),
            at: run.started_at,
            commit_sha: run.commit_sha.clone(),
            branch_name: run.branch_name.clone(),
            pr_url: run.pr_url.clone(),
            task_id,
            title,
        })
    }
}

/// How much of a product's work someone has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AgentShare {
    /// Who.
    pub id: AgentId,
    /// How many of its tasks.
    pub tasks: u64,
    /// When a line last spoke of one of them.
    pub last_at: DateTime<Utc>,
}

/// What runs cost that are equally sure of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CostSum {
    /// How sure, in the source's own word: `actual`, `estimated`, `included`.
    pub status: Option<String>,
    /// The sum, in millionths of a US dollar.
    pub micro_usd: i64,
    /// How many runs told a cost.
    pub runs: u64,
}

/// What a run cost, in millionths of a US dollar: sums of whole numbers do not depend on their order.
#[expect(clippy::cast_possible_truncation, reason = "costs of runs are far below 2^53")]
pub fn micro_usd(usd: f64) -> i64 {
    (usd * 1e6).round() as i64
}
