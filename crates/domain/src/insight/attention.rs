//! What needs the founder. This is the count and its parts; the ranked queue comes with the executive page.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{facts::Facts, overview::AttentionParts, settings::Rules, task::TaskStatus};

/// Counts what needs the founder:
///
/// - every blocked task;
/// - every other task of which its source says so, if a line spoke of it within `rules.recent_days`;
/// - every worker with a configuration issue;
/// - every product (the reserved one left out) with at least `rules.repeated_failures` tasks that failed within
///   `rules.recent_days`;
/// - every scheduled job that is on and whose last run failed;
/// - every scheduled job that is on, neither paused nor completed, and more than `rules.missed_job_minutes` late. A
///   job that failed and is late counts for both.
pub fn parts(facts: &Facts, now: DateTime<Utc>, rules: &Rules) -> AttentionParts {
    let often = u64::from(rules.repeated_failures);
    let repeated = facts.recent_failures.iter().filter(|(id, count)| !id.is_unassigned() && *count >= often);
    let late = now - TimeDelta::minutes(rules.missed_job_minutes.into());
    AttentionParts {
        blocked_tasks: facts.counts.get(TaskStatus::Blocked),
        config_issues: facts.agents.iter().filter(|agent| agent.config_issue.is_some()).count() as u64,
        repeated_failures: repeated.count() as u64,
        flagged_tasks: facts.flagged_total,
        failed_jobs: facts.jobs.iter().filter(|job| job.has_failed()).count() as u64,
        missed_jobs: facts.jobs.iter().filter(|job| job.was_due_before(late)).count() as u64,
    }
}
