//! The founder's attention queue: everything that needs the founder, each with its reason, its product, how bad it is,
//! since when, what follows, and the rows that say so.

mod classify;
mod jobs;
mod products;
mod severity;
mod tasks;
mod workers;

use std::cmp::Reverse;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use self::{classify::classify, severity::severity};
use crate::{
    attention::{AttentionItem, AttentionReason, SeverityCounts},
    decision::{Decision, DecisionKind},
    facts::Facts,
    id::ProductId,
    product::Product,
    settings::Rules,
    task::{Priority, TaskStatus},
};

/// How much of a source's words an item repeats, in characters.
const WORDS: usize = 300;

/// Everything that needs the founder.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AttentionQueue {
    /// The items: the worst first, of equals those of the higher priority, of equals the oldest.
    pub items: Vec<AttentionItem>,
    /// Items that the founder snoozed or resolved, in the same order: they are counted nowhere.
    pub aside: Vec<AttentionItem>,
    /// How many of each severity.
    pub severities: SeverityCounts,
    /// Blocked or flagged tasks beyond those that facts carry: counted, not listed.
    pub beyond: u64,
}

impl AttentionQueue {
    /// The queue as the founder left it: what was snoozed or resolved is put aside as long as that holds, what was
    /// acknowledged comes after the rest.
    #[must_use]
    pub fn settle(mut self, decisions: &[Decision], now: DateTime<Utc>) -> Self {
        for item in &mut self.items {
            let decided = decisions.iter().find(|decision| decision.item == item.key);
            item.decision = decided.filter(|decision| decision.holds(&item.cause, now)).cloned();
        }
        let is = |item: &AttentionItem, kinds: &[DecisionKind]| {
            item.decision.as_ref().is_some_and(|decision| kinds.contains(&decision.kind))
        };
        let (aside, mut items): (Vec<_>, Vec<_>) = self
            .items
            .into_iter()
            .partition(|item| is(item, &[DecisionKind::Snoozed, DecisionKind::Resolved]));
        // Sorting is stable: both parts keep their order.
        items.sort_by_key(|item| is(item, &[DecisionKind::Acknowledged]));
        self.severities = SeverityCounts::of(&items);
        Self { items, aside, ..self }
    }

    /// How many things need the founder.
    pub fn total(&self) -> u64 {
        self.severities.total() + self.beyond
    }
}

/// Everything that needs the founder now:
///
/// - every blocked task;
/// - every other task of which its source says so, if a line spoke of it within `rules.recent_days`;
/// - of each product, the latest task that failed within `rules.recent_days` over a deployment, its tests, a credential
///   or costs, unless a later task of its type was completed since;
/// - every stuck task ([`super::stuck`]);
/// - every product with repeated failures, and every neglected one;
/// - every worker with an issue of its configuration;
/// - every scheduled job whose last run failed, or that is late.
///
/// A task makes one item at most. What concerns a product that is archived needs nobody.
pub fn queue(facts: &Facts, now: DateTime<Utc>, rules: &Rules) -> AttentionQueue {
    let around = Around { facts, now, rules };
    let mut items = tasks::items(&around);
    items.extend(products::items(&around));
    items.extend(jobs::items(&around));
    items.extend(workers::items(&around));
    items.retain(|item| !around.is_archived(item.product_id.as_ref()));
    items.sort_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| a.key.cmp(&b.key)));
    let blocked = facts.counts.get(TaskStatus::Blocked).saturating_sub(facts.blocked.len() as u64);
    let flagged = facts.flagged_total.saturating_sub(facts.flagged.len() as u64);
    AttentionQueue {
        severities: SeverityCounts::of(&items),
        items,
        aside: Vec::new(),
        beyond: blocked + flagged,
    }
}

fn rank(item: &AttentionItem) -> impl Ord + use<> {
    (item.severity, Priority::rank(item.priority), item.since)
}

/// What the items are made from.
struct Around<'a> {
    facts: &'a Facts,
    now: DateTime<Utc>,
    rules: &'a Rules,
}

impl Around<'_> {
    fn product(&self, id: &ProductId) -> Option<&Product> {
        self.facts.products.iter().find(|product| product.id == *id)
    }

    /// The product's priority, where it is known.
    fn priority(&self, id: Option<&ProductId>) -> Option<Priority> {
        self.product(id?)?.priority
    }

    fn is_archived(&self, id: Option<&ProductId>) -> bool {
        id.and_then(|id| self.product(id)).is_some_and(Product::is_archived)
    }

    /// How many tasks of the product wait in the queue; tasks of no product have none in common.
    fn waiting(&self, id: &ProductId) -> u64 {
        let tasks = self.facts.product_tasks.iter().find(|tasks| tasks.id == *id);
        tasks
            .filter(|tasks| !tasks.id.is_unassigned())
            .map_or(0, |tasks| tasks.counts.get(TaskStatus::Queued))
    }
}

/// The reason that weighs most among those that a source told.
fn worst(reasons: &[AttentionReason]) -> Option<AttentionReason> {
    reasons.iter().copied().min_by_key(|reason| (severity::base(*reason), Reverse(*reason)))
}

/// The beginning of what a source says, without a broken character.
fn words(text: &str) -> Option<String> {
    let text = text.trim();
    let mut short: String = text.chars().take(WORDS).collect();
    if text.chars().nth(WORDS).is_some() {
        short.push('…');
    }
    (!short.is_empty()).then_some(short)
}
