//! The overview: the brief's `HermesOverview`, and the other figures of the executive page beside it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    agent::Rate,
    attention::SeverityCounts,
    facts::Ended,
    id::{ProductId, Seq, TaskId},
    job::Job,
    task::Task,
    zone::Calendar,
};

string_enum! {
    /// How the agent is doing as a whole.
    pub enum HermesStatus as "Hermes status" {
        Running = "running", "Running";
        Idle = "idle", "Idle";
        Degraded = "degraded", "Degraded";
        Error = "error", "Error";
    }
}

/// The brief's `HermesOverview`, field by field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct HermesOverview {
    /// How the agent is doing; `null` where nothing was ever heard of it.
    pub status: Option<HermesStatus>,
    /// Tasks that are running.
    pub active_tasks: u64,
    /// Tasks completed since the founder's midnight.
    pub completed_today: u64,
    /// Tasks completed since the founder's Monday.
    pub completed_this_week: u64,
    /// Tasks that failed within `rules.rateDays`.
    pub failed_tasks: u64,
    /// Tasks that are blocked now.
    pub blocked_tasks: u64,
    /// Mean duration of the tasks completed within `rules.rateDays`, in milliseconds.
    pub average_duration_ms: Option<u64>,
    /// Completed of completed and failed tasks within `rules.rateDays`, 0 to 1.
    pub success_rate: Option<Rate>,
    /// Products of which a task was spoken within `rules.recentDays`.
    pub products_touched_recently: u64,
    /// Things that need the founder.
    pub founder_attention_count: u64,
}

/// Why the status is what it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum StatusReason {
    /// Nothing was ever heard of the agent.
    Silent,
    /// The last tasks that ended all failed.
    AllFailed {
        /// How many.
        count: u64,
    },
    /// Workers that say they are degraded or offline.
    Workers {
        /// How many.
        count: u64,
    },
    /// Running tasks that nobody has spoken of for longer than is usual.
    Quiet {
        /// How many.
        count: u64,
    },
    /// Running tasks with fresh evidence.
    Working {
        /// How many.
        count: u64,
    },
    /// Nothing is running.
    Nothing,
}

/// What the agent did last.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct LastAction {
    /// When, never ahead of the server's clock.
    pub at: DateTime<Utc>,
    /// What, in words.
    pub message: String,
    /// The task it belongs to.
    pub task_id: TaskId,
    /// The task's title.
    pub title: String,
    /// The task's product.
    pub product_id: ProductId,
    /// Who did it.
    pub agent: Option<String>,
}

string_enum! {
    /// What kind of step is recommended.
    pub enum NextKind as "next action" {
        Unblock = "unblock", "Unblock";
        Investigate = "investigate", "Investigate";
        Check = "check", "Check on";
        Continue = "continue", "Next in the queue";
    }
}

/// What should happen next.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NextAction {
    /// What kind of step it is.
    pub kind: NextKind,
    /// The task it is about.
    pub task_id: TaskId,
    /// The task's title.
    pub title: String,
    /// The task's product.
    pub product_id: ProductId,
    /// Why: the blocker, the error, the silence, or the next step as the agent named it.
    pub because: Option<String>,
    /// Since when it waits.
    pub since: DateTime<Utc>,
}

/// An active mission with what we estimate of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Mission {
    /// The task.
    #[serde(flatten)]
    pub task: Task,
    /// Estimated time left, in milliseconds; see [`crate::insight::missions`].
    pub remaining_ms: Option<u64>,
    /// Whether it is stuck: nobody has spoken of it for longer than is usual.
    pub quiet: bool,
}

/// Everything that the overview answers with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct OverviewAnswer {
    /// The brief's object.
    pub overview: HermesOverview,
    /// Why the status is what it is.
    pub status_reason: StatusReason,
    /// What the attention count is made of, by severity. Tasks beyond those that the queue lists are in none of them.
    pub attention: SeverityCounts,
    /// Since when the oldest critical item waits.
    pub oldest_critical: Option<DateTime<Utc>>,
    /// Tasks that ended within `rules.rateDays`: what the rates and the average are made of.
    pub rates: Ended,
    /// Tasks in the ledger.
    pub total_tasks: u64,
    /// Running tasks that are stuck; part of `overview.activeTasks`.
    pub quiet_tasks: u64,
    /// Tasks completed yesterday by this time of day (in whole quarters of an hour), to compare today with.
    pub completed_yesterday_by_now: u64,
    /// Tasks completed on each day of `calendar.days`, today last.
    pub completed_by_day: Vec<u64>,
    /// Products that are known, without the reserved one and without those that are archived.
    pub total_products: u64,
    /// Scheduled jobs within `rules.upcomingHours`, the next first.
    pub upcoming_jobs: Vec<Job>,
    /// What the agent did last.
    pub last_action: Option<LastAction>,
    /// What should happen next.
    pub next_action: Option<NextAction>,
    /// Active missions, by priority, then the latest spoken of first.
    pub missions: Vec<Mission>,
    /// Where the founder's days and week begin.
    pub calendar: Calendar,
    /// The server's time that all of this holds at.
    pub now: DateTime<Utc>,
    /// The place in the log that all of this holds at.
    pub seq: Seq,
}
