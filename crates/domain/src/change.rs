//! Changes: the one shape that live updates and replay carry.

use serde::{Deserialize, Serialize};

use crate::{
    agent::AgentRecord,
    event::EventRecord,
    id::{Seq, TaskId},
    job::JobRecord,
    product::ProductRecord,
    run::RunRecord,
    task::TaskRecord,
};

/// One change of the ledger. It carries the resulting row, never the patch, so that applying it twice, or after
/// a later state of the same row was seen, does no harm.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Its place in the log.
    pub seq: Seq,
    /// The row as it is now.
    #[serde(flatten)]
    pub row: Row,
}

/// A row of the ledger.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "row", rename_all = "camelCase")]
pub enum Row {
    /// A product.
    Product(Box<ProductRecord>),
    /// A task.
    Task(Box<TaskRecord>),
    /// An event.
    Event(Box<EventRecord>),
    /// A run.
    Run(Box<RunRecord>),
    /// An agent, tool, integration or runner.
    Agent(Box<AgentRecord>),
    /// A scheduled job.
    Job(Box<JobRecord>),
    /// Two tasks turned out to be one.
    TaskMerged(TaskMerged),
}

/// Two tasks turned out to be one: the first is gone, its events and runs are the other's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskMerged {
    /// The task that is no more.
    pub from: TaskId,
    /// The task that it is, as far as is known now.
    pub into: TaskId,
}

/// What a reader of the log gets.
#[derive(Debug, Clone, PartialEq)]
pub enum Changes {
    /// The changes after the place asked for, in order, up to and including `upto`.
    Some {
        /// The changes. A row that changed several times since may come once, with its last place.
        changes: Vec<Change>,
        /// The place that a reader has reached with them.
        upto: Seq,
    },
    /// The place asked for is older than the log goes back, or not there yet: read a snapshot again.
    Resync,
}
