//! How durations are spread, in a bounded number of buckets.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Buckets in each doubling of the duration.
const PARTS: u64 = 8;

/// How durations are spread: a count for each of at most 232 buckets. Below 8 ms a bucket is one millisecond; above,
/// each doubling is cut into eight, so that a bucket is at most an eighth as wide as it begins. A quantile is told as
/// the middle of its bucket: at most 1/16 (6.25 %) off.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Latency(BTreeMap<u16, u64>);

impl Latency {
    /// The longest duration that is counted as it is, in milliseconds: 24.8 days.
    pub const MOST: u64 = (1 << 31) - 1;

    /// One duration, in milliseconds.
    pub fn one(ms: u64) -> Self {
        Self(BTreeMap::from([(bucket(ms), 1)]))
    }

    /// Adds the durations of `other`.
    pub fn add(&mut self, other: &Self) {
        for (bucket, n) in &other.0 {
            *self.0.entry(*bucket).or_default() += n;
        }
    }

    /// Takes the durations of `other` out again.
    pub fn sub(&mut self, other: &Self) {
        for (bucket, n) in &other.0 {
            if let Some(known) = self.0.get_mut(bucket) {
                *known = known.saturating_sub(*n);
            }
        }
        self.0.retain(|_, n| *n > 0);
    }

    /// The 95th percentile in milliseconds, by nearest rank: the middle of the bucket of the smallest duration that at
    /// least 19 of 20 do not exceed. Unknown without durations.
    ///
    /// ```
    /// use domain::facts::work::Latency;
    /// let mut spread = Latency::default();
    /// (1..=100).for_each(|ms| spread.add(&Latency::one(ms)));
    /// assert_eq!(spread.p95_ms(), Some(92), "95 lies in the bucket from 88 to 95");
    /// ```
    pub fn p95_ms(&self) -> Option<u64> {
        let total: u64 = self.0.values().sum();
        let mut rest = (total * 19).div_ceil(20);
        for (bucket, n) in &self.0 {
            if *n >= rest {
                let (from, width) = bounds(*bucket);
                return (total > 0).then_some(from + width / 2);
            }
            rest -= n;
        }
        None
    }
}

/// The bucket of a duration.
fn bucket(ms: u64) -> u16 {
    let ms = ms.min(Latency::MOST);
    if ms < PARTS {
        return u16::try_from(ms).unwrap_or(0);
    }
    let doubling = u64::from(ms.ilog2());
    let part = (ms >> (doubling - 3)) - PARTS;
    u16::try_from((doubling - 2) * PARTS + part).unwrap_or(u16::MAX)
}

/// Where a bucket begins, and how wide it is, in milliseconds.
fn bounds(bucket: u16) -> (u64, u64) {
    let bucket = u64::from(bucket);
    if bucket < PARTS {
        return (bucket, 1);
    }
    let shift = (bucket / PARTS - 1).min(31);
    ((PARTS + bucket % PARTS) << shift, 1 << shift)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_duration_lies_in_its_bucket_and_buckets_touch() {
        let mut end = 0;
        for number in 0..bucket(Latency::MOST) {
            let (from, width) = bounds(number);
            assert_eq!(from, end, "bucket {number}");
            end = from + width;
            assert_eq!((bucket(from), bucket(end - 1)), (number, number));
            assert!(from < PARTS || width * PARTS <= from, "bucket {number} is too wide");
        }
        assert_eq!(bucket(u64::MAX), bucket(Latency::MOST));
        assert_eq!(bucket(Latency::MOST), 231);
    }

    #[test]
    fn what_was_added_can_be_taken_out() {
        let mut spread = Latency::one(40);
        spread.add(&Latency::one(900));
        spread.sub(&Latency::one(40));
        assert_eq!(spread, Latency::one(900));
        spread.sub(&Latency::one(900));
        assert_eq!((spread.p95_ms(), spread), (None, Latency::default()));
    }
}
