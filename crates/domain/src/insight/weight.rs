//! How much a day counts: less the longer ago it is, and nothing at the end of the span. Scores change smoothly with
//! time; only what happens makes them jump.

use chrono::{DateTime, TimeDelta, Utc};

use crate::facts::DayEnds;

const DAY_MS: f64 = 24.0 * 3600.0 * 1000.0;

/// The days from `then` to `now`, with fractions, never below 0.
#[expect(clippy::cast_precision_loss, reason = "milliseconds of a few thousand years fit")]
pub(crate) fn days_between(then: DateTime<Utc>, now: DateTime<Utc>) -> f64 {
    ((now - then).num_milliseconds() as f64 / DAY_MS).max(0.0)
}

/// What happened `age` days ago counts `1 − age ÷ span`, and nothing from the end of the span on.
pub(crate) fn weight(age: f64, span: f64) -> f64 {
    (1.0 - age / span).clamp(0.0, 1.0)
}

/// Completed and failed tasks, each day's weighted by the age of its noon (UTC): all that ended on a day counts alike.
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
pub(crate) fn weighted(days: &[(DateTime<Utc>, DayEnds)], now: DateTime<Utc>, span: u16) -> (f64, f64) {
    let (mut completed, mut failed) = (0.0, 0.0);
    for (day, ends) in days {
        let weight = weight(days_between(*day + TimeDelta::hours(12), now), span.into());
        completed += weight * ends.completed as f64;
        failed += weight * ends.failed as f64;
    }
    (completed, failed)
}
