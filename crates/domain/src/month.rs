//! Months of UTC, by which the ledger is cut into parts.

use std::{fmt, str::FromStr};

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Utc};

/// A month of UTC; in text `2026-10`. They are in the order of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(i32);

impl Month {
    /// The month of that moment.
    pub fn of(at: DateTime<Utc>) -> Self {
        Self(at.year() * 12 + at.month0().cast_signed())
    }

    /// The month of that number: twelve a year, from January of the year 0 on.
    pub const fn of_number(number: i32) -> Self {
        Self(number)
    }

    /// Its number.
    pub const fn number(self) -> i32 {
        self.0
    }

    /// Its first moment.
    pub fn begin(self) -> DateTime<Utc> {
        let month = self.0.rem_euclid(12).cast_unsigned() + 1;
        let out = if self.0 < 0 { NaiveDate::MIN } else { NaiveDate::MAX };
        let date = NaiveDate::from_ymd_opt(self.0.div_euclid(12), month, 1).unwrap_or(out);
        date.and_time(NaiveTime::MIN).and_utc()
    }

    /// The month after it.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0.div_euclid(12), self.0.rem_euclid(12) + 1)
    }
}

impl FromStr for Month {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts =
            text.rsplit_once('-').and_then(|(year, month)| Some((year.parse().ok()?, month.parse().ok()?)));
        let date = parts.and_then(|(year, month)| NaiveDate::from_ymd_opt(year, month, 1));
        let month = date.map(|date| Self::of(date.and_time(NaiveTime::MIN).and_utc()));
        month.filter(|month| month.to_string() == text).ok_or("write a month (2026-10)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(at: &str, text: &str, begin: &str) {
        let month = Month::of(at.parse().unwrap());
        assert_eq!((month.to_string().as_str(), text.parse()), (text, Ok(month)));
        assert_eq!(month.begin(), begin.parse::<DateTime<Utc>>().unwrap());
        assert!(month.next().begin() > at.parse::<DateTime<Utc>>().unwrap());
    }

    #[test]
    fn every_moment_has_a_month() {
        check("2026-10-31T23:59:59.999999Z", "2026-10", "2026-10-01T00:00:00Z");
        check("2026-12-01T00:00:00Z", "2026-12", "2026-12-01T00:00:00Z");
        check("0001-01-01T00:00:00Z", "0001-01", "0001-01-01T00:00:00Z");
        check("1969-12-31T23:59:59.5Z", "1969-12", "1969-12-01T00:00:00Z");
    }

    #[test]
    fn what_is_no_month_is_refused() {
        for text in ["", "2026", "2026-13", "2026-1", "26-10", "2026-10-01", "fresh"] {
            assert!(text.parse::<Month>().is_err(), "{text}");
        }
    }
}
