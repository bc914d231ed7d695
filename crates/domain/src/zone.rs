//! The founder's time zone as both sides can use it. The server knows the zone data; the browser gets the few
//! offsets that a page can show, so the wasm carries none.

use chrono::{DateTime, FixedOffset, NaiveDateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// An offset that holds from a moment on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Offset {
    /// From when it holds.
    #[serde(with = "chrono::serde::ts_seconds")]
    #[cfg_attr(feature = "schema", schema(value_type = i64))]
    pub from: DateTime<Utc>,
    /// Seconds east of UTC.
    pub seconds: i32,
    /// Its short name: `PDT`.
    pub name: String,
}

/// A time zone: its IANA name and its offsets over the span that is shown, the earliest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Zone {
    /// The IANA name: `America/Los_Angeles`.
    pub name: String,
    /// The offsets, the earliest first. Empty is UTC.
    pub offsets: Vec<Offset>,
}

impl Zone {
    /// UTC.
    pub fn utc() -> Self {
        Self { name: "UTC".to_owned(), offsets: Vec::new() }
    }

    /// The time as the founder's clock shows it, and the zone's short name at that time.
    pub fn local(&self, at: DateTime<Utc>) -> (DateTime<FixedOffset>, &str) {
        let offset =
            self.offsets.iter().rev().find(|offset| offset.from <= at).or_else(|| self.offsets.first());
        let seconds = offset.map_or(0, |offset| offset.seconds);
        let fixed = FixedOffset::east_opt(seconds).unwrap_or_else(|| chrono::Offset::fix(&Utc));
        (at.with_timezone(&fixed), offset.map_or("UTC", |offset| &offset.name))
    }

    /// Whether the offsets tell of that time; before the earliest one they do not.
    pub fn tells_of(&self, local: NaiveDateTime) -> bool {
        self.offsets.first().is_none_or(|first| first.from + TimeDelta::days(1) <= local.and_utc())
    }

    /// When the founder's clock shows that time: the first time that it does, and where it never does (the clock
    /// skips it), when it would have shown it without the change.
    pub fn moment(&self, local: NaiveDateTime) -> DateTime<Utc> {
        let with = |seconds: i32| (local - TimeDelta::seconds(seconds.into())).and_utc();
        let mut moments: Vec<_> = self.offsets.iter().map(|offset| with(offset.seconds)).collect();
        moments.sort_unstable();
        let shows = |at: &DateTime<Utc>| self.local(*at).0.naive_local() == local;
        let first = moments.iter().copied().find(shows);
        first.or(moments.last().copied()).unwrap_or_else(|| local.and_utc())
    }
}

/// Where the founder's days and week begin, worked out by the server from the founder's time zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Calendar {
    /// The last midnights, the earliest first; the last one began today.
    pub days: Vec<DateTime<Utc>>,
    /// The midnight that began this week's Monday.
    pub week: DateTime<Utc>,
}

impl Calendar {
    /// When today began.
    pub fn today(&self) -> DateTime<Utc> {
        self.days.last().copied().unwrap_or(self.week)
    }
}
