//! Stuck tasks: they say that they run, and nobody has spoken of them for longer than is usual.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    facts::{Facts, Gap},
    settings::Rules,
    task::{Task, TaskType},
};

/// After which silence a running task of that type is stuck: `max(rules.quiet_minutes, 3 × p90)`, where `p90` is the 90th
/// percentile of the gaps between the events of the last tasks of the type ([`Gap`]). Where no usual gap is known, the
/// least silence alone decides.
pub fn limit(facts: &Facts, task_type: Option<TaskType>, rules: &Rules) -> TimeDelta {
    let least = TimeDelta::minutes(rules.quiet_minutes.into());
    let known = facts.gaps.iter().find(|gap| gap.task_type == task_type);
    known.map_or(least, |gap| Gap::limit(gap, least))
}

/// Whether a running task has been silent for longer than that.
pub fn is_stuck(facts: &Facts, task: &Task, now: DateTime<Utc>, rules: &Rules) -> bool {
    now - task.last_activity_at > limit(facts, task.task_type, rules)
}
