//! Times as Hermes writes them: REAL seconds in `state.db`, whole seconds on boards and in projects, ISO-8601
//! for jobs and evidence, and a stamp of the local time in ids.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};

/// A point in time; it always comes in as a parameter.
pub(crate) type Time = DateTime<Utc>;

/// Unix seconds with a fraction.
#[expect(clippy::cast_precision_loss, reason = "what a REAL column holds")]
pub(crate) fn real(at: Time) -> f64 {
    at.timestamp_micros() as f64 / 1e6
}

/// `2026-11-22T17:16:30.387223+00:00`.
pub(crate) fn iso(at: Time) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, false)
}

/// `20261122_171210`, as in a session's id. The machine's zone is taken to be UTC.
pub(crate) fn in_id(at: Time) -> String {
    at.format("%Y%m%d_%H%M%S").to_string()
}

/// So many seconds later, or earlier.
#[expect(clippy::cast_possible_truncation, reason = "microseconds are fine enough")]
pub(crate) fn after(at: Time, seconds: f64) -> Time {
    at + TimeDelta::microseconds((seconds * 1e6) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_place_has_its_form() {
        let at = after(DateTime::UNIX_EPOCH, 1_795_367_534.718_93);
        assert!((real(at) - 1_795_367_534.718_93).abs() < 1e-5);
        assert_eq!(in_id(at), "20261122_171214");
        assert_eq!(iso(at), "2026-11-22T17:12:14.718930+00:00");
    }
}
