//! The three ways in which the agent writes times, read as UTC.

use chrono::{DateTime, NaiveDateTime, Utc};

/// Unix seconds with a fraction (`state.db`) or without (`kanban.db`, `projects.db`). Nothing for what is no time
/// between 1970 and 9999.
#[expect(clippy::cast_possible_truncation, reason = "bounded above")]
pub(crate) fn seconds(seconds: f64) -> Option<DateTime<Utc>> {
    const YEAR_10000: f64 = 253_402_300_800.0;
    (seconds.is_finite() && (0.0..YEAR_10000).contains(&seconds))
        .then(|| (seconds * 1e6).round() as i64)
        .and_then(DateTime::from_timestamp_micros)
}

/// ISO 8601 with a zone (`cron/`, `verification_evidence.db`).
pub(crate) fn iso(text: &str) -> Option<DateTime<Utc>> {
    let zoned = DateTime::parse_from_rfc3339(text).map(|at| at.to_utc());
    // Hermes writes zones; a text without one can only be taken for UTC.
    zoned.ok().or_else(|| text.parse::<NaiveDateTime>().ok().map(|at| at.and_utc()))
}

/// The digits of `YYYY-MM-DD_HH-MM-SS` in a file's name: local time of the agent's machine, zone unknown.
pub(crate) fn in_file_name(name: &str) -> Option<NaiveDateTime> {
    NaiveDateTime::parse_from_str(name, "%Y-%m-%d_%H-%M-%S").ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_of_writing_a_time_is_read() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        assert_eq!(seconds(1_795_367_534.718_93), Some(at("2026-11-22T17:12:14.718930Z")));
        assert_eq!(iso("2026-11-22T17:16:30.387223+00:00"), Some(at("2026-11-22T17:16:30.387223Z")));
        assert_eq!(iso("2026-11-22T18:16:30+01:00"), Some(at("2026-11-22T17:16:30Z")));
        assert_eq!(iso("2026-11-22T17:16:30.387223"), Some(at("2026-11-22T17:16:30.387223Z")));
        assert_eq!(in_file_name("2026-11-22_17-16-44").unwrap().to_string(), "2026-11-22 17:16:44");
    }

    #[test]
    fn what_is_no_time_is_none() {
        for wrong in [f64::NAN, f64::INFINITY, -1.0, 1e18] {
            assert_eq!(seconds(wrong), None);
        }
        assert_eq!(iso("yesterday"), None);
    }
}
