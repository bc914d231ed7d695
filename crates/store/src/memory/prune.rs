//! Deleting what is too old, by a full scan.

use std::collections::BTreeSet;

use domain::{
    decision::Subject,
    fold::Key,
    id::{Seq, TaskId},
    task::TaskRecord,
};

use super::State;
use crate::{Prune, PrunePlace, Pruned};

pub(super) fn prune(state: &mut State, prune: &Prune, limit: usize) -> Pruned {
    let Some(before) = prune.events.max(prune.tasks) else { return Pruned::default() };
    let kept = kept(state);
    let place = |task: &TaskRecord| -> Option<PrunePlace> {
        Some((task.status_or_queued(), task.ended_at()?, task.id.clone()))
    };
    let mut places: Vec<PrunePlace> = state
        .ledger
        .tasks
        .values()
        .filter_map(place)
        .filter(|place| place.1 < before && prune.after.as_ref().is_none_or(|after| place > after))
        .collect();
    places.sort();
    let more = places.len() > limit;
    places.truncate(limit);
    let next = places.last().filter(|_| more).cloned();
    let mut pruned = Pruned { next, ..Pruned::default() };
    let mut gone = None;
    for (_, ended, id) in places.into_iter().filter(|(.., id)| !kept.contains(id)) {
        let whole = prune.tasks.is_some_and(|before| ended < before);
        // What is younger than its own bound is here for the other one's sake.
        if whole || prune.events.is_some_and(|before| ended < before) {
            forget(state, &id, whole, &mut pruned);
            gone = Some(id);
        }
    }
    if let Some(last) = gone.filter(|_| pruned.tasks + pruned.events + pruned.runs > 0) {
        // A place in the log: readers see that they are behind.
        state.ledger.seq = Seq(state.ledger.seq.0 + 1);
        state.floor = state.ledger.seq;
        state.log.push(Key::Task(last));
    }
    pruned
}

/// Tasks that stay whatever their age: those on which a decision is in force, and that of the newest event.
fn kept(state: &State) -> BTreeSet<TaskId> {
    let decided = state.decisions.subjects();
    let decided = decided.filter_map(|subject| if let Subject::Task(id) = subject { Some(id) } else { None });
    let last = state.ledger.events.values().max_by(|a, b| a.stamp.cmp(&b.stamp));
    decided.chain(last.map(|last| last.event.task_id.clone())).collect()
}

fn forget(state: &mut State, task: &TaskId, whole: bool, pruned: &mut Pruned) {
    let ledger = &mut state.ledger;
    let before = ledger.events.len();
    ledger.events.retain(|_, record| record.event.task_id != *task);
    pruned.events += (before - ledger.events.len()) as u64;
    if whole {
        let before = ledger.runs.len();
        ledger.runs.retain(|_, run| run.task_id.as_ref() != Some(task));
        pruned.runs += (before - ledger.runs.len()) as u64;
        ledger.tasks.remove(task);
        pruned.tasks += 1;
    } else {
        for run in ledger.runs.values_mut().filter(|run| run.task_id.as_ref() == Some(task)) {
            pruned.runs += u64::from(run.logs.take().is_some());
        }
    }
}
