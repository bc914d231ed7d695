//! The momentum of a product: how much moves on it now.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    health::points,
    weight::{days_between, weight, weighted},
};
use crate::{
    facts::{DayEnds, ProductTasks},
    product::Product,
    settings::Rules,
    task::{Priority, TaskStatus},
};

/// How many (weighted) tasks earn half of the points for them.
const HALF: f64 = 4.0;

/// A momentum score and the arithmetic behind it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Momentum {
    /// 0 to 100, in whole points. Unknown where no line spoke of a task of the product.
    pub score: Option<u8>,
    /// What it is made of, where it is known.
    pub parts: Option<MomentumParts>,
}

/// What a momentum score is made of.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct MomentumParts {
    /// Points for completed tasks, 0 to 60.
    pub completed: f64,
    /// Points for running tasks, 0 to 15.
    pub active: f64,
    /// Points off for failed tasks, 0 to 40.
    pub failed: f64,
    /// Points for a fresh last activity, 0 to 15.
    pub fresh: f64,
    /// Points for the product's priority, 0 to 10.
    pub priority: f64,
}

impl MomentumParts {
    /// The sum, 0 to 100.
    pub fn total(&self) -> f64 {
        (self.completed + self.active - self.failed + self.fresh + self.priority).clamp(0.0, 100.0)
    }
}

/// The momentum of a product.
///
/// `score = completed + active − failed + fresh + priority`, between 0 and 100, where `C` and `F` are the completed and
/// failed tasks, each weighted by `1 − age ÷ neglectDays` (a day's tasks have the age of that day's noon, UTC), and
///
/// - `completed = 60 × C ÷ (C + 4)`;
/// - `active = 5 × min(running tasks, 3)`;
/// - `failed = 40 × F ÷ (F + 4)`;
/// - `fresh = 15 × (1 − idle ÷ neglectDays)`, never below 0: `idle` is the days since the last activity;
/// - `priority`: P0 10, P1 6, P2 3, else 0.
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
pub fn momentum(
    product: &Product,
    tasks: Option<&ProductTasks>,
    now: DateTime<Utc>,
    rules: &Rules,
) -> Momentum {
    let Some(tasks) = tasks else { return Momentum { score: None, parts: None } };
    let (completed, failed) = ended(&tasks.days, now, rules);
    let running = tasks.counts.get(TaskStatus::Running) as f64;
    let idle = product.last_hermes_activity_at.map(|at| days_between(at, now));
    let parts = MomentumParts {
        completed,
        active: 5.0 * running.min(3.0),
        failed,
        fresh: idle.map_or(0.0, |idle| 15.0 * weight(idle, rules.neglect_days.into())),
        priority: of_priority(product),
    };
    Momentum { score: Some(points(parts.total())), parts: Some(parts) }
}

/// The points for completed tasks, and those off for failed ones.
pub(super) fn ended(days: &[(DateTime<Utc>, DayEnds)], at: DateTime<Utc>, rules: &Rules) -> (f64, f64) {
    let (completed, failed) = weighted(days, at, rules.neglect_days);
    (60.0 * completed / (completed + HALF), 40.0 * failed / (failed + HALF))
}

/// The points for the product's priority.
pub(super) fn of_priority(product: &Product) -> f64 {
    match product.priority {
        Some(Priority::P0) => 10.0,
        Some(Priority::P1) => 6.0,
        Some(Priority::P2) => 3.0,
        Some(Priority::P3) | None => 0.0,
    }
}
