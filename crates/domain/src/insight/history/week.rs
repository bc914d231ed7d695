//! A week by its number: `2026-W47`, as ISO 8601 counts them.

use std::{fmt, str::FromStr};

use chrono::{Datelike, NaiveDate, Weekday};

/// A week from Monday to Sunday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Week(NaiveDate);

impl Week {
    /// The week that holds the date.
    pub fn of(date: NaiveDate) -> Self {
        Self(date.week(Weekday::Mon).first_day())
    }

    /// Its Monday.
    pub fn monday(self) -> NaiveDate {
        self.0
    }

    /// The week before it.
    #[must_use]
    pub fn before(self) -> Self {
        Self(self.0.checked_sub_days(chrono::Days::new(7)).unwrap_or(self.0))
    }

    /// The week after it.
    #[must_use]
    pub fn after(self) -> Self {
        Self(self.0.checked_add_days(chrono::Days::new(7)).unwrap_or(self.0))
    }
}

impl fmt::Display for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let week = self.0.iso_week();
        write!(f, "{:04}-W{:02}", week.year(), week.week())
    }
}

impl FromStr for Week {
    type Err = &'static str;

    /// ```
    /// use domain::insight::history::Week;
    /// let week: Week = "2026-W47".parse().unwrap();
    /// assert_eq!(week.monday().to_string(), "2026-11-16");
    /// assert_eq!(week.to_string(), "2026-W47");
    /// assert!("2026-W54".parse::<Week>().is_err());
    /// ```
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let known = || {
            let (year, week) = text.split_once("-W")?;
            let year = year.parse().ok().filter(|year| (1970..=9999).contains(year))?;
            let monday = NaiveDate::from_isoywd_opt(year, week.parse().ok()?, Weekday::Mon);
            monday.filter(|_| week.len() == 2).map(Self)
        };
        known().ok_or("write a week as ISO 8601 does: 2026-W47")
    }
}
