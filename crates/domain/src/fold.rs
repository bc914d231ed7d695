//! The fold: how lines of telemetry become rows. Every store and the browser use this one.
//!
//! A line is merged field by field, each field keeping the stamp of its last writer ([`crate::stamp`]), so the
//! rows depend on the set of lines alone: not on their order, nor on how often a line comes.

mod merged;
mod touched;

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use crate::{
    agent::AgentRecord,
    change::{Change, Row, TaskMerged},
    event::{Event, EventRecord},
    id::{AgentId, EventId, JobId, ProductId, RunId, Seq, TaskId},
    job::JobRecord,
    product::ProductRecord,
    run::RunRecord,
    stamp::{Stamp, ordered},
    task::{TaskPatch, TaskRecord},
    telemetry::{Body, Telemetry},
};

pub use self::touched::Touched;

/// Names one row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each variant is the row of that name")]
pub enum Key {
    Product(ProductId),
    Task(TaskId),
    Event(EventId),
    Run(RunId),
    Agent(AgentId),
    Job(JobId),
    /// The task that is no more.
    TaskMerged(TaskId),
}

/// Rows by identity: the whole ledger in memory, or just the rows that a batch touches.
#[derive(Debug, Clone, Default, PartialEq)]
#[expect(missing_docs, reason = "each field holds the rows of that name")]
pub struct Ledger {
    pub products: HashMap<ProductId, ProductRecord>,
    pub tasks: HashMap<TaskId, TaskRecord>,
    pub events: HashMap<EventId, EventRecord>,
    pub runs: HashMap<RunId, RunRecord>,
    pub agents: HashMap<AgentId, AgentRecord>,
    pub jobs: HashMap<JobId, JobRecord>,
    /// Tasks that turned out to be others: which one each is, at the end of its chain. None of these has a row.
    pub merges: HashMap<TaskId, TaskId>,
    /// The place in the log up to which changes were applied.
    pub seq: Seq,
}

/// The rows that a line names. They must be present (where they exist) before it is merged: a merged task's row is
/// that of the task it is, and for a [`Body::TaskMerged`] all events and runs of `from` must be there, too.
pub fn keys(line: &Telemetry) -> [Option<Key>; 2] {
    match &line.body {
        Body::Product(id, _) => [Some(Key::Product(id.clone())), None],
        Body::Task(id, _) => [Some(Key::Task(id.clone())), None],
        Body::Event(event, _) => [Some(Key::Event(event.id.clone())), Some(Key::Task(event.task_id.clone()))],
        Body::Run(id, patch) => [Some(Key::Run(id.clone())), patch.task_id.value().cloned().map(Key::Task)],
        Body::Agent(id, _) => [Some(Key::Agent(id.clone())), None],
        Body::Job(id, _) => [Some(Key::Job(id.clone())), None],
        Body::TaskMerged { from, into } => [Some(Key::Task(from.clone())), Some(Key::Task(into.clone()))],
    }
}

impl Ledger {
    /// Merges a line. A task that only its events or runs name gets a placeholder that later lines fill.
    pub fn merge(&mut self, line: &Telemetry, now: DateTime<Utc>) {
        self.merge_noting(line, now, &mut Touched::default());
    }

    /// Merges a line, and notes the rows that it touched.
    pub fn merge_noting(&mut self, line: &Telemetry, now: DateTime<Utc>, touched: &mut Touched) {
        let stamp = Stamp(ordered(line.ts, now), line.id.clone());
        match &line.body {
            Body::Product(id, patch) => {
                touched.note(Key::Product(id.clone()));
                row(&mut self.products, id, || ProductRecord::placeholder(id.clone(), stamp.0))
                    .merge(patch, &stamp);
            }
            Body::Task(id, patch) => self.merge_task(id, patch, &stamp, touched),
            Body::Event(event, patch) => {
                self.merge_event(event, &stamp, touched);
                let nothing = TaskPatch::default();
                self.merge_task(&event.task_id, patch.as_deref().unwrap_or(&nothing), &stamp, touched);
            }
            Body::Run(id, patch) => {
                touched.note(Key::Run(id.clone()));
                let run = row(&mut self.runs, id, || RunRecord::placeholder(id.clone(), stamp.0));
                run.merge(patch, &stamp);
                if let Some(into) = run.task_id.as_ref().and_then(|task| self.merges.get(task)) {
                    run.task_id = Some(into.clone());
                }
                if let Some(task) = patch.task_id.value() {
                    self.merge_task(task, &TaskPatch::default(), &stamp, touched);
                }
            }
            Body::Agent(id, patch) => {
                touched.note(Key::Agent(id.clone()));
                row(&mut self.agents, id, || AgentRecord::placeholder(id.clone(), stamp.0))
                    .merge(patch, &stamp);
            }
            Body::Job(id, patch) => {
                touched.note(Key::Job(id.clone()));
                row(&mut self.jobs, id, || JobRecord::placeholder(id.clone(), stamp.0)).merge(patch, &stamp);
            }
            Body::TaskMerged { from, into } => self.merge_tasks(from, into, touched),
        }
    }

