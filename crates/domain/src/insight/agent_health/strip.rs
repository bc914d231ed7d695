//! The last 24 hours in half hours.

use chrono::{DateTime, TimeDelta, Utc};

use super::HOURS;
use crate::facts::work::{SLOT_SECONDS, WorkSlot, slot};

/// How many half hours a strip has.
pub const SLOTS: usize = 48;

/// When the first half hour of the strip begins; the last one holds now.
pub fn strip_start(now: DateTime<Utc>) -> DateTime<Utc> {
    slot(now) + TimeDelta::seconds(SLOT_SECONDS) - TimeDelta::hours(HOURS)
}

/// A letter for each half hour, the oldest first: `o` worked, `w` some of it failed, `d` all of it failed, `n` nothing
/// was told. `ok` and `bad` are moments of which only that is known.
pub(super) fn strip(
    slots: &[(DateTime<Utc>, WorkSlot)],
    ok: Option<DateTime<Utc>>,
    bad: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> String {
    let mut sums = sums(slots, strip_start(now));
    for (at, failures) in [(ok, 0), (bad, 1)] {
        // Where we counted ourselves, the moment is among it already.
        let counted = |at: DateTime<Utc>| slots.iter().any(|(known, _)| *known == slot(at));
        if let Some(at) = at.filter(|at| !counted(*at) && *at <= now) {
            note(&mut sums, strip_start(now), at, (1, failures));
        }
    }
    letters(&sums)
}

/// The same of the 24 hours from `since` on, as counted alone.
pub(super) fn strip_of(slots: &[(DateTime<Utc>, WorkSlot)], since: DateTime<Utc>) -> String {
    letters(&sums(slots, since))
}

/// Calls and failures of each half hour.
type Sums = [(u64, u64); SLOTS];

fn sums(slots: &[(DateTime<Utc>, WorkSlot)], start: DateTime<Utc>) -> Sums {
    let mut sums = [(0, 0); SLOTS];
    for (at, slot) in slots {
        note(&mut sums, start, *at, (slot.calls.max(slot.failures), slot.failures));
    }
    sums
}

fn note(sums: &mut Sums, start: DateTime<Utc>, at: DateTime<Utc>, more: (u64, u64)) {
    let place = usize::try_from((at - start).num_seconds().div_euclid(SLOT_SECONDS)).ok();
    if let Some(sum) = place.and_then(|place| sums.get_mut(place)) {
        *sum = (sum.0 + more.0, sum.1 + more.1);
    }
}

fn letters(sums: &Sums) -> String {
    let letter = |(calls, failures): &(u64, u64)| match (*calls, *failures) {
        (0, 0) => 'n',
        (_, 0) => 'o',
        (calls, failures) if failures >= calls => 'd',
        _ => 'w',
    };
    sums.iter().map(letter).collect()
}
