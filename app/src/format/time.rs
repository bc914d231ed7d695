//! Moments and spans. Written by hand: the formatting machinery of `chrono` would weigh in the client.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Timelike, Utc};
use domain::zone::Zone;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/// Beyond this a relative time says less than the day.
const RELATIVE_DAYS: i64 = 60;

fn month(date: &impl Datelike) -> &'static str {
    MONTHS.get(date.month0() as usize).copied().unwrap_or("?")
}

/// `25 May 2026, 09:42:18 PDT · 16:42:18 UTC`
pub fn absolute(at: DateTime<Utc>, zone: &Zone) -> String {
    let (local, name) = zone.local(at);
    let seconds = |time: &dyn Fn() -> (u32, u32, u32)| {
        let (h, m, s) = time();
        format!("{h:02}:{m:02}:{s:02}")
    };
    let here = seconds(&|| (local.hour(), local.minute(), local.second()));
    let day = format!("{} {} {}, {here} {name}", local.day(), month(&local), local.year());
    if name == "UTC" {
        return day;
    }
    format!("{day} · {} UTC", seconds(&|| (at.hour(), at.minute(), at.second())))
}

/// `09:42`, as the founder's clock shows it.
pub fn clock(at: DateTime<Utc>, zone: &Zone) -> String {
    let (local, _) = zone.local(at);
    format!("{:02}:{:02}", local.hour(), local.minute())
}

/// `09:42:18`, as the founder's clock shows it.
pub fn seconds(at: DateTime<Utc>, zone: &Zone) -> String {
    format!("{}:{:02}", clock(at, zone), at.second())
}

/// `Mon 25 May, 09:42`
pub fn day_clock(at: DateTime<Utc>, zone: &Zone) -> String {
    let (local, _) = zone.local(at);
    format!("{} {} {}, {}", local.weekday(), local.day(), month(&local), clock(at, zone))
}

/// `25 May 2026`
pub fn day(date: NaiveDate) -> String {
    format!("{} {} {}", date.day(), month(&date), date.year())
}

/// How long ago: `now`, `12s ago`, `1h 12m ago`; after 60 days the day, `25 Mar`.
pub fn ago(at: DateTime<Utc>, now: DateTime<Utc>, zone: &Zone) -> String {
    let passed = now - at;
    if passed >= TimeDelta::days(RELATIVE_DAYS) {
        let (then, today) = (zone.local(at).0, zone.local(now).0);
        let day = format!("{} {}", then.day(), month(&then));
        return if then.year() == today.year() { day } else { format!("{day} {}", then.year()) };
    }
    match elapsed(passed) {
        now if now == "now" => now,
        span => format!("{span} ago"),
    }
}

/// How far ahead: `now`, `in 18m`.
pub fn ahead(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    match elapsed(at - now) {
        now if now == "now" => now,
        span => format!("in {span}"),
    }
}

/// A span in two units at most: `now`, `12s`, `4m`, `1h 12m`, `2d 3h`, `34d`. What lies ahead is `now`.
pub fn elapsed(span: TimeDelta) -> String {
    let seconds = span.num_seconds();
    let two = |large: i64, l: &str, small: i64, s: &str| {
        if small == 0 { format!("{large}{l}") } else { format!("{large}{l} {small}{s}") }
    };
    match seconds {
        ..5 => "now".to_owned(),
        5..60 => format!("{seconds}s"),
        60..3_600 => format!("{}m", seconds / 60),
        3_600..86_400 => two(seconds / 3_600, "h", seconds % 3_600 / 60, "m"),
        86_400..864_000 => two(seconds / 86_400, "d", seconds % 86_400 / 3_600, "h"),
        _ => format!("{}d", seconds / 86_400),
    }
}

