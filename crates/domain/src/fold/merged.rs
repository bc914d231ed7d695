//! Identity that is found out late: two tasks are one. Each field has the stamp of its last writer, so the one row comes
//! out as if all lines had named it from the beginning.

use super::{Key, Ledger, Touched};
use crate::id::{EventId, RunId, TaskId};

impl Ledger {
    /// The task that a line means that names `id`: itself, or the one that it turned out to be.
    pub fn resolve<'a>(&'a self, id: &'a TaskId) -> &'a TaskId {
        self.merges.get(id).unwrap_or(id)
    }

    /// Merges `from` into `into`; does nothing where `from` was merged before, or is what `into` turned out to be.
    pub(super) fn merge_tasks(&mut self, from: &TaskId, into: &TaskId, touched: &mut Touched) {
        let into = self.resolve(into).clone();
        if self.merges.contains_key(from) || into == *from {
            return;
        }
        touched.note(Key::TaskMerged(from.clone()));
        self.point_to(from, &into, touched);
        // Without a row of `from`, no line spoke of it yet, and the merge itself is no word about the task.
        let Some(mut old) = self.tasks.remove(from) else { return };
        touched.note(Key::Task(into.clone()));
        if let Some(record) = self.tasks.get_mut(&into) {
            record.absorb(old);
        } else {
            old.id = into.clone();
            self.tasks.insert(into, old);
        }
    }

    /// Makes events, runs and earlier merges of `from` those of `into`.
    pub(super) fn point_to(&mut self, from: &TaskId, into: &TaskId, touched: &mut Touched) {
        for end in self.merges.values_mut().filter(|end| *end == from) {
            end.clone_from(into);
        }
        self.merges.insert(from.clone(), into.clone());

        let events = self.events.values_mut().filter(|record| record.event.task_id == *from);
        let mut ids: Vec<EventId> = Vec::new();
        for record in events {
            record.event.task_id.clone_from(into);
            ids.push(record.event.id.clone());
        }
        // Maps have no order, the log has one.
        ids.sort_unstable();
        ids.into_iter().for_each(|id| touched.note(Key::Event(id)));

        let mut ids: Vec<RunId> = Vec::new();
        for run in self.runs.values_mut().filter(|run| run.task_id.as_ref() == Some(from)) {
            run.task_id = Some(into.clone());
            ids.push(run.id.clone());
        }
        ids.sort_unstable();
        ids.into_iter().for_each(|id| touched.note(Key::Run(id)));
    }
}
