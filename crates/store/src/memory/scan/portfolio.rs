//! What is counted by product and by kind of result, by a full scan.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{
    facts::{
        Bin, DayEnds, DeedCounts, LastCompleted, ProductTasks, Share, Spans, StatusCounts, bin, bucket, day,
        deeds, tape_start,
    },
    fold::Ledger,
    id::ProductId,
    task::{TaskStatus, TaskType},
};

pub(super) fn product_tasks(ledger: &Ledger, spans: Spans) -> Vec<ProductTasks> {
    let mut all: BTreeMap<ProductId, (StatusCounts, BTreeMap<DateTime<Utc>, DayEnds>)> = BTreeMap::new();
    for task in ledger.tasks.values() {
        let share = Share::of(task);
        let (counts, days) = all.entry(task.product()).or_default();
        *counts.get_mut(share.status) += 1;
        let Some((at, ended)) = share.ended else { continue };
        let (at, ended) = (day(at), DayEnds::from(ended));
        if at >= spans.days && at <= spans.until && ended != DayEnds::default() {
            let sum = days.entry(at).or_default();
            sum.completed += ended.completed;
            sum.failed += ended.failed;
        }
    }
    let tasks = |(id, (counts, days)): (_, (_, BTreeMap<_, _>))| ProductTasks {
        id,
        counts,
        days: days.into_iter().collect(),
    };
    all.into_iter().map(tasks).collect()
}

pub(super) fn last_completed(ledger: &Ledger, spans: Spans) -> Vec<LastCompleted> {
    let mut last: BTreeMap<(ProductId, Option<TaskType>), DateTime<Utc>> = BTreeMap::new();
    for task in ledger.tasks.values().filter(|task| task.status == Some(TaskStatus::Completed)) {
        if let Some(ended) = task.ended_at().filter(|at| *at <= spans.until) {
            let at = last.entry((task.product(), task.task_type)).or_insert(ended);
            *at = ended.max(*at);
        }
    }
    let row = |((product_id, task_type), at)| LastCompleted { product_id, task_type, at };
    last.into_iter().map(row).collect()
}

pub(super) fn deeds(ledger: &Ledger, spans: Spans) -> [DeedCounts; 3] {
    let tasks = ledger.tasks.values().filter_map(deeds::of_task);
    let events = ledger.events.values().filter_map(deeds::of_event);
    let mut counts = [DeedCounts::default(); 3];
    for (at, deeds) in tasks.chain(events).filter(|(at, _)| *at <= bucket(spans.until)) {
        for (since, counts) in spans.deeds.iter().zip(&mut counts) {
            for deed in deeds.iter().filter(|_| at >= *since) {
                *counts.get_mut(*deed) += 1;
            }
        }
    }
    counts
}

pub(super) fn tape(ledger: &Ledger, spans: Spans) -> Vec<Bin> {
    let start = tape_start(spans.until);
    let mut bins: BTreeMap<DateTime<Utc>, Bin> = BTreeMap::new();
    for task in ledger.tasks.values() {
        let Some(ended) = task.ended_at().filter(|at| *at >= start && *at <= spans.until) else { continue };
        let counts = match task.status_or_queued() {
            TaskStatus::Completed => (1, 0),
            TaskStatus::Failed => (0, 1),
            _ => continue,
        };
        let at = bin(ended);
        let sum = bins.entry(at).or_insert(Bin { at, completed: 0, failed: 0 });
        sum.completed += counts.0;
        sum.failed += counts.1;
    }
    bins.into_values().collect()
}
