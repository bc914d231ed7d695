//! Which rows a stream tells of.

use std::collections::BTreeSet;

use domain::{id::TaskId, live::Kind};

use super::batches::{Batch, Piece};

/// Which rows a stream tells of: all of some kinds, and whatever belongs to a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveFilter {
    kinds: BTreeSet<Kind>,
    /// The task that was asked for first, and the ones that it turned out to be.
    tasks: Vec<TaskId>,
}

impl Default for LiveFilter {
    fn default() -> Self {
        Self::new(Kind::USUAL, None)
    }
}

impl LiveFilter {
    /// All rows of those kinds; and the row, the events and the runs of a task, whatever the kinds.
    pub fn new(kinds: impl IntoIterator<Item = Kind>, task: Option<TaskId>) -> Self {
        Self { kinds: kinds.into_iter().collect(), tasks: Vec::from_iter(task) }
    }

    /// The task that was asked for.
    pub(super) fn task(&self) -> Option<&TaskId> {
        self.tasks.first()
    }

    /// The same, with a task more.
    pub(super) fn also(mut self, task: TaskId) -> Self {
        if !self.tasks.contains(&task) {
            self.tasks.push(task);
        }
        self
    }

    /// Whether it is what most streams ask for.
    pub(super) fn is_usual(&self) -> bool {
        self.tasks.is_empty() && self.kinds.iter().eq(Kind::USUAL.iter())
    }

    /// Follows the tasks to what they turned out to be.
    pub(super) fn follow(&mut self, batch: &Batch) {
        for Piece { task, into, .. } in &batch.pieces {
            if let (Some(from), Some(into)) = (task, into)
                && self.tasks.contains(from)
                && !self.tasks.contains(into)
            {
                self.tasks.push(into.clone());
            }
        }
    }

    /// Whether it lets a row through.
    pub(super) fn lets_through(&self, piece: &Piece) -> bool {
        self.kinds.contains(&piece.kind) || piece.task.as_ref().is_some_and(|task| self.tasks.contains(task))
    }
}
