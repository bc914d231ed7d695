//! Active missions: the running tasks, and what is left of them.

use chrono::{DateTime, Utc};

use crate::{
    facts::Facts,
    insight::stuck::is_stuck,
    overview::Mission,
    settings::Rules,
    task::{Priority, Task},
};

/// Below this progress an estimate would be a guess, in percent.
const LEAST_PROGRESS: f64 = 5.0;

/// The running tasks, by priority (unknown last), then the latest spoken of first, then by id.
pub fn missions(facts: &Facts, now: DateTime<Utc>, rules: &Rules) -> Vec<Mission> {
    let mut missions: Vec<Mission> = facts
        .running
        .iter()
        .map(|task| {
            let quiet = is_stuck(facts, task, now, rules);
            // "About 2 min left" of a task that nobody has spoken of for hours would be no estimate.
            let remaining_ms = if quiet { None } else { remaining(task, now) };
            Mission { remaining_ms, quiet, task: task.clone() }
        })
        .collect();
    missions.sort_by(|a, b| {
        let rank = |task: &Task| Priority::rank(task.priority);
        rank(&a.task)
            .cmp(&rank(&b.task))
            .then(b.task.last_activity_at.cmp(&a.task.last_activity_at))
            .then(a.task.id.cmp(&b.task.id))
    });
    missions
}

/// Estimated milliseconds left: `elapsed × (100 − p) / p`, where `elapsed` runs from the start to the last word of
/// the task (silence does not stretch the estimate). Unknown without a start, below 5 %, at 100 %, and while the
/// task is stuck.
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn remaining(task: &Task, now: DateTime<Utc>) -> Option<u64> {
    let progress = f64::from(task.progress_percent?.get());
    let elapsed = (task.last_activity_at.min(now) - task.started_at?).num_milliseconds();
    if !(LEAST_PROGRESS..100.0).contains(&progress) || elapsed <= 0 {
        return None;
    }
    Some((elapsed as f64 * (100.0 - progress) / progress).round() as u64)
}
