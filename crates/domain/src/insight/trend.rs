//! How the momentum of a product came about: the same formula at the end of each day, from the daily roll-ups.

use chrono::{DateTime, TimeDelta, Utc};

use super::{
    health::points,
    momentum::{MomentumParts, ended, of_priority},
    weight::{days_between, weight},
};
use crate::{
    facts::{DayEnds, ProductTasks, day},
    product::Product,
    settings::Rules,
};

/// How many days back a trend goes.
pub const TREND_DAYS: i64 = 14;

/// What the momentum was at the end of each of the last [`TREND_DAYS`] days (UTC), and is now: 15 values, the oldest
/// first. Empty where no line spoke of a task of the product.
///
/// Daily roll-ups tell what ended, so a value is `completed − failed + fresh + priority` of
/// [`super::momentum::momentum`]: what was running then nobody kept, `fresh` counts from the noon of the last day on
/// which a task ended, and the priority is today's.
pub fn trend(product: &Product, tasks: Option<&ProductTasks>, now: DateTime<Utc>, rules: &Rules) -> Vec<u8> {
    let Some(tasks) = tasks else { return Vec::new() };
    let ends = (0..=TREND_DAYS).rev().map(|back| match back {
        0 => now,
        _ => day(now) - TimeDelta::days(back - 1),
    });
    ends.map(|at| points(parts(product, &tasks.days, at, rules).total())).collect()
}

fn parts(
    product: &Product,
    days: &[(DateTime<Utc>, DayEnds)],
    at: DateTime<Utc>,
    rules: &Rules,
) -> MomentumParts {
    let before = days.partition_point(|(day, _)| *day < at);
    let days = days.get(..before).unwrap_or_default();
    let (completed, failed) = ended(days, at, rules);
    let last = days.last().map(|(day, _)| days_between(*day + TimeDelta::hours(12), at));
    MomentumParts {
        completed,
        failed,
        active: 0.0,
        fresh: last.map_or(0.0, |idle| 15.0 * weight(idle, rules.neglect_days.into())),
        priority: of_priority(product),
    }
}
