//! The mission tape's bins: what ended in each ten minutes of the last day.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// Seconds in a bin.
pub const BIN_SECONDS: i64 = 10 * 60;

/// How many bins lie behind, the present one included: 24 hours.
pub const BINS_BACK: i64 = 144;

/// How many bins lie ahead: 6 hours.
pub const BINS_AHEAD: i64 = 36;

/// Tasks that ended within one bin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bin {
    /// When the bin begins.
    pub at: DateTime<Utc>,
    /// Ended well.
    pub completed: u64,
    /// Ended in failure.
    pub failed: u64,
}

/// The start of the bin that holds `at`.
///
/// ```
/// let at = "2026-11-22T10:29:59Z".parse().unwrap();
/// assert_eq!(domain::facts::bin(at).to_rfc3339(), "2026-11-22T10:20:00+00:00");
/// ```
pub fn bin(at: DateTime<Utc>) -> DateTime<Utc> {
    let over = at.timestamp().rem_euclid(BIN_SECONDS);
    let nanos = i64::from(at.timestamp_subsec_nanos());
    at - TimeDelta::seconds(over) - TimeDelta::nanoseconds(nanos)
}

/// When the tape begins: it ends with the bin that holds `now`, so that bins stay where they are for ten minutes.
pub fn tape_start(now: DateTime<Utc>) -> DateTime<Utc> {
    bin(now) - TimeDelta::seconds(BIN_SECONDS * (BINS_BACK - 1))
}
