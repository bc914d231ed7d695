//! How long tasks are usually silent, and which running ones are stuck, by a full scan.

use std::cmp::Reverse;

use chrono::TimeDelta;
use domain::{
    facts::{GAP_EVENTS, GAP_TASKS, Gap, Spans},
    fold::Ledger,
    id::TaskId,
    task::{TaskRecord, TaskStatus, TaskType},
};

/// The usual gap of each type of which a running task is silent.
pub(super) fn gaps(ledger: &Ledger, spans: Spans) -> Vec<Gap> {
    let silent = ledger.tasks.values().filter(|task| is_silent(task, spans));
    let mut types: Vec<Option<TaskType>> = silent.map(|task| task.task_type).collect();
    types.sort_unstable();
    types.dedup();
    types.into_iter().map(|task_type| Gap::of(task_type, of_type(ledger, task_type, spans))).collect()
}

fn is_silent(task: &TaskRecord, spans: Spans) -> bool {
    task.status == Some(TaskStatus::Running) && task.last_seen_at < spans.quiet
}

pub(super) fn is_stuck(task: &TaskRecord, gaps: &[Gap], spans: Spans) -> bool {
    let gap = gaps.iter().find(|gap| gap.task_type == task.task_type);
    is_silent(task, spans)
        && gap.is_some_and(|gap| spans.until - task.last_seen_at > gap.limit(spans.until - spans.quiet))
}

fn of_type(ledger: &Ledger, task_type: Option<TaskType>, spans: Spans) -> Vec<u64> {
    let completed = |task: &&TaskRecord| {
        task.status == Some(TaskStatus::Completed)
            && task.task_type == task_type
            && task.ended_at().is_some_and(|at| at <= spans.until)
    };
    let mut tasks: Vec<&TaskRecord> = ledger.tasks.values().filter(completed).collect();
    tasks.sort_by_key(|task| (Reverse(task.ended_at()), task.id.clone()));
    tasks.into_iter().take(GAP_TASKS).flat_map(|task| of_task(ledger, &task.id)).collect()
}

fn of_task(ledger: &Ledger, id: &TaskId) -> Vec<u64> {
    let events = ledger.events.values().filter(|record| record.event.task_id == *id);
    let mut times: Vec<_> = events.map(|record| record.event.timestamp).collect();
    times.sort_unstable_by_key(|at| Reverse(*at));
    times.truncate(GAP_EVENTS);
    let gap = |pair: &[_]| u64::try_from(TimeDelta::num_milliseconds(&(pair[0] - pair[1]))).unwrap_or(0);
    times.windows(2).map(gap).collect()
}
