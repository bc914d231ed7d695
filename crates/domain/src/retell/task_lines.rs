//! A task with what belongs to it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::{Retold, Seen, made};
use crate::{
    event::EventRecord,
    id::TaskId,
    patch::Patch,
    run::{RunPatch, RunRecord},
    stamp::Stamp,
    task::{TaskPatch, TaskRecord},
    telemetry::Body,
};

/// The lines of one task, made while its events and runs come by: they may be many, so they are not kept.
#[derive(Debug)]
pub struct TaskLines {
    id: TaskId,
    first: DateTime<Utc>,
    last: DateTime<Utc>,
    /// What lines said of the task that were not told yet.
    left: BTreeMap<Stamp, TaskPatch>,
    seen: Seen,
}

impl TaskLines {
    /// The lines of that task.
    pub fn of(task: &TaskRecord) -> Self {
        Self {
            id: task.id.clone(),
            first: task.first_seen_at,
            last: task.last_seen_at,
            left: task.told(),
            seen: Seen::default(),
        }
    }

    /// The line that says that another id is this task.
    pub fn merged(&self, from: &TaskId) -> Option<Retold> {
        // A merge is no word about the task; its time orders nothing.
        let id = made("merge", "into", self.first, from.as_str())?;
        let body = Body::TaskMerged { from: from.clone(), into: self.id.clone() };
        Some(Retold { id, ts: self.first, body })
    }

    /// The line that told an event of the task, with what it said of the task itself.
    pub fn event(&mut self, record: EventRecord) -> Retold {
        let EventRecord { event, stamp } = record;
        let patch = self.left.remove(&stamp).map(Box::new);
        self.seen.note(stamp.0);
        Retold { id: stamp.1, ts: stamp.0, body: Body::Event(Box::new(event), patch) }
    }

    /// The lines of a run of the task, in the order of their stamps.
    ///
    /// A line of a run names the run's task, so all of them do. One that said nothing else is told only where it is the
    /// last, and one from a time at which no line spoke of this task (it named another) is told at the nearest time.
    pub fn run(&mut self, record: &RunRecord) -> Vec<Retold> {
        let clamped =
            |(stamp, patch): (Stamp, RunPatch)| (Stamp(stamp.0.clamp(self.first, self.last), stamp.1), patch);
        let mut told: Vec<_> = record.told().into_iter().map(clamped).collect();
        told.sort_by(|(a, _), (b, _)| a.cmp(b));
        let last = told.last().map(|(stamp, _)| stamp.clone());
        told.retain(|(stamp, patch)| Some(stamp) == last.as_ref() || !names_the_task_only(patch));
        let mut lines = Vec::with_capacity(told.len());
        for (stamp, patch) in told {
            self.seen.note(stamp.0);
            let patch = RunPatch { task_id: Patch::Set(self.id.clone()), ..patch };
            let body = Body::Run(record.id.clone(), Box::new(patch));
            lines.push(Retold { id: stamp.1, ts: stamp.0, body });
        }
        lines
    }

    /// What is left to be told, when all that belongs to the task was.
    pub fn rest(mut self) -> Vec<Retold> {
        let body = |id: &TaskId, patch| Body::Task(id.clone(), Box::new(patch));
        let mut lines = Vec::new();
        for (stamp, patch) in std::mem::take(&mut self.left) {
            self.seen.note(stamp.0);
            lines.push(Retold { id: stamp.1, ts: stamp.0, body: body(&self.id, patch) });
        }
        for (ts, when) in self.seen.missing(self.first, self.last) {
            let id = made("task", when, ts, self.id.as_str());
            lines.extend(id.map(|id| Retold { id, ts, body: body(&self.id, TaskPatch::default()) }));
        }
        lines
    }
}

fn names_the_task_only(patch: &RunPatch) -> bool {
    *patch == RunPatch { task_id: patch.task_id.clone(), ..RunPatch::default() }
}
