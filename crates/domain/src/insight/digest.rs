//! The weekly digest: what was shipped, what failed, what is blocked, which products advanced, and what to do next.

mod markdown;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    best_action::{BestAction, BestActions},
    history::{self, Figures, Week},
};
use crate::{
    facts::{Ended, Facts, HistoryFacts, Period},
    id::ProductId,
    task::{Task, TaskStatus},
};

pub use self::markdown::markdown;

/// How many actions of each class the digest recommends.
const RECOMMENDED: usize = 5;

/// How many shipped and how many failed tasks a digest lists.
pub const LISTED: u32 = 100;

/// The weekly digest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Digest {
    /// The week, as ISO 8601 names it: `2026-W47`.
    pub week: String,
    /// Whether it is the present week. Of an earlier one, what was blocked at its end and what should have been done
    /// next cannot be told.
    pub current: bool,
    /// The founder's Monday that the week began with.
    pub since: DateTime<Utc>,
    /// The time that the digest holds at: now, or the end of the week.
    pub until: DateTime<Utc>,
    /// When the first thing happened that is known; `null` where nothing did. What was before it is not in the figures.
    pub known_since: Option<DateTime<Utc>>,
    /// The figures of the week.
    pub figures: Figures,
    /// Those of the week before, of the present week's up to the same time; `null` where not all of it is known.
    pub before: Option<Figures>,
    /// How all tasks ended in the week.
    pub ended: Ended,
    /// Deployments and releases that were completed, the latest first: the first hundred.
    pub shipped: Vec<Task>,
    /// Whether there were more than that.
    pub shipped_more: bool,
    /// Tasks that failed, the latest first: the first hundred, while `ended.failed` counts all.
    pub failed: Vec<Task>,
    /// Tasks that are blocked now, the highest priority first: the first 200. Empty for an earlier week.
    pub blocked: Vec<Task>,
    /// How many are blocked now; `null` for an earlier week.
    pub blocked_total: Option<u64>,
    /// Products of which a task was completed, by id.
    pub advanced: Vec<ProductId>,
    /// What Hermes should do next, the most useful first. Empty for an earlier week.
    pub automatic: Vec<BestAction>,
    /// What the founder should decide next, the most useful first. Empty for an earlier week.
    pub founder: Vec<BestAction>,
}

/// What holds now, and is part of the present week's digest only.
#[derive(Debug)]
pub struct Present<'a> {
    /// The facts of now.
    pub facts: &'a Facts,
    /// What should happen next.
    pub actions: BestActions,
}

/// What was found of a week.
#[derive(Debug)]
pub struct Found {
    /// The facts of the week, and of the one before it.
    pub history: HistoryFacts,
    /// Deployments and releases that were completed, the latest first, and whether there are more.
    pub shipped: (Vec<Task>, bool),
    /// Tasks that failed, the latest first.
    pub failed: Vec<Task>,
}

/// The digest of a week: `periods` are it and the one before.
pub fn digest(
    week: Week,
    periods: [Period; 2],
    found: Found,
    present: Option<Present<'_>>,
    now: DateTime<Utc>,
) -> Digest {
    let [period, earlier] = periods;
    let since = found.history.since;
    let mut facts = found.history.periods.into_iter();
    let (this, before) = (facts.next().unwrap_or_default(), facts.next().unwrap_or_default());
    let mut ended = Ended::default();
    this.products.iter().for_each(|(_, happened)| ended.add(&happened.ended));
    let advanced = this.products.iter().filter(|(id, happened)| history::advanced(id, happened));
    let first = |mut list: Vec<BestAction>| {
        list.truncate(RECOMMENDED);
        list
    };
    let (shipped, shipped_more) = found.shipped;
    let mut digest = Digest {
        week: week.to_string(),
        current: present.is_some(),
        since: period.from,
        until: period.to.min(now),
        known_since: since,
        figures: Figures::of(&this),
        before: since.is_some_and(|since| since <= earlier.from).then(|| Figures::of(&before)),
        ended,
        shipped,
        shipped_more,
        failed: found.failed,
        blocked: Vec::new(),
        blocked_total: None,
        advanced: advanced.map(|(id, _)| id.clone()).collect(),
        automatic: Vec::new(),
        founder: Vec::new(),
    };
    if let Some(Present { facts, actions }) = present {
        digest.blocked.clone_from(&facts.blocked);
        digest.blocked_total = Some(facts.counts.get(TaskStatus::Blocked));
        digest.automatic = first(actions.automatic);
        digest.founder = first(actions.founder);
    }
    digest
}
