//! The founder's days, worked out from the time zone of the settings or of the machine.

use chrono::{DateTime, Datelike, Days, Duration, Months, NaiveDate, NaiveTime, Offset as _, TimeZone, Utc};
use chrono_tz::{OffsetName, Tz};
use domain::{
    facts::Period,
    insight::history::{Dates, Periods, Week},
    settings::Settings,
    zone::{Calendar, Offset, Zone},
};

/// How many weeks and how many months the history tells, and one more to compare with.
const WEEKS: u32 = 8 + 1;
const MONTHS: u32 = 6 + 1;

/// How many days the overview looks back at, today included.
const DAYS: u64 = 14;

/// How far back and ahead the offsets of a zone are given, in days.
const ZONE_BACK: i64 = 400;
const ZONE_AHEAD: i64 = 60;

/// The founder's zone: of the settings, else of the machine, else UTC.
pub(crate) fn zone_of(settings: &Settings) -> Tz {
    let machine = || iana_time_zone::get_timezone().ok().and_then(|name| name.parse().ok());
    let chosen = settings.time_zone.as_deref().and_then(|name| name.parse().ok());
    chosen.or_else(machine).unwrap_or(Tz::UTC)
}

/// The last midnights and the last Monday.
pub(crate) fn calendar(zone: Tz, now: DateTime<Utc>) -> Calendar {
    let today = now.with_timezone(&zone).date_naive();
    let back = |days: u64| midnight(zone, today.checked_sub_days(Days::new(days)).unwrap_or(today));
    let monday = today.weekday().num_days_from_monday();
    Calendar { days: (0..DAYS).rev().map(back).collect(), week: back(monday.into()) }
}

/// When the day begins. Where a clock change skips midnight, the first moment after it.
pub(crate) fn midnight(zone: Tz, date: NaiveDate) -> DateTime<Utc> {
    let start = date.and_time(NaiveTime::MIN);
    let quarters = (0..24).map(|quarter| start + Duration::minutes(15 * quarter));
    let mut existing = quarters.filter_map(|local| zone.from_local_datetime(&local).earliest());
    existing.next().map_or_else(|| start.and_utc(), |local| local.to_utc())
}

/// The day of the founder that it is.
pub(crate) fn today(zone: Tz, now: DateTime<Utc>) -> NaiveDate {
    now.with_timezone(&zone).date_naive()
}

/// The founder's days, both included.
pub(crate) fn period(zone: Tz, dates: Dates) -> Period {
    let end = dates.last.succ_opt().unwrap_or(dates.last);
    Period { from: midnight(zone, dates.first), to: midnight(zone, end) }
}

/// The founder's week.
pub(crate) fn week(zone: Tz, week: Week) -> Period {
    Period { from: midnight(zone, week.monday()), to: midnight(zone, week.after().monday()) }
}

/// The periods that the history of those days is made of. The weeks and months that end later than the days are whole
/// all the same.
pub(crate) fn periods(zone: Tz, dates: Dates) -> Periods {
    let span = |first, last| period(zone, Dates { first, last });
    let mut parts = Vec::new();
    let mut first = dates.first;
    while first <= dates.last {
        let last = if dates.by_week() { Week::of(first).after().monday().pred_opt() } else { None };
        let last = last.unwrap_or(first).clamp(first, dates.last);
        parts.push(span(first, last));
        let Some(next) = last.succ_opt() else { break };
        first = next;
    }
    let mut weeks = Vec::new();
    let mut of = Week::of(dates.last);
    for _ in 0..WEEKS {
        weeks.push(week(zone, of));
        of = of.before();
    }
    let month = dates.last.with_day(1).unwrap_or(dates.last);
    let back = |months| month.checked_sub_months(Months::new(months)).unwrap_or(month);
    let months = (0..MONTHS).map(|months| {
        let first = back(months);
        let next = first.checked_add_months(Months::new(1)).unwrap_or(first);
        Period { from: midnight(zone, first), to: midnight(zone, next) }
    });
    let whole = period(zone, dates);
    let before =
        dates.before().map_or(Period { from: whole.from, to: whole.from }, |dates| period(zone, dates));
    Periods { span: whole, before, by_week: dates.by_week(), parts, weeks, months: months.collect() }
}

/// The zone as the browser can use it: the offsets over the span that pages show.
pub(crate) fn zone_table(zone: Tz, now: DateTime<Utc>) -> Zone {
    let mut offsets: Vec<Offset> = Vec::new();
    let mut at = now - Duration::days(ZONE_BACK);
    let end = now + Duration::days(ZONE_AHEAD);
    while at < end {
        let here = offset_at(zone, at);
        if offsets.last().is_none_or(|last| last.seconds != here.seconds || last.name != here.name) {
            offsets.push(Offset { from: first_with(zone, at, &here), ..here });
        }
        at += Duration::days(1);
    }
    Zone { name: zone.name().to_owned(), offsets }
}

