//! The next recommended action: one step, and why.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    facts::Facts,
    overview::{NextAction, NextKind},
    settings::Rules,
    task::{Priority, Task},
};

/// The first of these that exists:
///
/// 1. unblock the blocked task of the highest priority, the longest silent first;
/// 2. investigate the failed P0 or P1 task of the last `rules.recent_days`, P0 first, then the latest;
/// 3. check on the stuck task that has been silent the longest;
/// 4. continue with the queued task of the highest priority, the oldest first.
pub fn next_action(facts: &Facts, now: DateTime<Utc>, rules: &Rules) -> Option<NextAction> {
    let since = now - TimeDelta::days(rules.recent_days.into());

    if let Some(task) = facts.blocked.iter().min_by_key(|task| (rank(task), task.last_activity_at)) {
        return Some(step(NextKind::Unblock, task, task.blocker_reason.clone(), task.last_activity_at));
    }
    let urgent =
        |task: &&Task| matches!(task.priority, Some(Priority::P0 | Priority::P1)) && task.ended_at() >= since;
    let failed = facts.failed.iter().filter(urgent);
    if let Some(task) = failed.min_by_key(|task| (rank(task), std::cmp::Reverse(task.ended_at()))) {
        return Some(step(NextKind::Investigate, task, task.error.clone(), task.ended_at()));
    }
    if let Some(task) = facts.stuck.first() {
        return Some(step(NextKind::Check, task, task.current_step.clone(), task.last_activity_at));
    }
    let queued = facts.queued.iter().min_by_key(|task| (rank(task), task.created_at));
    queued.map(|task| step(NextKind::Continue, task, task.next_action.clone(), task.created_at))
}

fn rank(task: &Task) -> usize {
    Priority::rank(task.priority)
}

fn step(kind: NextKind, task: &Task, because: Option<String>, since: DateTime<Utc>) -> NextAction {
    NextAction {
        kind,
        task_id: task.id.clone(),
        title: task.title.clone(),
        product_id: task.product_id.clone(),
        because,
        since,
    }
}
