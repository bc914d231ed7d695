//! Who wrote a field last. Every field of a row keeps the stamp of its last writer, so lines may arrive in any
//! order, late or twice, and the row comes out the same.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::id::LineId;

/// How far ahead of the server's clock a line may say it happened, before it is ordered as "now".
pub const MAX_SKEW: TimeDelta = TimeDelta::minutes(5);

/// Orders what lines say: by time, then by the line's id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Stamp(#[serde(with = "chrono::serde::ts_microseconds")] pub DateTime<Utc>, pub LineId);

/// The time by which a line is ordered: its own, or the server's when it lies more than [`MAX_SKEW`] ahead.
pub fn ordered(ts: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
    whole_micros(if ts > now + MAX_SKEW { now } else { ts })
}

/// The time without what is finer than a microsecond: all that stores keep. Were the rest kept in memory only, a
/// row that came back from a store would lose to an equal one that did not.
pub fn whole_micros(at: DateTime<Utc>) -> DateTime<Utc> {
    at.trunc_subsecs(6)
}

/// The stamps of a row's fields: the distinct writers, and for each field the index of its writer.
///
/// Most rows have two or three writers for twenty fields, so this is a fifth of one stamp a field.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamps {
    #[serde(rename = "w")]
    writers: Vec<Stamp>,
    #[serde(rename = "f")]
    fields: Vec<u8>,
}

/// "Nobody wrote this field yet."
const NOBODY: u8 = u8::MAX;

impl Stamps {
    /// Whether `stamp` may write `field`: it is later than the writer before it. If so it becomes the writer.
    pub fn claim(&mut self, field: usize, stamp: &Stamp) -> bool {
        if self.fields.len() <= field {
            self.fields.resize(field + 1, NOBODY);
        }
        if self.writer(field).is_some_and(|writer| writer >= stamp) {
            return false;
        }
        let index = self.index_of(stamp);
        self.fields[field] = index;
        true
    }

    /// The stamp of the field's last writer.
    pub fn writer(&self, field: usize) -> Option<&Stamp> {
        self.fields.get(field).and_then(|index| self.writers.get(usize::from(*index)))
    }

    fn index_of(&mut self, stamp: &Stamp) -> u8 {
        if let Some(index) = self.writers.iter().position(|writer| writer == stamp) {
            return index_u8(index);
        }
        // A slot whose writer no field refers to any more is used again, so the list stays as short as the fields.
        let free = (0..self.writers.len()).find(|index| !self.fields.contains(&index_u8(*index)));
        if let Some(index) = free {
            self.writers[index] = stamp.clone();
            return index_u8(index);
        }
        self.writers.push(stamp.clone());
        index_u8(self.writers.len() - 1)
    }
}

/// A row has far fewer than 255 fields, so there are never more writers than that.
fn index_u8(index: usize) -> u8 {
    u8::try_from(index).unwrap_or(NOBODY)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(second: i64, id: &str) -> Stamp {
        Stamp(DateTime::from_timestamp(second, 0).unwrap(), LineId::new(id).unwrap())
    }

    #[test]
    fn a_later_line_wins_and_an_equal_time_is_decided_by_the_id() {
        let mut stamps = Stamps::default();
        assert!(stamps.claim(3, &stamp(10, "b")));
        assert!(!stamps.claim(3, &stamp(9, "z")));
        assert!(!stamps.claim(3, &stamp(10, "a")));
        assert!(!stamps.claim(3, &stamp(10, "b")), "the same line again changes nothing");
        assert!(stamps.claim(3, &stamp(10, "c")));
        assert_eq!(stamps.writer(3), Some(&stamp(10, "c")));
    }

    #[test]
    fn writers_that_nobody_refers_to_are_dropped() {
        let mut stamps = Stamps::default();
        for second in 0..1000 {
            stamps.claim(0, &stamp(second, "line"));
            stamps.claim(1, &stamp(second, "line"));
        }
        assert!(stamps.writers.len() <= 2, "{} writers", stamps.writers.len());
    }

    #[test]
    fn a_time_far_ahead_is_ordered_as_now() {
        let now = DateTime::from_timestamp(1_000_000, 0).unwrap();
        assert_eq!(ordered(now + TimeDelta::minutes(5), now), now + TimeDelta::minutes(5));
        assert_eq!(ordered(now + TimeDelta::minutes(6), now), now);
        assert_eq!(ordered(now - TimeDelta::days(900), now), now - TimeDelta::days(900));
    }
}
