//! One worker in full: what its own page shows.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{DAYS, HOURS, WorkerHealth, strip::strip_of};
use crate::{
    agent::Rate,
    attention::AttentionItem,
    facts::work::{SLOT_SECONDS, ToolUse, WorkSlot, Worker, slot},
    id::TaskId,
    job::Job,
    task::Task,
};

/// How many tasks of a sort are listed.
pub const TASKS: usize = 8;

/// How many groups of errors are listed.
pub(super) const ERRORS: usize = 12;

/// How much of an error's text is kept, in characters.
const ERROR_CHARS: usize = 400;

/// Work within 24 hours.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct WorkDay {
    /// When they began.
    pub since: DateTime<Utc>,
    /// Calls, tasks or runs.
    pub calls: u64,
    /// How many of these failed.
    pub failures: u64,
    /// Their share.
    pub failure_rate: Option<Rate>,
    /// The mean duration, in milliseconds.
    pub average_latency_ms: Option<f64>,
    /// The 95th percentile of the durations, in milliseconds; at most 6.25 % off.
    pub p95_latency_ms: Option<u64>,
    /// By half hours, as in [`WorkerHealth::strip`].
    pub strip: String,
}

/// Errors of the same words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ErrorGroup {
    /// The words of the latest one.
    pub text: String,
    /// How many there are.
    pub count: u64,
    /// When the latest one happened.
    pub last_at: DateTime<Utc>,
    /// The task of the latest one.
    pub task_id: TaskId,
}

/// Some tasks, and how many there are.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SomeTasks {
    /// The first of them.
    pub items: Vec<Task>,
    /// How many there are.
    pub total: u64,
}

/// One worker in full.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct WorkerDetail {
    /// How it is.
    pub worker: WorkerHealth,
    /// When a line of its source last spoke of it.
    pub reported_at: Option<DateTime<Utc>>,
    /// All of the last seven days together.
    pub week: WorkDay,
    /// Each 24 hours of the last seven days, the latest first.
    pub days: Vec<WorkDay>,
    /// Tasks of this agent that are open, the latest spoken of first.
    pub open: SomeTasks,
    /// Those that failed, the latest first.
    pub failed: SomeTasks,
    /// Those that were completed, the latest first.
    pub completed: SomeTasks,
    /// Tools that it used in its latest tasks.
    pub tools: Vec<ToolUse>,
    /// What went wrong lately, the most frequent first.
    pub errors: Vec<ErrorGroup>,
    /// Scheduled jobs, where it is the scheduler, the next first.
    pub jobs: Vec<Job>,
    /// What of it needs the founder.
    pub attention: Vec<AttentionItem>,
}

/// The last seven days of a worker by 24 hours, the latest first, and all of it together.
pub fn days(work: Option<&Worker>, now: DateTime<Utc>) -> (Vec<WorkDay>, WorkDay) {
    let end = slot(now) + TimeDelta::seconds(SLOT_SECONDS);
    let day = |back: i64| {
        let since = end - TimeDelta::hours(HOURS * (back + 1));
        sum(work, since, since + TimeDelta::hours(HOURS))
    };
    ((0..DAYS).map(day).collect(), sum(work, end - TimeDelta::days(DAYS), end))
}

fn sum(work: Option<&Worker>, since: DateTime<Utc>, until: DateTime<Utc>) -> WorkDay {
    let slots = work.map(|work| work.slots.as_slice()).unwrap_or_default();
    let mut all = WorkSlot::default();
    slots.iter().filter(|(at, _)| *at >= since && *at < until).for_each(|(_, slot)| all.add(slot));
    WorkDay {
        since,
        calls: all.calls,
        failures: all.failures,
        failure_rate: Rate::of(all.failures, all.calls),
        average_latency_ms: all.mean_ms(),
        p95_latency_ms: all.latency.p95_ms(),
        strip: strip_of(slots, since),
    }
}

/// Errors by their words: texts that differ in numbers only are the same. The most frequent first, then the latest.
pub fn group(errors: impl IntoIterator<Item = (String, DateTime<Utc>, TaskId)>) -> Vec<ErrorGroup> {
    let mut groups: BTreeMap<String, ErrorGroup> = BTreeMap::new();
    for (text, at, task_id) in errors {
        let text: String = text.chars().take(ERROR_CHARS).collect();
        let new = || ErrorGroup { text: text.clone(), count: 0, last_at: at, task_id: task_id.clone() };
        let group = groups.entry(without_numbers(&text)).or_insert_with(new);
        group.count += 1;
        if at > group.last_at {
            (group.text, group.last_at, group.task_id) = (text, at, task_id);
        }
    }
    let mut groups: Vec<ErrorGroup> = groups.into_values().collect();
    groups.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| b.last_at.cmp(&a.last_at)));
    groups.truncate(ERRORS);
    groups
}

fn without_numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if !c.is_ascii_digit() {
            out.push(c);
        } else if !out.ends_with('#') {
            out.push('#');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_that_differ_in_numbers_only_are_one_group_with_the_latest_words() {
        let at = |seconds| DateTime::from_timestamp(seconds, 0).unwrap();
        let task = |id: &str| TaskId::new(id).unwrap();
        let errors = [
            ("disk full".to_owned(), at(9), task("c")),
            ("timed out after 90 s".to_owned(), at(5), task("a")),
            ("timed out after 120 s".to_owned(), at(7), task("b")),
        ];
        let groups = group(errors);
        let shape: Vec<_> =
            groups.iter().map(|group| (group.text.as_str(), group.count, group.task_id.as_str())).collect();
        assert_eq!(shape, [("timed out after 120 s", 2, "b"), ("disk full", 1, "c")]);
    }
}