/// How long something took: `0.4 s`, `42s`, `8m 04s`, `1h 41m`, `2d 3h`.
pub fn duration(ms: u64) -> String {
    let seconds = ms / 1_000;
    match seconds {
        0..10 => format!("{}.{} s", seconds, ms % 1_000 / 100),
        10..60 => format!("{seconds}s"),
        60..3_600 => format!("{}m {:02}s", seconds / 60, seconds % 60),
        3_600..86_400 => format!("{}h {:02}m", seconds / 3_600, seconds % 3_600 / 60),
        _ => format!("{}d {}h", seconds / 86_400, seconds % 86_400 / 3_600),
    }
}

/// How long an answer or a call took: `38 ms`, `1.9 s`, `48s`.
pub fn latency(ms: u64) -> String {
    if ms < 1_000 { format!("{ms} ms") } else { duration(ms) }
}

/// The same of a mean, to the nearest millisecond.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative, and saturates")]
pub fn mean_latency(ms: f64) -> String {
    latency(ms.round().max(0.0) as u64)
}

/// An estimate, no finer than a minute: `under 1m`, `about 12m`, `about 1h 10m`.
pub fn about(ms: u64) -> String {
    let ms = i64::try_from(ms).unwrap_or(i64::MAX);
    match TimeDelta::try_milliseconds(ms) {
        Some(span) if span >= TimeDelta::minutes(1) => format!("about {}", elapsed(span)),
        _ => "under 1m".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use domain::zone::Offset;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn pacific() -> Zone {
        let offset = Offset { from: at("2026-03-08T10:00:00Z"), seconds: -7 * 3_600, name: "PDT".to_owned() };
        Zone { name: "America/Los_Angeles".to_owned(), offsets: vec![offset] }
    }

    #[test]
    fn a_moment_is_told_in_the_founders_time_and_in_utc() {
        let moment = at("2026-05-25T16:42:18Z");
        assert_eq!(absolute(moment, &pacific()), "25 May 2026, 09:42:18 PDT · 16:42:18 UTC");
        assert_eq!(absolute(moment, &Zone::utc()), "25 May 2026, 16:42:18 UTC");
        assert_eq!(day_clock(moment, &pacific()), "Mon 25 May, 09:42");
    }

    #[test]
    fn spans_have_two_units_at_most() {
        let spans = [-9, 0, 4, 12, 61, 240, 4_320, 7_200, 183_600, 172_800, 2_937_600];
        let texts = spans.map(|seconds| elapsed(TimeDelta::seconds(seconds)));
        assert_eq!(texts, ["now", "now", "now", "12s", "1m", "4m", "1h 12m", "2h", "2d 3h", "2d", "34d"]);
    }

    #[test]
    fn after_sixty_days_the_day_is_told() {
        let now = at("2026-05-25T16:42:18Z");
        assert_eq!(ago(at("2026-05-25T16:42:06Z"), now, &pacific()), "12s ago");
        assert_eq!(ago(at("2026-03-26T05:00:00Z"), now, &pacific()), "25 Mar");
        assert_eq!(ago(at("2025-03-26T12:00:00Z"), now, &pacific()), "26 Mar 2025");
        assert_eq!(ago(now, now, &pacific()), "now");
        assert_eq!(ahead(at("2026-05-25T17:00:18Z"), now), "in 18m");
    }

    #[test]
    fn durations_keep_their_width() {
        let texts = [0, 449, 9_999, 42_000, 484_000, 6_060_000, 183_600_000].map(duration);
        assert_eq!(texts, ["0.0 s", "0.4 s", "9.9 s", "42s", "8m 04s", "1h 41m", "2d 3h"]);
    }

    #[test]
    fn a_call_is_told_in_seconds_from_one_second_on() {
        assert_eq!([0, 38, 999, 1_900, 13_678].map(latency), ["0 ms", "38 ms", "999 ms", "1.9 s", "13s"]);
        assert_eq!([-0.2, 37.6, 999.6].map(mean_latency), ["0 ms", "38 ms", "1.0 s"]);
    }

    #[test]
    fn estimates_are_no_finer_than_a_minute() {
        assert_eq!([59_000, 720_000, 4_200_000].map(about), ["under 1m", "about 12m", "about 1h 10m"]);
    }
}
