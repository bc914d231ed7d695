//! When tasks come up: more by day than by night, fewer at weekends, a little more every week.

use chrono::{DateTime, Datelike, TimeDelta, Timelike, Utc, Weekday};

use crate::rng::Rng;

/// How busy each hour of the day is, beside the others.
const HOURS: [f64; 24] = [
    0.35, 0.3, 0.3, 0.3, 0.35, 0.5, 0.8, 1.1, 1.4, 1.7, 1.8, 1.6, 1.0, 1.3, 1.7, 1.7, 1.5, 1.2, 0.9, 0.8,
    0.9, 0.8, 0.6, 0.45,
];

/// What is left of a day's work on Saturdays and Sundays.
const WEEKEND: f64 = 0.45;

/// How much less was done at the beginning than at the end.
const GROWTH: f64 = 0.35;

/// The moments at which tasks come up, in order, without a list of them.
pub(crate) struct Moments {
    from: DateTime<Utc>,
    hours: Vec<f64>,
    total: f64,
    count: usize,
    made: usize,
    hour: usize,
    before: f64,
    rng: Rng,
}

impl Moments {
    /// So many moments from `from` to `to`.
    pub(crate) fn new(from: DateTime<Utc>, to: DateTime<Utc>, count: usize, seed: u64) -> Self {
        let span = usize::try_from((to - from).num_minutes().max(1)).unwrap_or(1);
        let hours: Vec<f64> = (0..span.div_ceil(60))
            .map(|hour| {
                let part = (span - hour * 60).min(60);
                let at = from + TimeDelta::hours(i64::try_from(hour).unwrap_or(0));
                weight(at) * share(part, 60) * (1.0 - GROWTH * (1.0 - share(hour * 60, span)))
            })
            .collect();
        let total = hours.iter().sum();
        Self { from, hours, total, count, made: 0, hour: 0, before: 0.0, rng: Rng::of(seed, u64::MAX) }
    }
}

impl Iterator for Moments {
    type Item = DateTime<Utc>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.made >= self.count {
            return None;
        }
        let place = (share(self.made, self.count) + self.rng.unit() * share(1, self.count)) * self.total;
        self.made += 1;
        while self.hour + 1 < self.hours.len() && self.before + self.hours[self.hour] < place {
            self.before += self.hours[self.hour];
            self.hour += 1;
        }
        let within = ((place - self.before) / self.hours[self.hour]).clamp(0.0, 0.999);
        let start = self.from + TimeDelta::hours(i64::try_from(self.hour).unwrap_or(0));
        Some(start + seconds(within * 3600.0))
    }
}

/// Whether it is the founder's day.
pub(crate) fn is_day(at: DateTime<Utc>) -> bool {
    (7..21).contains(&at.hour())
}

/// So many seconds, to the millisecond.
#[expect(clippy::cast_possible_truncation, reason = "spans of weeks, in milliseconds")]
pub(crate) fn seconds(seconds: f64) -> TimeDelta {
    TimeDelta::milliseconds((seconds * 1000.0) as i64)
}

fn weight(at: DateTime<Utc>) -> f64 {
    let weekend = matches!(at.weekday(), Weekday::Sat | Weekday::Sun);
    HOURS[at.hour() as usize % 24] * if weekend { WEEKEND } else { 1.0 }
}

#[expect(clippy::cast_precision_loss, reason = "counts far below 2^52")]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_come_in_order_within_their_span_and_mostly_by_day() {
        let to: DateTime<Utc> = "2026-03-12T10:24:00Z".parse().unwrap();
        let from = to - TimeDelta::days(63);
        let moments: Vec<_> = Moments::new(from, to, 5000, 1).collect();
        assert_eq!(moments.len(), 5000);
        assert!(moments.is_sorted());
        assert!(moments.iter().all(|at| (from..to).contains(at)));
        let by_day = moments.iter().filter(|at| is_day(**at)).count();
        assert!((3500..4500).contains(&by_day), "{by_day}");
        let weekend = moments.iter().filter(|at| matches!(at.weekday(), Weekday::Sat | Weekday::Sun)).count();
        assert!((550..900).contains(&weekend), "{weekend}");
    }
}
