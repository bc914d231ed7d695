//! What workers did, counted by us: calls of tools, tasks of agents, runs of models, by the half hour.
//!
//! A source may count by itself ([`crate::agent::AgentStatus`]); these are the figures beside it, and the only ones
//! of workers that nobody counts.

mod latency;
mod share;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

pub use self::{
    latency::Latency,
    share::{WorkShare, of_event, of_run, of_task, outcome, worked},
};

/// Seconds in a slot: half an hour.
pub const SLOT_SECONDS: i64 = 30 * 60;

/// How many workers of each kind are listed at most: those with the most work. The number of all is beside them.
pub const MAX_WORKERS: usize = 100;

/// How many outcomes in a row must have failed before a worker counts as failing.
pub const FAILING: usize = 5;

/// In how many of its tasks, those that a line spoke of last, it is looked up which tools an agent used.
pub const TOOL_TASKS: usize = 50;

/// How many tools are listed at most.
pub const MAX_TOOLS: usize = 50;

string_enum! {
    /// What is counted of a worker.
    pub enum WorkKind as "kind of work" {
        /// Tasks that ended, of the agent that they were assigned to.
        Task = "task", "tasks";
        /// Calls of a tool, from events that name it.
        Call = "call", "calls";
        /// Runs that ended, of the model that worked in them.
        Run = "run", "runs";
    }
}

/// A worker as work names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct WorkKey {
    /// What is counted of it.
    pub kind: WorkKind,
    /// The agent's id, the tool's or the model's name: what can be an id.
    pub name: String,
}

/// Work within half an hour.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkSlot {
    /// How often it was called.
    pub calls: u64,
    /// How many of these are known to have failed.
    pub failures: u64,
    /// How many of these have a duration.
    pub timed: u64,
    /// The sum of these durations, in milliseconds.
    pub duration_ms: u64,
    /// How these durations are spread.
    pub latency: Latency,
}

impl WorkSlot {
    /// Adds the work of `other`.
    pub fn add(&mut self, other: &Self) {
        self.calls += other.calls;
        self.failures += other.failures;
        self.timed += other.timed;
        self.duration_ms = self.duration_ms.saturating_add(other.duration_ms);
        self.latency.add(&other.latency);
    }

    /// Takes the work of `other` out again.
    pub fn sub(&mut self, other: &Self) {
        self.calls = self.calls.saturating_sub(other.calls);
        self.failures = self.failures.saturating_sub(other.failures);
        self.timed = self.timed.saturating_sub(other.timed);
        self.duration_ms = self.duration_ms.saturating_sub(other.duration_ms);
        self.latency.sub(&other.latency);
    }

    /// Whether nothing was done.
    pub fn is_empty(&self) -> bool {
        self.calls == 0 && self.failures == 0 && self.timed == 0
    }

    /// The mean duration, in milliseconds. Unknown where none is known.
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of calls stay far below 2^52")]
    pub fn mean_ms(&self) -> Option<f64> {
        (self.timed > 0).then(|| self.duration_ms as f64 / self.timed as f64)
    }
}

/// The start of the half hour that holds `at`.
///
/// ```
/// let at = "2026-11-22T10:29:59Z".parse().unwrap();
/// assert_eq!(domain::facts::work::slot(at).to_rfc3339(), "2026-11-22T10:00:00+00:00");
/// ```
pub fn slot(at: DateTime<Utc>) -> DateTime<Utc> {
    let over = at.timestamp().rem_euclid(SLOT_SECONDS);
    at - TimeDelta::seconds(over) - TimeDelta::nanoseconds(at.timestamp_subsec_nanos().into())
}

/// From when to when work is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkSpan {
    /// Slots from here on (a slot's start).
    pub since: DateTime<Utc>,
    /// What is said to happen after this has not happened yet.
    pub until: DateTime<Utc>,
}

/// What one worker did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Worker {
    /// The worker.
    pub key: WorkKey,
    /// How many calls, tasks or runs it had, ever: also those that have not ended.
    pub total: u64,
    /// Its work within the span asked for, in order; empty slots are left out.
    pub slots: Vec<(DateTime<Utc>, WorkSlot)>,
    /// When it last worked well.
    pub worked_at: Option<DateTime<Utc>>,
    /// When it last failed.
    pub failed_at: Option<DateTime<Utc>>,
    /// Where the last [`FAILING`] outcomes all failed: when the first of these did.
    pub failing_since: Option<DateTime<Utc>>,
}

impl Worker {
    /// All its work from `since` on (a slot's start).
    pub fn since(&self, since: DateTime<Utc>) -> WorkSlot {
        let mut sum = WorkSlot::default();
        self.slots.iter().filter(|(at, _)| *at >= since).for_each(|(_, slot)| sum.add(slot));
        sum
    }
}

/// What the workers did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// Those asked for that did anything; else of each kind the [`MAX_WORKERS`] with the most work. By kind, then the
    /// most work first, then by name.
    pub workers: Vec<Worker>,
    /// How many workers of each kind there are, in the order of [`WorkKind::ALL`].
    pub known: [u64; WorkKind::ALL.len()],
}

/// How often a tool was called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ToolUse {
    /// The tool's name.
    pub tool: String,
    /// How often it was called.
    pub calls: u64,
    /// How many of these calls are known to have failed.
    pub failures: u64,
}

impl ToolUse {
    /// The tools of these shares: the most called first, then by name; at most [`MAX_TOOLS`].
    pub fn list(shares: impl IntoIterator<Item = WorkShare>) -> Vec<Self> {
        let mut tools: std::collections::BTreeMap<String, (u64, u64)> = std::collections::BTreeMap::new();
        for share in shares {
            let sums = tools.entry(share.key.name).or_default();
            sums.0 += share.total;
            sums.1 += share.done.map_or(0, |(_, work)| work.failures);
        }
        let mut list: Vec<Self> =
            tools.into_iter().map(|(tool, (calls, failures))| Self { tool, calls, failures }).collect();
        list.sort_by(|a, b| b.calls.cmp(&a.calls).then_with(|| a.tool.cmp(&b.tool)));
        list.truncate(MAX_TOOLS);
        list
    }
}
