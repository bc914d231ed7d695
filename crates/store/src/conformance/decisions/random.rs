//! Random sequences of decisions, undoings and lines.

use std::collections::BTreeMap;

use domain::{
    decision::{AuditAction, DecisionKind, NewDecision},
    task::TaskStatus,
};

use super::{ALL, Lines, later, new};
use crate::{
    MemoryStore, Store,
    conformance::{
        append,
        history::{self, History},
        now,
    },
};

/// How many items there are: two a task, and two of no task.
const ITEMS: u64 = 8;

/// What must come out, in the plainest words: all entries, and what became of each.
#[derive(Default)]
struct Model {
    entries: Vec<Entry>,
    statuses: BTreeMap<u64, TaskStatus>,
}

struct Entry {
    /// The item, unless it is an undoing.
    item: Option<u64>,
    kind: Option<DecisionKind>,
    undone: bool,
    ended: bool,
}

impl Model {
    /// The entries of the item that still count, the latest last.
    fn stack(&self, item: u64) -> Vec<usize> {
        let counts = |entry: &Entry| entry.item == Some(item) && !entry.undone && !entry.ended;
        (0..self.entries.len()).filter(|index| counts(&self.entries[*index])).collect()
    }

    fn in_force(&self) -> Vec<u64> {
        let mut ids: Vec<u64> =
            (0..ITEMS).filter_map(|item| self.stack(item).last().map(|index| *index as u64 + 1)).collect();
        ids.sort_unstable();
        ids
    }

    fn add(&mut self, item: Option<u64>, kind: Option<DecisionKind>) {
        self.entries.push(Entry { item, kind, undone: false, ended: false });
    }

    fn decide(&mut self, item: u64, kind: DecisionKind) {
        let last = self.stack(item).last().copied();
        if last.is_none_or(|index| self.entries[index].kind != Some(kind)) {
            self.add(Some(item), Some(kind));
        }
    }

    fn undo(&mut self, id: u64) -> bool {
        if !self.in_force().contains(&id) {
            return false;
        }
        let index = usize::try_from(id - 1).expect("few entries");
        self.entries[index].undone = true;
        self.add(None, None);
        true
    }

    fn status(&mut self, task: u64, status: TaskStatus) {
        if self.statuses.insert(task, status) != Some(status) {
            let of_task = |entry: &&mut Entry| entry.item.is_some_and(|item| item < 6 && item / 2 == task);
            self.entries
                .iter_mut()
                .filter(of_task)
                .filter(|entry| !entry.undone)
                .for_each(|e| e.ended = true);
        }
    }
}

/// The items: of tasks 0 to 2 two each, then two of no task.
fn decision(item: u64, kind: DecisionKind) -> NewDecision {
    let task = item / 2;
    match item {
        6 | 7 => new(kind, &format!("product:p_{item}:repeated-failures")),
        even if even % 2 == 0 => new(kind, &format!("task:t_{task}")),
        _ => {
            let subject = Some(domain::decision::Subject::Task(history::task(task)));
            NewDecision { subject, ..new(kind, &format!("task:t_{task}:flagged")) }
        }
    }
}

pub(in crate::conformance) async fn they_do_what_a_plain_model_does(store: &impl Store, seed: u64) {
    let (mut random, mut model, mut lines) = (History::new(seed), Model::default(), Lines(0));
    for _ in 0..120 {
        match random.below(4) {
            0 => {
                let statuses = [TaskStatus::Running, TaskStatus::Blocked];
                let mut batch = Vec::new();
                for _ in 0..=random.below(3) {
                    let (task, status) = (random.below(3), random.pick(&statuses));
                    batch.push(lines.status(&history::task(task), status));
                    model.status(task, status);
                }
                append(store, &batch).await;
            }
            1 => {
                let id = random.below(model.entries.len() as u64 + 2);
                let done = store.undo(id, "me", now()).await.expect("undo");
                assert_eq!(done.is_some(), model.undo(id), "undo {id}, seed {seed}");
            }
            _ => {
                let (item, kind) = (random.below(ITEMS), random.pick(DecisionKind::ALL));
                store.decide(&decision(item, kind), now()).await.expect("decide");
                model.decide(item, kind);
            }
        }
        let found: Vec<u64> =
            store.decisions().await.expect("decisions").iter().map(|decision| decision.id).collect();
        assert_eq!(found, model.in_force(), "seed {seed}");
    }
    let log = store.audit(ALL).await.expect("audit");
    assert_eq!(log.total, model.entries.len() as u64, "seed {seed}");
    for entry in &log.items {
        let expected = &model.entries[usize::try_from(entry.id - 1).expect("few entries")];
        let action = expected.kind.map_or(AuditAction::Undone, AuditAction::from);
        let found = (entry.action, entry.undone_at.is_some(), entry.ended_at.is_some());
        assert_eq!(found, (action, expected.undone, expected.ended), "entry {}, seed {seed}", entry.id);
        assert_eq!(entry.in_force, model.in_force().contains(&entry.id), "entry {}, seed {seed}", entry.id);
    }
}

/// Over histories in which tasks turn out to be others, in any way.
pub(in crate::conformance) async fn they_do_what_the_memory_store_does(
    store: &impl Store,
    mut history: History,
) {
    let (memory, seed) = (MemoryStore::new(), history.seed());
    for minute in 0..60 {
        let at = later(minute);
        for _ in 0..3 {
            let item = format!("task:{}", history::task(history.below(history::TASKS)));
            let new = new(history.pick(DecisionKind::ALL), &item);
            let decided = store.decide(&new, at).await.expect("decide");
            assert_eq!(decided, memory.decide(&new, at).await.expect("decide"), "seed {seed}");
        }
        let id = history.below(decided_so_far(&memory).await + 1);
        let undone = store.undo(id, "me", at).await.expect("undo");
        assert_eq!(undone, memory.undo(id, "me", at).await.expect("undo"), "seed {seed}");
        let size = 1 + usize::try_from(history.below(4)).expect("a few");
        let lines = history.lines(size);
        append(store, &lines).await;
        append(&memory, &lines).await;
        let decisions = store.decisions().await.expect("decisions");
        assert_eq!(decisions, memory.decisions().await.expect("decisions"), "seed {seed}");
    }
    let log = store.audit(ALL).await.expect("audit");
    assert_eq!(log, memory.audit(ALL).await.expect("audit"), "seed {seed}");
}

async fn decided_so_far(store: &MemoryStore) -> u64 {
    store.audit(ALL).await.expect("audit").total
}
