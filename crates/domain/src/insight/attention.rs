//! What needs the founder. This is the count and its parts; the ranked queue comes with the executive page.

use crate::{facts::Facts, overview::AttentionParts, settings::Rules, task::TaskStatus};

/// Counts what needs the founder: every blocked task, every worker with a configuration issue, and every product
/// (the reserved one left out) with at least `rules.repeated_failures` tasks that failed within
/// `rules.recent_days`.
pub fn parts(facts: &Facts, rules: &Rules) -> AttentionParts {
    let often = u64::from(rules.repeated_failures);
    let repeated = facts.recent_failures.iter().filter(|(id, count)| !id.is_unassigned() && *count >= often);
    AttentionParts {
        blocked_tasks: facts.counts.get(TaskStatus::Blocked),
        config_issues: facts.agents.iter().filter(|agent| agent.config_issue.is_some()).count() as u64,
        repeated_failures: repeated.count() as u64,
    }
}
