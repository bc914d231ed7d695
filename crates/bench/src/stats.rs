//! What many times come to.

use std::time::Duration;

/// Times, sorted.
pub(crate) struct Times(Vec<Duration>);

impl Times {
    /// Those times, in any order.
    pub(crate) fn of(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        Self(times)
    }

    /// The time that half of them do not exceed, in milliseconds.
    pub(crate) fn median(&self) -> f64 {
        self.percentile(50)
    }

    /// The time that so many percent of them do not exceed (nearest rank), in milliseconds; 0 where there are none.
    pub(crate) fn percentile(&self, percent: usize) -> f64 {
        let rank = (self.0.len() * percent).div_ceil(100).max(1);
        self.0.get(rank - 1).map_or(0.0, |time| time.as_secs_f64() * 1e3)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(milliseconds: impl Iterator<Item = u64>) -> Times {
        Times::of(milliseconds.map(Duration::from_millis).collect())
    }

    #[test]
    fn percentiles_are_of_the_nearest_rank() {
        let hundred = times((1..=100).rev());
        for (percent, expected) in [(50, 50.0), (95, 95.0), (100, 100.0), (0, 1.0)] {
            assert!((hundred.percentile(percent) - expected).abs() < 1e-9, "{percent}");
        }
        assert!((times([7, 3, 5].into_iter()).median() - 5.0).abs() < 1e-9);
    }

    #[test]
    fn no_times_are_no_time() {
        assert!(times(std::iter::empty()).median().abs() < 1e-9);
    }
}
