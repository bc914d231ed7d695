//! Telemetry: the one normal shape that every source becomes before it reaches a store.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::{
    agent::AgentPatch,
    event::Event,
    id::{AgentId, JobId, LineId, ProductId, RunId, TaskId},
    job::JobPatch,
    product::ProductPatch,
    run::RunPatch,
    task::TaskPatch,
};

/// One line of telemetry: who it is, when it happened, what it says, and the fingerprint of its raw bytes.
///
/// Its times are whole microseconds ([`crate::stamp::whole_micros`]); decoders see to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Telemetry {
    /// The line's identity. It carries its source where a source does not make its own ids unique.
    pub id: LineId,
    /// When it happened, as told. Stores order by [`crate::stamp::ordered`].
    pub ts: DateTime<Utc>,
    /// Keyed digest of the bytes as they came, before redaction: tells a repeated line from a changed one.
    pub digest: Digest,
    /// What the line says.
    pub body: Body,
}

/// The first 16 bytes of a keyed digest of a line.
pub type Digest = [u8; 16];

/// What a line says. It is serialised only to be digested, where no bytes came: its JSON is no format.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Body {
    /// Fields of a product.
    Product(ProductId, Box<ProductPatch>),
    /// Fields of a task.
    Task(TaskId, Box<TaskPatch>),
    /// Something happened to a task, and what it changed there.
    Event(Box<Event>, Option<Box<TaskPatch>>),
    /// Fields of a run.
    Run(RunId, Box<RunPatch>),
    /// Fields of an agent, tool, integration or runner.
    Agent(AgentId, Box<AgentPatch>),
    /// Fields of a scheduled job.
    Job(JobId, Box<JobPatch>),
    /// Two tasks turned out to be one. From now on, and looking back, whatever any line says of `from` is said of
    /// `into`. No native line says it: only a source that knows its own identities finds such a thing out.
    ///
    /// Chains resolve, in whatever order they come. A merge into itself, or one that would close a circle, is
    /// nothing; a task that was merged already stays where it was merged first.
    TaskMerged {
        /// The task that is no more.
        from: TaskId,
        /// The task that it is.
        into: TaskId,
    },
}

/// What became of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was new and is stored.
    Accepted,
    /// The same line was stored before; nothing changed.
    Duplicate,
    /// A line of this id but with other content was stored before; the first one stands.
    Conflict,
}