fn offset_at(zone: Tz, at: DateTime<Utc>) -> Offset {
    let offset = *at.with_timezone(&zone).offset();
    let name = offset.abbreviation().unwrap_or("local").to_owned();
    Offset { from: at, seconds: offset.fix().local_minus_utc(), name }
}

/// The moment, to the second, within the day before `at`, from which the offset holds.
fn first_with(zone: Tz, at: DateTime<Utc>, offset: &Offset) -> DateTime<Utc> {
    let same = |at| {
        let here = offset_at(zone, at);
        here.seconds == offset.seconds && here.name == offset.name
    };
    let (mut before, mut from) = ((at - Duration::days(1)).timestamp(), at.timestamp());
    while from - before > 1 {
        let middle = before.midpoint(from);
        if DateTime::from_timestamp(middle, 0).is_some_and(same) { from = middle } else { before = middle }
    }
    DateTime::from_timestamp(from, 0).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn days_and_week_begin_at_the_founders_midnight() {
        let calendar = calendar(Tz::America__Los_Angeles, at("2026-11-23T05:00:00Z"));
        assert_eq!(calendar.today(), at("2026-11-22T08:00:00Z"), "still Sunday in California");
        assert_eq!(calendar.week, at("2026-11-16T08:00:00Z"));
        assert_eq!(calendar.days.len(), 14);
    }

    #[test]
    fn a_day_of_23_hours_keeps_its_midnights() {
        let calendar = calendar(Tz::Europe__Berlin, at("2026-03-30T10:00:00Z"));
        let days: Vec<_> = calendar.days.iter().rev().take(3).rev().map(ToString::to_string).collect();
        assert_eq!(days, ["2026-03-27 23:00:00 UTC", "2026-03-28 23:00:00 UTC", "2026-03-29 22:00:00 UTC"]);
    }

    #[test]
    fn a_day_that_has_no_midnight_begins_at_its_first_moment() {
        let day = NaiveDate::from_ymd_opt(2018, 11, 4).unwrap();
        assert_eq!(midnight(Tz::America__Sao_Paulo, day), at("2018-11-04T03:00:00Z"));
    }

    #[test]
    fn weeks_and_days_of_the_history_begin_at_midnight_across_a_change_of_the_clock() {
        let date = |text: &str| text.parse::<NaiveDate>().unwrap();
        let zone = Tz::Europe__Berlin;
        let dates = Dates { first: date("2026-10-24"), last: date("2026-10-26") };
        let periods = periods(zone, dates);
        let hours: Vec<_> = periods.parts.iter().map(|part| (part.to - part.from).num_hours()).collect();
        assert_eq!(hours, [24, 25, 24]);
        assert_eq!(periods.parts[1].from, at("2026-10-24T22:00:00Z"));
        assert_eq!((periods.before.to, periods.before.from), (periods.span.from, at("2026-10-20T22:00:00Z")));
        assert_eq!(periods.weeks[0].from, at("2026-10-25T23:00:00Z"), "the 26th is a Monday");
        assert_eq!((periods.weeks[1].to - periods.weeks[1].from).num_hours(), 7 * 24 + 1);
        assert_eq!(periods.months[0].from, at("2026-09-30T22:00:00Z"));
        assert_eq!((periods.weeks.len(), periods.months.len()), (9, 7));
    }

    #[test]
    fn a_long_span_is_told_by_weeks_cut_at_its_ends() {
        let date = |text: &str| text.parse::<NaiveDate>().unwrap();
        let dates = Dates { first: date("2026-01-01"), last: date("2026-06-30") };
        let periods = periods(Tz::UTC, dates);
        assert!(periods.by_week);
        let ends = (periods.parts[0], periods.parts[1], periods.parts[periods.parts.len() - 1]);
        assert_eq!((ends.0.from, ends.0.to), (at("2026-01-01T00:00:00Z"), at("2026-01-05T00:00:00Z")));
        assert_eq!(ends.1.to, at("2026-01-12T00:00:00Z"));
        assert_eq!((ends.2.from, ends.2.to), (at("2026-06-29T00:00:00Z"), at("2026-07-01T00:00:00Z")));
        assert!(periods.parts.windows(2).all(|pair| pair[0].to == pair[1].from), "no gap and no overlap");
    }

    #[test]
    fn the_browser_gets_the_moment_at_which_the_clock_changes() {
        let zone = zone_table(Tz::Europe__Berlin, at("2026-11-22T00:00:00Z"));
        let (local, name) = zone.local(at("2026-10-25T00:59:59Z"));
        assert_eq!((local.to_rfc3339().as_str(), name), ("2026-10-25T02:59:59+02:00", "CEST"));
        let (local, name) = zone.local(at("2026-10-25T01:00:00Z"));
        assert_eq!((local.to_rfc3339().as_str(), name), ("2026-10-25T02:00:00+01:00", "CET"));
    }
}
