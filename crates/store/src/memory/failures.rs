//! Failures that come back, by a full scan.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use chrono::{DateTime, Utc};
use domain::{
    fold::Ledger,
    id::TaskId,
    insight::fingerprint::{Failure, MAX_FAILURES, MAX_OTHERS, Other, Recurrence, of_event, of_task},
    task::Task,
};

/// The latest failures of the task, each with who else had it.
pub(super) fn recurrences(ledger: &Ledger, task: &TaskId) -> Vec<Recurrence> {
    let told = ledger.tasks.values().filter_map(|task| Some((&task.id, of_task(task)?)));
    let met = ledger.events.values().filter_map(|record| Some((&record.event.task_id, of_event(record)?)));
    let all: Vec<(&TaskId, Failure)> = told.chain(met).collect();
    let mut own: BTreeMap<&str, DateTime<Utc>> = BTreeMap::new();
    for (_, failure) in all.iter().filter(|(id, _)| *id == task) {
        let at = own.entry(&failure.fingerprint).or_insert(failure.at);
        *at = failure.at.max(*at);
    }
    let mut own: Vec<(&str, DateTime<Utc>)> = own.into_iter().collect();
    own.sort_by_key(|(fingerprint, at)| (Reverse(*at), *fingerprint));
    own.truncate(MAX_FAILURES as usize);
    own.into_iter().filter_map(|(fingerprint, _)| recurrence(ledger, task, fingerprint, &all)).collect()
}

fn recurrence(
    ledger: &Ledger,
    task: &TaskId,
    fingerprint: &str,
    all: &[(&TaskId, Failure)],
) -> Option<Recurrence> {
    let same: Vec<_> = all.iter().filter(|(_, failure)| failure.fingerprint == fingerprint).collect();
    let mut tasks: BTreeMap<&TaskId, DateTime<Utc>> = BTreeMap::new();
    for (id, failure) in &same {
        let at = tasks.entry(id).or_insert(failure.at);
        *at = failure.at.max(*at);
    }
    let product = |id: &&&TaskId| ledger.tasks.get(**id).map(domain::task::TaskRecord::product);
    let products: BTreeSet<_> =
        tasks.keys().filter_map(|id| product(&id)).filter(|product| !product.is_unassigned()).collect();
    let mut others: Vec<_> = tasks.iter().filter(|(id, _)| **id != task).collect();
    others.sort_by_key(|(id, at)| (Reverse(**at), **id));
    let other = |(id, at): &(&&TaskId, &DateTime<Utc>)| {
        let Task { id, title, product_id, status, .. } = ledger.tasks.get(**id)?.clone().into();
        Some(Other { id, title, product_id, status, at: **at })
    };
    Some(Recurrence {
        fingerprint: fingerprint.to_owned(),
        times: same.len() as u64,
        tasks: tasks.len() as u64,
        products: products.len() as u64,
        first_at: same.iter().map(|(_, failure)| failure.at).min()?,
        last_at: same.iter().map(|(_, failure)| failure.at).max()?,
        others: others.iter().filter_map(other).take(MAX_OTHERS as usize).collect(),
    })
}
