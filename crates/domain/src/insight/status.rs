//! Hermes' status, from evidence alone: a row that says `running` is none unless somebody spoke of it lately.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    agent::AgentHealth,
    facts::Facts,
    overview::{HermesStatus, StatusReason},
    task::TaskStatus,
};

/// How many ended tasks in a row must have failed before Hermes counts as failing altogether.
pub const FAILURES_IN_A_ROW: u64 = 5;

/// The status and its reason. The first that holds, in this order:
///
/// 1. nothing was ever heard → unknown;
/// 2. at least [`FAILURES_IN_A_ROW`] tasks ended within the last 24 hours and none of them well → error;
/// 3. a worker says it is degraded or offline → degraded;
/// 4. a running task is stuck ([`super::stuck`]) → degraded;
/// 5. a running task has fresh evidence → running;
/// 6. else idle.
pub fn status(facts: &Facts, now: DateTime<Utc>) -> (Option<HermesStatus>, StatusReason) {
    if facts.counts.total() == 0 && facts.agents.is_empty() {
        return (None, StatusReason::Silent);
    }
    let last_day = facts.ended_since(now - TimeDelta::days(1));
    if last_day.completed == 0 && last_day.failed >= FAILURES_IN_A_ROW {
        return (Some(HermesStatus::Error), StatusReason::AllFailed { count: last_day.failed });
    }
    let unwell = |health| matches!(health, AgentHealth::Degraded | AgentHealth::Offline);
    let workers = facts.agents.iter().filter(|agent| unwell(agent.status)).count() as u64;
    if workers > 0 {
        return (Some(HermesStatus::Degraded), StatusReason::Workers { count: workers });
    }
    if facts.stuck_total > 0 {
        return (Some(HermesStatus::Degraded), StatusReason::Quiet { count: facts.stuck_total });
    }
    match facts.counts.get(TaskStatus::Running) {
        0 => (Some(HermesStatus::Idle), StatusReason::Nothing),
        count => (Some(HermesStatus::Running), StatusReason::Working { count }),
    }
}
