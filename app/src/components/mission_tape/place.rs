//! Where a moment lies on the tape: columns from 1 on, each ten minutes wide.

use chrono::{DateTime, Utc};
use domain::facts::{BIN_SECONDS, BINS_AHEAD, BINS_BACK, bin};

use crate::api::overview::Away;

/// How many columns there are.
pub(super) const COLUMNS: i64 = BINS_BACK + BINS_AHEAD;

/// The first column that lies ahead; the one before it holds the present.
pub(super) const AHEAD: i64 = BINS_BACK + 1;

/// The column that holds `at`, on a tape that begins at `start`; outside of 1 to [`COLUMNS`] it is not on the tape.
pub(super) fn column(start: DateTime<Utc>, at: DateTime<Utc>) -> i64 {
    (bin(at) - start).num_seconds().div_euclid(BIN_SECONDS) + 1
}

/// How far along the tape `at` lies, in percent.
#[expect(clippy::cast_precision_loss, reason = "seconds of 30 hours")]
pub(super) fn percent(start: DateTime<Utc>, at: DateTime<Utc>) -> f64 {
    (at - start).num_seconds() as f64 / (COLUMNS * BIN_SECONDS) as f64 * 100.0
}

/// The lines between which the absence lies: whole columns, none of them ahead.
pub(super) fn shade(start: DateTime<Utc>, away: Away) -> Option<(i64, i64)> {
    let from = column(start, away.from).clamp(1, AHEAD);
    let to = (column(start, away.to) + 1).clamp(1, AHEAD);
    (from < to).then_some((from, to))
}

#[cfg(test)]
mod tests {
    use domain::facts::tape_start;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn the_present_lies_in_the_last_column_behind() {
        let now = at("2026-05-25T16:42:18Z");
        let start = tape_start(now);
        assert_eq!(column(start, start), 1);
        assert_eq!(column(start, now), AHEAD - 1);
        assert_eq!(column(start, at("2026-05-25T16:50:00Z")), AHEAD);
        assert_eq!(column(start, at("2026-05-25T22:49:59Z")), COLUMNS);
        assert!((percent(start, at("2026-05-25T16:50:00Z")) - 80.0).abs() < 1e-9);
    }

    #[test]
    fn an_absence_is_shaded_in_whole_columns() {
        let start = at("2026-05-24T16:50:00Z");
        let shaded = |from: &str, to: &str| shade(start, Away { from: at(from), to: at(to) });
        assert_eq!(shaded("2026-05-24T16:59:00Z", "2026-05-24T17:00:00Z"), Some((1, 3)));
        assert_eq!(shaded("2026-01-01T00:00:00Z", "2026-05-25T16:42:18Z"), Some((1, AHEAD)));
        assert_eq!(shaded("2026-01-01T00:00:00Z", "2026-05-24T12:00:00Z"), None);
    }
}