    fn merge_task(&mut self, id: &TaskId, patch: &TaskPatch, stamp: &Stamp, touched: &mut Touched) {
        let id = self.resolve(id).clone();
        touched.note(Key::Task(id.clone()));
        row(&mut self.tasks, &id, || TaskRecord::placeholder(id.clone(), stamp.0)).merge(patch, stamp);
    }

    fn merge_event(&mut self, event: &Event, stamp: &Stamp, touched: &mut Touched) {
        touched.note(Key::Event(event.id.clone()));
        if self.events.get(&event.id).is_none_or(|known| known.stamp < *stamp) {
            let mut record = EventRecord { event: event.clone(), stamp: stamp.clone() };
            self.resolve(&event.task_id).clone_into(&mut record.event.task_id);
            self.events.insert(event.id.clone(), record);
        }
    }

    /// Applies a change of the log. A change that was applied before does nothing.
    pub fn apply(&mut self, change: &Change) {
        if change.seq <= self.seq {
            return;
        }
        self.seq = change.seq;
        self.put(change.row.clone());
    }

    /// Puts a row in the place of the one with its identity.
    pub fn put(&mut self, row: Row) {
        match row {
            Row::Product(row) => drop(self.products.insert(row.id.clone(), *row)),
            Row::Task(row) => drop(self.tasks.insert(row.id.clone(), *row)),
            Row::Event(row) => drop(self.events.insert(row.event.id.clone(), *row)),
            Row::Run(row) => drop(self.runs.insert(row.id.clone(), *row)),
            Row::Agent(row) => drop(self.agents.insert(row.id.clone(), *row)),
            Row::Job(row) => drop(self.jobs.insert(row.id.clone(), *row)),
            Row::TaskMerged(merged) => {
                // The row of the other task comes by itself: what it absorbed needs no second look.
                self.point_to(&merged.from, &merged.into, &mut Touched::default());
                self.tasks.remove(&merged.from);
            }
        }
    }

    /// The row of that name, if it is there.
    pub fn get(&self, key: &Key) -> Option<Row> {
        match key {
            Key::Product(id) => self.products.get(id).cloned().map(|row| Row::Product(Box::new(row))),
            Key::Task(id) => self.tasks.get(id).cloned().map(|row| Row::Task(Box::new(row))),
            Key::Event(id) => self.events.get(id).cloned().map(|row| Row::Event(Box::new(row))),
            Key::Run(id) => self.runs.get(id).cloned().map(|row| Row::Run(Box::new(row))),
            Key::Agent(id) => self.agents.get(id).cloned().map(|row| Row::Agent(Box::new(row))),
            Key::Job(id) => self.jobs.get(id).cloned().map(|row| Row::Job(Box::new(row))),
            Key::TaskMerged(from) => {
                let merged = |into: &TaskId| TaskMerged { from: from.clone(), into: into.clone() };
                self.merges.get(from).map(merged).map(Row::TaskMerged)
            }
        }
    }
}

fn row<'a, K: Clone + Eq + std::hash::Hash, V>(
    rows: &'a mut HashMap<K, V>,
    id: &K,
    new: impl FnOnce() -> V,
) -> &'a mut V {
    rows.entry(id.clone()).or_insert_with(new)
}
