//! Facts: the bounded figures that insights are computed from. Stores keep them as roll-ups, so that a page costs
//! the same over a hundred tasks and over a hundred thousand.

pub mod deeds;
mod durations;
mod gaps;
mod history;
pub mod product_work;
mod products;
mod tape;
pub mod work;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

pub use self::{
    deeds::{Deed, DeedCounts},
    durations::{Durations, slot, slot_middle},
    gaps::{GAP_EVENTS, GAP_TASKS, Gap},
    history::{Happened, HistoryFacts, HistoryShare, Period, PeriodFacts, blocked_at},
    products::{DayEnds, LastCompleted, ProductTasks, day},
    tape::{BIN_SECONDS, BINS_AHEAD, BINS_BACK, Bin, bin, tape_start},
};
use crate::{
    agent::AgentStatus,
    event::Event,
    id::{ProductId, Seq},
    job::Job,
    product::Product,
    task::{Task, TaskRecord, TaskStatus},
};

/// Seconds in a bucket. All time zones in use are offset by whole quarters of an hour, so any founder's day is a
/// whole number of buckets.
pub const BUCKET_SECONDS: i64 = 15 * 60;

/// How many rows of each kind [`Facts`] carries at most; the counts beside them are always exact.
pub const MAX_ROWS: usize = 200;

/// The start of the bucket that holds `at`.
///
/// ```
/// let at = "2026-11-22T10:29:59Z".parse().unwrap();
/// assert_eq!(domain::facts::bucket(at).to_rfc3339(), "2026-11-22T10:15:00+00:00");
/// ```
pub fn bucket(at: DateTime<Utc>) -> DateTime<Utc> {
    let over = at.timestamp().rem_euclid(BUCKET_SECONDS);
    let nanos = i64::from(at.timestamp_subsec_nanos());
    at - TimeDelta::seconds(over) - TimeDelta::nanoseconds(nanos)
}

/// Tasks by where they stand now, all of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusCounts([u64; TaskStatus::ALL.len()]);

impl StatusCounts {
    /// How many stand at `status`.
    pub fn get(&self, status: TaskStatus) -> u64 {
        self.0[status as usize]
    }

    /// How many stand at `status`, to change it in place.
    pub fn get_mut(&mut self, status: TaskStatus) -> &mut u64 {
        &mut self.0[status as usize]
    }

    /// How many tasks there are.
    pub fn total(&self) -> u64 {
        self.0.iter().sum()
    }
}

/// Tasks that ended within one bucket.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Ended {
    /// Ended well.
    pub completed: u64,
    /// Ended in failure.
    pub failed: u64,
    /// Were called off or skipped.
    pub dropped: u64,
    /// Sum of the durations of completed tasks that have one, in milliseconds.
    pub duration_ms: u64,
    /// How many completed tasks have a duration.
    pub timed: u64,
}

impl Ended {
    /// Adds the tasks of `other`.
    pub fn add(&mut self, other: &Self) {
        self.completed += other.completed;
        self.failed += other.failed;
        self.dropped += other.dropped;
        self.duration_ms = self.duration_ms.saturating_add(other.duration_ms);
        self.timed += other.timed;
    }

    /// Takes the tasks of `other` out again.
    pub fn sub(&mut self, other: &Self) {
        self.completed -= other.completed;
        self.failed -= other.failed;
        self.dropped -= other.dropped;
        self.duration_ms = self.duration_ms.saturating_sub(other.duration_ms);
        self.timed -= other.timed;
    }

    /// Whether no task is in it.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What one task adds to the roll-ups. When the task changes, the old share is taken out and the new one put in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Where the task stands.
    pub status: TaskStatus,
    /// The bucket in which it ended, and what it adds there. `None` while it is open.
    pub ended: Option<(DateTime<Utc>, Ended)>,
}

