//! How long a page offers to snooze.

use chrono::{DateTime, Datelike, Days, NaiveTime, TimeDelta, Utc};

use crate::zone::Zone;

/// When the founder's day begins, for snoozes, in hours after midnight.
const MORNING: u32 = 8;

string_enum! {
    /// How long to snooze, as a page offers it.
    pub enum SnoozeChoice as "time to snooze until" {
        Hour = "1h", "For 1 hour";
        Hours = "4h", "For 4 hours";
        Tomorrow = "tomorrow", "Until tomorrow, 08:00";
        Monday = "monday", "Until Monday, 08:00";
        Change = "change", "Until something changes";
    }
}

impl SnoozeChoice {
    /// When the snooze ends; `None` is "when something changes". Mornings are those of the founder's zone; Monday
    /// is the next one, a week from now on a Monday.
    pub fn until(self, now: DateTime<Utc>, zone: &Zone) -> Option<DateTime<Utc>> {
        let today = zone.local(now).0.date_naive();
        let morning = |days: u32| {
            let day = today.checked_add_days(Days::new(days.into())).unwrap_or(today);
            let time = NaiveTime::from_hms_opt(MORNING, 0, 0).unwrap_or_default();
            zone.moment(day.and_time(time))
        };
        match self {
            Self::Hour => Some(now + TimeDelta::hours(1)),
            Self::Hours => Some(now + TimeDelta::hours(4)),
            Self::Tomorrow => Some(morning(1)),
            Self::Monday => Some(morning(7 - today.weekday().num_days_from_monday())),
            Self::Change => None,
        }
    }
}

/// What a page offers now, each with its time. On a Sunday, Monday is tomorrow and is not offered twice.
pub fn choices(now: DateTime<Utc>, zone: &Zone) -> Vec<(SnoozeChoice, Option<DateTime<Utc>>)> {
    let mut choices: Vec<_> =
        SnoozeChoice::ALL.iter().map(|choice| (*choice, choice.until(now, zone))).collect();
    choices.dedup_by_key(|(_, until)| *until);
    choices
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zone::Offset;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    /// Berlin around the end of its summer time, on Sunday 25 October 2026.
    fn berlin() -> Zone {
        let offset =
            |from: &str, seconds, name: &str| Offset { from: at(from), seconds, name: name.to_owned() };
        let offsets =
            vec![offset("2026-03-29T01:00:00Z", 7200, "CEST"), offset("2026-10-25T01:00:00Z", 3600, "CET")];
        Zone { name: "Europe/Berlin".to_owned(), offsets }
    }

    #[track_caller]
    fn check(now: &str, zone: &Zone, expected: [&str; 4]) {
        let found = SnoozeChoice::ALL.iter().map(|choice| choice.until(at(now), zone));
        assert_eq!(found.collect::<Vec<_>>()[..4], expected.map(|text| Some(at(text))));
    }

    #[test]
    fn mornings_are_the_founders_across_a_change_of_the_clock() {
        // Friday evening: tomorrow is still summer, Monday is not.
        check(
            "2026-10-23T18:00:00Z",
            &berlin(),
            ["2026-10-23T19:00:00Z", "2026-10-23T22:00:00Z", "2026-10-24T06:00:00Z", "2026-10-26T07:00:00Z"],
        );
        // An hour after the founder's midnight of Tuesday: tomorrow is Wednesday.
        check(
            "2026-11-23T23:30:00Z",
            &berlin(),
            ["2026-11-24T00:30:00Z", "2026-11-24T03:30:00Z", "2026-11-25T07:00:00Z", "2026-11-30T07:00:00Z"],
        );
        // On a Monday morning, Monday is that of next week.
        check(
            "2026-11-23T05:00:00Z",
            &Zone::utc(),
            ["2026-11-23T06:00:00Z", "2026-11-23T09:00:00Z", "2026-11-24T08:00:00Z", "2026-11-30T08:00:00Z"],
        );
    }

    #[test]
    fn on_a_sunday_monday_is_offered_once() {
        use SnoozeChoice::{Change, Hour, Hours, Tomorrow};
        let offered: Vec<_> =
            choices(at("2026-11-22T12:00:00Z"), &Zone::utc()).into_iter().map(|(choice, _)| choice).collect();
        assert_eq!(offered, [Hour, Hours, Tomorrow, Change]);
        assert_eq!(choices(at("2026-11-21T12:00:00Z"), &Zone::utc()).len(), 5);
    }

    #[test]
    fn a_time_that_the_clock_skips_is_when_it_would_have_been() {
        let skipped = "2026-03-29T02:30:00".parse().unwrap();
        let zone = Zone {
            offsets: vec![
                Offset { from: at("2025-10-26T01:00:00Z"), seconds: 3600, name: "CET".to_owned() },
                Offset { from: at("2026-03-29T01:00:00Z"), seconds: 7200, name: "CEST".to_owned() },
            ],
            ..berlin()
        };
        assert_eq!(zone.moment(skipped), at("2026-03-29T01:30:00Z"));
        let twice = "2026-10-25T02:30:00".parse().unwrap();
        assert_eq!(berlin().moment(twice), at("2026-10-25T00:30:00Z"), "the first of the two");
    }
}
