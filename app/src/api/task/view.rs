//! What the page of a task is sent: what it shows, and no more.

use chrono::{DateTime, Utc};
use domain::{
    attention::AttentionItem,
    decision::AuditEntry,
    event::{EventLevel, EventType},
    insight::{
        execution::{Execution, Spend},
        fingerprint::Recurrence,
    },
    logs::LogWindow,
    query::Page,
    task::{Task, TaskStatus},
    zone::Zone,
};
use serde::{Deserialize, Serialize};

use crate::api::overview::ProductRef;

/// What `/hermes/tasks/:id` shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TaskPage {
    /// The task.
    pub task: Task,
    /// Whether the address names another task, which turned out to be this one.
    pub merged: bool,
    /// Whose the product is, where that is told.
    pub owner: Option<String>,
    /// The name of the agent, where it is told.
    pub agent: Option<String>,
    /// The products that are named.
    pub products: Vec<ProductRef>,
    /// What needs the founder here.
    pub item: Option<AttentionItem>,
    /// How many events there are.
    pub events: u64,
    /// The attempts, the oldest first: the latest of them.
    pub runs: Vec<RunView>,
    /// How many attempts there are.
    pub runs_total: u64,
    /// What they took.
    pub spend: Spend,
    /// The tab that is open.
    pub tab: TabView,
    /// The server's time.
    pub now: DateTime<Utc>,
    /// The founder's time zone.
    pub zone: Zone,
    /// The entry that a form has just made.
    pub decided: Option<AuditEntry>,
}

/// An attempt.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the fields are those of domain::run::Run")]
pub struct RunView {
    /// Which attempt it is, from 1.
    pub number: u64,
    pub status: Option<TaskStatus>,
    pub started_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
    pub commit_sha: Option<String>,
    pub branch_name: Option<String>,
    pub pr_url: Option<String>,
    pub deployment_url: Option<String>,
    pub model: Option<String>,
    pub inferred: Vec<String>,
    /// What it took.
    pub spend: Spend,
}

/// What a tab shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each is the tab of that name")]
pub enum TabView {
    Timeline(Timeline),
    Execution(Box<Execution>),
    Logs(LogWindow),
    Learning(Learning),
}

/// A page of the timeline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Timeline {
    /// The events of the page.
    pub events: Page<Happening>,
    /// How many events there are: all, those that ran a command, warnings and errors.
    pub counts: [u64; 3],
}

/// An event as the timeline shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Happening {
    /// When it happened.
    pub at: DateTime<Utc>,
    /// How it is to be read.
    pub level: EventLevel,
    /// What kind of thing happened.
    pub kind: EventType,
    /// What happened, in words.
    pub message: String,
    /// The tool that was called.
    pub tool: Option<String>,
    /// The command that ran.
    pub command: Option<String>,
    /// How it ended.
    pub exit_code: Option<i64>,
    /// How long it took, in milliseconds.
    pub duration_ms: Option<u64>,
    /// What it put out.
    pub output: Option<Output>,
    /// Where what came out can be seen.
    pub url: Option<String>,
    /// Whether its source guessed it.
    pub inferred: bool,
    /// The attempt that began last before it, from 1; 0 before the first. `true` where that had ended.
    pub run: (u64, bool),
}

/// The end of what a command put out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Output {
    /// Its last lines.
    pub text: String,
    /// How many lines stand before them, in the log.
    pub before: u64,
}

/// What was learned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Learning {
    /// Lessons that were told, the oldest first.
    pub lessons: Vec<Lesson>,
    /// Where its failures came back.
    pub recurrences: Vec<Recurrence>,
}

/// A lesson.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Lesson {
    /// When it was told.
    pub at: DateTime<Utc>,
    /// What was learned.
    pub text: String,
    /// What is to be remembered, word for word.
    pub memory: Option<String>,
    /// How the same is avoided next time.
    pub prevention: Option<String>,
}
