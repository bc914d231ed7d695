//! What the browser's mirror is made of, by a full scan.

use std::{
    collections::BTreeMap,
    hash::{DefaultHasher, Hash, Hasher},
};

use domain::{fold::Ledger, id::Seq, month::Month, task::TaskRecord};

use crate::{ClosedMonth, MirrorMonths, MirrorPart};

pub(super) fn months(ledger: &Ledger) -> MirrorMonths {
    let mut months: BTreeMap<Month, Vec<&TaskRecord>> = BTreeMap::new();
    for task in ledger.tasks.values().filter(|task| is_closed(task)) {
        months.entry(month(task)).or_default().push(task);
    }
    let closed = |(month, tasks): (Month, Vec<&TaskRecord>)| {
        let version = version(&in_order(tasks.clone()));
        ClosedMonth { month, tasks: tasks.len() as u64, version }
    };
    let months = months.into_iter().rev().map(closed).collect();
    MirrorMonths { seq: ledger.seq, tasks: ledger.tasks.len() as u64, months }
}

pub(super) fn rows(
    ledger: &Ledger,
    part: MirrorPart,
    visit: &mut (dyn FnMut(TaskRecord) + Send),
) -> Option<Seq> {
    let rows = in_order(ledger.tasks.values().filter(|task| is_in(part, task)).collect());
    if let MirrorPart::Closed { version: asked, .. } = part
        && asked != version(&rows)
    {
        return None;
    }
    rows.into_iter().cloned().for_each(visit);
    Some(ledger.seq)
}

fn month(task: &TaskRecord) -> Month {
    Month::of(task.created_at.unwrap_or(task.first_seen_at))
}

fn is_closed(task: &TaskRecord) -> bool {
    !task.status_or_queued().is_open()
}

fn is_in(part: MirrorPart, task: &TaskRecord) -> bool {
    match part {
        MirrorPart::Closed { month: of, .. } => is_closed(task) && month(task) == of,
        MirrorPart::Fresh { since } => !is_closed(task) || month(task) >= since,
    }
}

fn in_order(mut tasks: Vec<&TaskRecord>) -> Vec<&TaskRecord> {
    tasks.sort_by_key(|task| (task.created_at.unwrap_or(task.first_seen_at), &task.id));
    tasks
}

/// The rows themselves make the version: nothing is kept beside them.
fn version(tasks: &[&TaskRecord]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for task in tasks {
        format!("{task:?}").hash(&mut hasher);
    }
    // As far as a database's numbers reach.
    hasher.finish() >> 1
}
