//! What one row adds to what is counted of workers.

use chrono::{DateTime, Utc};

use super::{Latency, WorkKey, WorkKind, WorkSlot, slot};
use crate::{
    event::{Event, EventLevel, EventRecord, EventType},
    id::AgentId,
    run::RunRecord,
    task::{TaskRecord, TaskStatus},
};

/// What one row adds. When the row changes, the old share is taken out and the new one put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkShare {
    /// The worker.
    pub key: WorkKey,
    /// What it adds to all work, ever: also work that has not ended.
    pub total: u64,
    /// The half hour in which the work was done, and what it adds there.
    pub done: Option<(DateTime<Utc>, WorkSlot)>,
}

impl WorkShare {
    fn new(kind: WorkKind, name: &str, total: u64, done: Option<(DateTime<Utc>, WorkSlot)>) -> Option<Self> {
        let done = done.filter(|(_, work)| !work.is_empty()).map(|(at, work)| (slot(at), work));
        // What cannot be an id cannot have a page either.
        let counts = AgentId::new(name).is_ok() && (total > 0 || done.is_some());
        counts.then(|| Self { key: WorkKey { kind, name: name.to_owned() }, total, done })
    }
}

fn done(calls: u64, failed: bool, ms: Option<u64>) -> WorkSlot {
    let ms = ms.map(|ms| ms.min(Latency::MOST));
    WorkSlot {
        calls,
        failures: u64::from(failed),
        timed: u64::from(ms.is_some()),
        duration_ms: ms.unwrap_or(0),
        latency: ms.map(Latency::one).unwrap_or_default(),
    }
}

/// What of a call an event tells.
enum Part {
    /// All of it.
    Whole,
    /// That it was asked for; how it comes out is told later.
    Asked,
    /// How it came out.
    Answered,
}

fn part(event: &Event) -> Part {
    match event.metadata.as_ref().and_then(|facts| facts.get("call")?.as_str()) {
        Some("asked") => Part::Asked,
        Some("answered") => Part::Answered,
        _ => Part::Whole,
    }
}

fn fact(event: &Event, name: &str) -> Option<i64> {
    event.metadata.as_ref()?.get(name)?.as_i64()
}

/// What a call of a tool adds: an event that names the tool and is one of `tool-called`, `command-executed`,
/// `file-changed`, `test-run` and `error`.
///
/// An event is a whole call, unless its metadata says `"call": "asked"` (a call, of which it is told later how it came
/// out) or `"call": "answered"` (how it came out; no call more). A whole `error` is a call that failed; one of the
/// answer that has an exit code repeats what its command says already.
pub fn of_event(record: &EventRecord) -> Option<WorkShare> {
    let event = &record.event;
    let tool = event.tool_name.as_deref()?;
    let counted = matches!(
        event.event_type,
        EventType::ToolCalled
            | EventType::CommandExecuted
            | EventType::FileChanged
            | EventType::TestRun
            | EventType::Error
    );
    let calls = match part(event) {
        Part::Answered if outcome(record).is_none() => return None,
        Part::Answered => 0,
        Part::Asked | Part::Whole => 1,
    };
    let ms = fact(event, "durationMs").and_then(|ms| u64::try_from(ms).ok());
    let failed = outcome(record) == Some(false);
    let work = done(calls, failed, ms);
    if counted { WorkShare::new(WorkKind::Call, tool, calls, Some((record.stamp.0, work))) } else { None }
}

/// Whether the call worked that the event tells of; `None` where it does not tell. A call failed where its exit code is
/// not 0, or the event is an error by its level or type.
pub fn outcome(record: &EventRecord) -> Option<bool> {
    let event = &record.event;
    event.tool_name.as_deref().filter(|tool| AgentId::new(tool).is_ok())?;
    let code = fact(event, "exitCode");
    let failed = code.is_some_and(|code| code != 0)
        || event.level == EventLevel::Error
        || event.event_type == EventType::Error;
    match (part(event), event.event_type) {
        (Part::Answered, EventType::Error) if code.is_none() => Some(false),
        (Part::Answered | Part::Whole, EventType::CommandExecuted | EventType::FileChanged)
        | (Part::Whole, EventType::ToolCalled | EventType::TestRun | EventType::Error) => Some(!failed),
        _ => None,
    }
}

/// What a task adds to its agent: itself, and once it was completed or has failed its work, at its end.
pub fn of_task(task: &TaskRecord) -> Option<WorkShare> {
    let agent = task.assigned_agent.as_ref()?;
    let work = task.ended_at().zip(worked(task.status));
    let work = work.map(|(at, worked)| (at, done(1, !worked, task.duration())));
    WorkShare::new(WorkKind::Task, agent.as_str(), 1, work)
}

/// What a run adds to its model: itself, and once it was completed or has failed its work, at its end.
pub fn of_run(run: &RunRecord) -> Option<WorkShare> {
    let model = run.model.as_deref()?;
    let span = run.ended_at.zip(run.started_at).map(|(ended, started)| ended - started);
    let ms = span.and_then(|span| u64::try_from(span.num_milliseconds()).ok());
    let work = run.ended_at.zip(worked(run.status));
    WorkShare::new(WorkKind::Run, model, 1, work.map(|(at, worked)| (at, done(1, !worked, ms))))
}

/// Whether work of that status came out well; `None` where it did not come out either way.
pub fn worked(status: Option<TaskStatus>) -> Option<bool> {
    match status? {
        TaskStatus::Completed => Some(true),
        TaskStatus::Failed => Some(false),
        _ => None,
    }
}
