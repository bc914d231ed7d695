//! The weekly digest: what was shipped, what failed, what is blocked, which products advanced, and what to do next.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::best_action::{BestAction, BestActions};
use crate::{
    facts::{Ended, Facts},
    id::ProductId,
    task::{Task, TaskStatus},
};

/// How many actions of each class the digest recommends.
const RECOMMENDED: usize = 5;

/// The weekly digest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Digest {
    /// The founder's Monday that the week began with.
    pub since: DateTime<Utc>,
    /// The time that the digest holds at.
    pub until: DateTime<Utc>,
    /// How all tasks ended in the week.
    pub ended: Ended,
    /// Deployments and releases that were completed, the latest first: the first hundred.
    pub shipped: Vec<Task>,
    /// Whether there were more than that.
    pub shipped_more: bool,
    /// Tasks that failed, the latest first: those that facts carry, while `ended.failed` counts all.
    pub failed: Vec<Task>,
    /// Tasks that are blocked now, the highest priority first: those that facts carry.
    pub blocked: Vec<Task>,
    /// How many are blocked.
    pub blocked_total: u64,
    /// Products of which a task was completed, by id.
    pub advanced: Vec<ProductId>,
    /// What Hermes should do next, the most useful first.
    pub automatic: Vec<BestAction>,
    /// What the founder should decide next, the most useful first.
    pub founder: Vec<BestAction>,
}

/// The digest of the week that began at `since`.
pub fn digest(
    facts: &Facts,
    actions: BestActions,
    (shipped, shipped_more): (Vec<Task>, bool),
    since: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Digest {
    let recent = facts.last_completed.iter().filter(|last| last.at >= since);
    let mut advanced: Vec<ProductId> =
        recent.map(|last| last.product_id.clone()).filter(|id| !id.is_unassigned()).collect();
    advanced.sort_unstable();
    advanced.dedup();
    let first = |mut list: Vec<BestAction>| {
        list.truncate(RECOMMENDED);
        list
    };
    Digest {
        since,
        until: now,
        ended: facts.ended_since(since),
        shipped,
        shipped_more,
        failed: facts.failed.iter().filter(|task| task.ended_at() >= since).cloned().collect(),
        blocked: facts.blocked.clone(),
        blocked_total: facts.counts.get(TaskStatus::Blocked),
        advanced,
        automatic: first(actions.automatic),
        founder: first(actions.founder),
    }
}
