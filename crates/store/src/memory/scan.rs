//! Facts and lists by a full scan: the reading that roll-ups are held to.

mod gaps;
mod history;
mod portfolio;
mod product_work;
pub(super) mod work;

use std::{cmp::Reverse, collections::BTreeMap};

use chrono::{DateTime, Utc};
use domain::{
    agent::AgentStatus,
    facts::{Ended, Facts, LastEvent, MAX_ROWS, Share, Spans, StatusCounts},
    fold::Ledger,
    id::ProductId,
    job::Job,
    product::Product,
    task::{Priority, Task, TaskRecord, TaskStatus},
};

pub(super) use self::{history::history, product_work::product_work};

/// `products` are those that count, and the ledger names no others.
pub(super) fn facts(ledger: &Ledger, products: Vec<Product>, spans: Spans) -> Facts {
    let mut counts = StatusCounts::default();
    let mut buckets: BTreeMap<DateTime<Utc>, Ended> = BTreeMap::new();
    let mut recent: BTreeMap<ProductId, u64> = BTreeMap::new();
    for task in ledger.tasks.values() {
        let share = Share::of(task);
        *counts.get_mut(share.status) += 1;
        if let Some((at, ended)) = share.ended.filter(|(at, _)| *at >= spans.since && *at <= spans.until) {
            buckets.entry(at).or_default().add(&ended);
        }
        if failed_within(task, spans.recent, spans.until) {
            *recent.entry(task.product()).or_default() += 1;
        }
    }
    let gaps = gaps::gaps(ledger, spans);
    let is_stuck = |task: &TaskRecord| gaps::is_stuck(task, &gaps, spans);
    Facts {
        seq: ledger.seq,
        counts,
        ended: buckets.into_iter().collect(),
        running: rows(ledger, is(TaskStatus::Running), |task| (rank(task), Reverse(task.last_seen_at))),
        stuck_total: ledger.tasks.values().filter(|task| is_stuck(task)).count() as u64,
        stuck: rows(ledger, is_stuck, |task| task.last_seen_at),
        blocked: rows(ledger, is(TaskStatus::Blocked), |task| (rank(task), task.last_seen_at)),
        flagged_total: ledger.tasks.values().filter(|task| flagged_since(task, spans.recent)).count() as u64,
        flagged: rows(ledger, |task| flagged_since(task, spans.recent), |task| Reverse(task.last_seen_at)),
        queued: rows(ledger, is(TaskStatus::Queued), |task| {
            (rank(task), task.created_at.unwrap_or(task.first_seen_at))
        }),
        failed: rows(
            ledger,
            |task| failed_within(task, spans.since, spans.until),
            |task| Reverse(task.ended_at()),
        ),
        recent_failures: recent.into_iter().collect(),
        product_activity: activity(ledger).into_iter().collect(),
        products,
        product_tasks: portfolio::product_tasks(ledger, spans),
        last_completed: portfolio::last_completed(ledger, spans),
        deeds: portfolio::deeds(ledger, spans),
        tape: portfolio::tape(ledger, spans),
        last_event: last_event(ledger),
        agents: agents(ledger),
        jobs: jobs(ledger),
        gaps,
    }
}

fn failed_within(task: &TaskRecord, since: DateTime<Utc>, until: DateTime<Utc>) -> bool {
    task.status == Some(TaskStatus::Failed) && task.ended_at().is_some_and(|at| at >= since && at <= until)
}

fn flagged_since(task: &TaskRecord, since: DateTime<Utc>) -> bool {
    task.is_flagged() && task.last_seen_at >= since
}

fn is(status: TaskStatus) -> impl Fn(&TaskRecord) -> bool {
    move |task| task.status_or_queued() == status
}

fn rank(task: &TaskRecord) -> usize {
    Priority::rank(task.priority)
}

/// The first [`MAX_ROWS`] of those tasks; the id breaks ties.
fn rows<K: Ord>(
    ledger: &Ledger,
    which: impl Fn(&TaskRecord) -> bool,
    key: impl Fn(&TaskRecord) -> K,
) -> Vec<Task> {
    let all = ledger.tasks.values();
    let mut rows: Vec<&TaskRecord> = all.filter(|task| which(task)).collect();
    rows.sort_by_cached_key(|task| (key(task), task.id.clone()));
    rows.into_iter().take(MAX_ROWS).cloned().map(Task::from).collect()
}

pub(super) fn activity(ledger: &Ledger) -> BTreeMap<ProductId, DateTime<Utc>> {
    let mut activity = BTreeMap::new();
    for task in ledger.tasks.values() {
        let at = activity.entry(task.product()).or_insert(task.last_seen_at);
        *at = task.last_seen_at.max(*at);
    }
    activity
}

fn last_event(ledger: &Ledger) -> Option<LastEvent> {
    let last = ledger.events.values().max_by(|a, b| a.stamp.cmp(&b.stamp))?;
    let task = ledger.tasks.get(&last.event.task_id)?.clone();
    Some(LastEvent { at: last.stamp.0, event: last.event.clone(), task: task.into() })
}

pub(super) fn agents(ledger: &Ledger) -> Vec<AgentStatus> {
    let mut agents: Vec<AgentStatus> = ledger.agents.values().cloned().map(Into::into).collect();
    agents.sort_by(|a, b| a.id.cmp(&b.id));
    agents
}

pub(super) fn jobs(ledger: &Ledger) -> Vec<Job> {
    Job::list(ledger.jobs.values().cloned())
}
