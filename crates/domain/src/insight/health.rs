//! The health score of a product: how reliably work on it ends well, less what stands in the way.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::weight::{days_between, weight, weighted};
use crate::{
    facts::ProductTasks,
    product::{Product, ProductStatus},
    settings::Rules,
    task::TaskStatus,
};

/// Points that a blocked task costs, and how many count at most.
pub const BLOCKED_POINTS: f64 = 6.0;
const BLOCKED_MOST: f64 = 4.0;

/// Points that a recent failure costs (weighted by its age), and how many count at most.
pub const FAILURE_POINTS: f64 = 5.0;
const FAILURES_MOST: f64 = 4.0;

/// Points that silence costs at most.
pub const SILENCE_POINTS: f64 = 20.0;

string_enum! {
    /// Where a health score comes from.
    pub enum HealthBasis as "basis of a health score" {
        /// From the product's tasks.
        Computed = "computed", "Computed from its tasks";
        /// No task of it ended lately; a source told a score.
        Told = "told", "As its source tells it";
        /// No task of it ended lately, and nobody told a score.
        Unknown = "unknown", "Nothing to tell it from";
        /// The product is paused, archived or an idea.
        Off = "off", "Not at work";
    }
}

/// A health score and the arithmetic behind it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema), schema(as = ProductHealth))]
#[serde(rename_all = "camelCase")]
pub struct Health {
    /// 0 to 100, in whole points.
    pub score: Option<u8>,
    /// Where it comes from.
    pub basis: HealthBasis,
    /// What it is made of, where it is computed.
    pub parts: Option<HealthParts>,
}

/// What a computed health score is made of.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct HealthParts {
    /// Completed tasks of the last `rules.rateDays`, weighted by age.
    pub completed: f64,
    /// Failed tasks of the last `rules.rateDays`, weighted by age.
    pub failed: f64,
    /// Points for reliability, 0 to 100: `100 × (completed + 1) ÷ (completed + failed + 1)`.
    pub reliability: f64,
    /// Points off for blocked tasks, 0 to 24.
    pub blocked: f64,
    /// Points off for failures within `rules.recentDays`, 0 to 20.
    pub failures: f64,
    /// Points off for silence, 0 to 20.
    pub silence: f64,
}

impl HealthParts {
    /// The sum, 0 to 100.
    pub fn total(&self) -> f64 {
        (self.reliability - self.blocked - self.failures - self.silence).clamp(0.0, 100.0)
    }
}

/// The health of a product.
///
/// `score = reliability − blocked − failures − silence`, between 0 and 100, where
///
/// - `reliability = 100 × (C + 1) ÷ (C + F + 1)`: `C` completed and `F` failed tasks, each weighted by
///   `1 − age ÷ rateDays`. One good task is taken for granted, so that a single failure is no catastrophe;
/// - `blocked = 6 × min(blocked tasks, 4)`;
/// - `failures = 5 × min(F7, 4)`: failed tasks weighted by `1 − age ÷ recentDays`;
/// - `silence = 20 × (idle − recentDays) ÷ (rateDays − recentDays)`, between 0 and 20: `idle` is the days since the last
///   activity.
///
/// A day's tasks have the age of that day's noon (UTC). Unknown while no task ended within `rateDays`.
pub fn health(product: &Product, tasks: Option<&ProductTasks>, now: DateTime<Utc>, rules: &Rules) -> Health {
    if is_off(product) {
        return Health { score: None, basis: HealthBasis::Off, parts: None };
    }
    let computed = tasks.and_then(|tasks| parts(product, tasks, now, rules));
    if let Some(parts) = computed {
        return Health {
            score: Some(points(parts.total())),
            basis: HealthBasis::Computed,
            parts: Some(parts),
        };
    }
    let told = product.health_score.map(|score| points(score.get().into()));
    let basis = if told.is_some() { HealthBasis::Told } else { HealthBasis::Unknown };
    Health { score: told, basis, parts: None }
}

/// Whether nothing is expected of the product at present.
pub fn is_off(product: &Product) -> bool {
    matches!(product.status, Some(ProductStatus::Paused | ProductStatus::Archived | ProductStatus::Idea))
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
fn parts(product: &Product, tasks: &ProductTasks, now: DateTime<Utc>, rules: &Rules) -> Option<HealthParts> {
    let (completed, failed) = weighted(&tasks.days, now, rules.rate_days);
    if completed + failed <= 0.0 {
        return None;
    }
    let (_, recent) = weighted(&tasks.days, now, rules.recent_days);
    let blocked = tasks.counts.get(TaskStatus::Blocked) as f64;
    let idle = product.last_hermes_activity_at.map_or(0.0, |at| days_between(at, now));
    let (quiet, span) = (f64::from(rules.recent_days), f64::from(rules.rate_days));
    // The share of the way from "recently" to the end of the span that the product has been silent.
    let silent = if span > quiet { 1.0 - weight(idle - quiet, span - quiet) } else { 0.0 };
    Some(HealthParts {
        completed,
        failed,
        reliability: 100.0 * (completed + 1.0) / (completed + failed + 1.0),
        blocked: BLOCKED_POINTS * blocked.min(BLOCKED_MOST),
        failures: FAILURE_POINTS * recent.min(FAILURES_MOST),
        silence: SILENCE_POINTS * silent,
    })
}

/// Whole points of a score from 0 to 100.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
pub(crate) fn points(score: f64) -> u8 {
    score.clamp(0.0, 100.0).round() as u8
}