impl Share {
    /// What `task` adds to the roll-ups.
    pub fn of(task: &TaskRecord) -> Self {
        let status = task.status_or_queued();
        let ended = task.ended_at().map(|at| {
            let mut ended = Ended::default();
            match status {
                TaskStatus::Completed => {
                    ended.completed = 1;
                    if let Some(duration) = task.duration() {
                        ended.duration_ms = duration;
                        ended.timed = 1;
                    }
                }
                TaskStatus::Failed => ended.failed = 1,
                _ => ended.dropped = 1,
            }
            (bucket(at), ended)
        });
        Self { status, ended }
    }
}

/// The newest event and the task it happened to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LastEvent {
    /// When it happened for ordering: never ahead of the server's clock.
    pub at: DateTime<Utc>,
    /// What happened.
    pub event: Event,
    /// The task it happened to.
    pub task: Task,
}

/// The times that facts are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spans {
    /// Ended tasks and buckets from here on (a bucket's start).
    pub since: DateTime<Utc>,
    /// What counts as recent begins here.
    pub recent: DateTime<Utc>,
    /// A running task that was last spoken of after this is not stuck, whatever its type.
    pub quiet: DateTime<Utc>,
    /// A product's ended tasks by day, from this UTC day on.
    pub days: DateTime<Utc>,
    /// Where each of the spans begins that results are counted in (a bucket's start).
    pub deeds: [DateTime<Utc>; 3],
    /// What is said to end after this has not ended yet: a clock ahead of ours must not fill today.
    pub until: DateTime<Utc>,
}

/// What the insights need, whatever the size of the ledger.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// The place in the log that these facts hold at.
    pub seq: Seq,
    /// Tasks by where they stand now.
    pub counts: StatusCounts,
    /// Tasks that ended within the span asked for, by bucket, in order; empty buckets are left out.
    pub ended: Vec<(DateTime<Utc>, Ended)>,
    /// Running tasks, by priority (unknown last), then the latest spoken of first.
    pub running: Vec<Task>,
    /// How many running tasks are stuck: silent for longer than [`Gap::limit`] of their type.
    pub stuck_total: u64,
    /// Those tasks, the longest silent first.
    pub stuck: Vec<Task>,
    /// How long tasks are usually silent, for each type of which one might be stuck, by type (unknown first).
    pub gaps: Vec<Gap>,
    /// Blocked tasks, by priority (unknown last), then the longest silent first.
    pub blocked: Vec<Task>,
    /// How many tasks their source flagged ([`TaskRecord::is_flagged`]), of those that a line spoke of recently.
    pub flagged_total: u64,
    /// Those tasks, the latest spoken of first.
    pub flagged: Vec<Task>,
    /// Queued tasks, by priority (unknown last), then the oldest first.
    pub queued: Vec<Task>,
    /// Failed tasks that ended within the span asked for, the latest first.
    pub failed: Vec<Task>,
    /// Products with the number of their tasks that failed recently, by id.
    pub recent_failures: Vec<(ProductId, u64)>,
    /// Products that tasks belong to, with the last time a line spoke of one of their tasks, by id.
    pub product_activity: Vec<(ProductId, DateTime<Utc>)>,
    /// All products, by name.
    pub products: Vec<Product>,
    /// The tasks of each product that has any, by its id.
    pub product_tasks: Vec<ProductTasks>,
    /// When a task of each product and type was last completed, by id and type (unknown first).
    pub last_completed: Vec<LastCompleted>,
    /// Results in each of the spans asked for.
    pub deeds: [DeedCounts; 3],
    /// What ended in each ten minutes from [`tape_start`] on, in order; empty bins are left out.
    pub tape: Vec<Bin>,
    /// The newest event.
    pub last_event: Option<LastEvent>,
    /// Agents, tools, integrations and runners, by id.
    pub agents: Vec<AgentStatus>,
    /// Scheduled jobs that their source still has: the next first, those without a next run last, then by id.
    pub jobs: Vec<Job>,
}

impl Facts {
    /// Tasks that ended at or after `since` (a bucket's start).
    pub fn ended_since(&self, since: DateTime<Utc>) -> Ended {
        let mut sum = Ended::default();
        for (_, ended) in self.ended.iter().filter(|(at, _)| *at >= since) {
            sum.add(ended);
        }
        sum
    }
}
