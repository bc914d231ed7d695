//! A row of the mirror: what filters, orders and pages need of a task.

use chrono::{DateTime, Utc};
use domain::{
    id::{AgentId, ProductId, TaskId},
    task::{MAX_DURATION_MS, Priority, Task, TaskSource, TaskStatus, TaskType},
};
use serde::{Deserialize, Serialize};

use crate::texts::NONE;

/// "Unknown", among words of a fixed list.
pub(crate) const UNKNOWN: u8 = u8::MAX;

/// "Unknown", among times in microseconds.
pub(crate) const NEVER: i64 = i64::MIN;

/// A row of the ledger: what its columns show, as the server would show it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each field is documented on domain::task::TaskRecord")]
pub struct Row {
    pub id: TaskId,
    pub title: String,
    /// The product that counts: of one that was merged, the one that it became.
    pub product_id: ProductId,
    pub status: TaskStatus,
    pub priority: Option<Priority>,
    pub task_type: Option<TaskType>,
    pub source: Option<TaskSource>,
    pub agent: Option<AgentId>,
    pub created_at: DateTime<Utc>,
    pub started_at: Option<DateTime<Utc>>,
    pub completed_at: Option<DateTime<Utc>>,
    pub duration_ms: Option<u64>,
    pub retry_count: Option<u32>,
    pub last_action: Option<String>,
    pub next_action: Option<String>,
    pub inferred: Vec<String>,
}

impl From<Task> for Row {
    fn from(task: Task) -> Self {
        Self {
            id: task.id,
            title: task.title,
            product_id: task.product_id,
            status: task.status,
            priority: task.priority,
            task_type: task.task_type,
            source: task.source,
            agent: task.assigned_agent,
            created_at: task.created_at,
            started_at: task.started_at,
            completed_at: task.completed_at,
            duration_ms: task.duration_ms,
            retry_count: task.retry_count,
            last_action: task.last_action,
            next_action: task.next_action,
            inferred: task.inferred,
        }
    }
}

/// What one pass over all rows looks at: 40 bytes a row.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hot {
    /// In microseconds since 1970, here and below.
    pub(crate) created: i64,
    /// [`NEVER`] while it is open.
    pub(crate) ended: i64,
    /// Its place among the names of products, as told.
    pub(crate) product: u32,
    /// Its place among the names of agents; [`NONE`] where nobody is told.
    pub(crate) agent: u32,
    /// Status, priority, type and source, by their place in the domain's list, or [`UNKNOWN`].
    pub(crate) words: [u8; 4],
    /// Whether the row is there at all.
    pub(crate) alive: bool,
}

/// What only orders and shown rows look at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cold {
    pub(crate) id: u32,
    /// [`NONE`] where none was told.
    pub(crate) title: u32,
    pub(crate) last_action: u32,
    pub(crate) next_action: u32,
    pub(crate) error: u32,
    /// Numbers of lists; [`NONE`] where none was told.
    pub(crate) tags: u32,
    pub(crate) inferred: u32,
    pub(crate) retries: Option<u32>,
    pub(crate) progress: Option<f32>,
    pub(crate) started: i64,
    pub(crate) completed: i64,
    pub(crate) last_seen: i64,
    /// As told, in milliseconds.
    pub(crate) duration: Option<u64>,
    pub(crate) status_told: bool,
    pub(crate) created_told: bool,
    /// The place in the log at which the row is known to hold.
    pub(crate) seq: u64,
}

impl Cold {
    /// [`domain::task::TaskRecord::duration`].
    pub(crate) fn duration(&self) -> Option<u64> {
        self.duration.or_else(|| {
            let ends = self.started != NEVER && self.completed != NEVER;
            let span = self.completed.checked_sub(self.started).filter(|_| ends)? / 1_000;
            u64::try_from(span).ok().filter(|ms| *ms <= MAX_DURATION_MS)
        })
    }

    /// The number of the text by which the title is sorted and shown.
    pub(crate) fn title_or_id(&self) -> u32 {
        if self.title == NONE { self.id } else { self.title }
    }
}

/// The time, where it is one.
pub(crate) fn time(micros: i64) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp_micros(micros).filter(|_| micros != NEVER)
}
