//! The question: which span, which product; and its text in a URL.

use chrono::{Days, Months, NaiveDate};

use crate::{id::ProductId, query::QueryError};

/// The longest span that is answered, in days: two years.
pub const MAX_DAYS: u64 = 731;

/// From so many days on, weeks are charted in place of days.
const WEEKS_FROM: u64 = 100;

string_enum! {
    /// A span that ends today.
    pub enum LastSpan as "range" {
        Week = "7d", "7 days";
        Month = "30d", "30 days";
        Quarter = "90d", "90 days";
        Year = "12m", "12 months";
    }
}

/// Which span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Range {
    /// One that ends today.
    Last(LastSpan),
    /// From one of the founder's days to another, both included. One without an end goes to today, one without a
    /// beginning is 30 days long.
    Custom(Option<NaiveDate>, Option<NaiveDate>),
}

/// A question for the history: `range=90d&product=prod_1`, or `from=2026-09-01&to=2026-09-30`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryQuery {
    /// Which span.
    pub range: Range,
    /// Of which product; `None` is all.
    pub product: Option<ProductId>,
}

/// The founder's days that a span stands for, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dates {
    /// The first day.
    pub first: NaiveDate,
    /// The last day.
    pub last: NaiveDate,
}

impl Dates {
    /// How many days.
    pub fn days(self) -> u64 {
        u64::try_from((self.last - self.first).num_days()).unwrap_or(0) + 1
    }

    /// Whether weeks are charted in place of days.
    pub fn by_week(self) -> bool {
        self.days() >= WEEKS_FROM
    }

    /// As many days before them.
    pub fn before(self) -> Option<Self> {
        let last = self.first.checked_sub_days(Days::new(1))?;
        Some(Self { first: self.first.checked_sub_days(Days::new(self.days()))?, last })
    }
}

impl Default for HistoryQuery {
    fn default() -> Self {
        Self { range: Range::Last(LastSpan::Month), product: None }
    }
}

impl HistoryQuery {
    /// Reads the text behind the `?`. A form sends empty fields, too: they say nothing. `from` and `to` go before `range`.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        let mut query = Self::default();
        let (mut from, mut to) = (None, None);
        for (key, value) in form_urlencoded::parse(text.as_bytes()).filter(|(_, value)| !value.is_empty()) {
            match &*key {
                "range" => {
                    let range: Result<LastSpan, crate::UnknownValue> = value.parse();
                    query.range = Range::Last(range.map_err(|reason| error(&key, reason.to_string()))?);
                }
                "product" => {
                    query.product = Some(
                        value.parse().map_err(|reason: crate::id::BadId| error(&key, reason.to_string()))?,
                    );
                }
                "from" => from = Some(date(&key, &value)?),
                "to" => to = Some(date(&key, &value)?),
                _ => return Err(error(&key, "no such parameter; use range, product, from, to".to_owned())),
            }
        }
        if from.is_some() || to.is_some() {
            query.range = Range::Custom(from, to);
        }
        Ok(query)
    }

    /// The text behind the `?`; what is at its default is left out.
    pub fn text(&self) -> String {
        let mut out = form_urlencoded::Serializer::new(String::new());
        match self.range {
            Range::Last(LastSpan::Month) => {}
            Range::Last(span) => drop(out.append_pair("range", span.as_str())),
            Range::Custom(from, to) => {
                for (key, date) in [("from", from), ("to", to)] {
                    if let Some(date) = date {
                        out.append_pair(key, &date.to_string());
                    }
                }
            }
        }
        if let Some(product) = &self.product {
            out.append_pair("product", product.as_str());
        }
        out.finish()
    }

    /// The founder's days that are asked for. Days that are still to come are left out.
    pub fn dates(&self, today: NaiveDate) -> Result<Dates, QueryError> {
        let back = |last: NaiveDate, days: u64| last.checked_sub_days(Days::new(days - 1)).unwrap_or(last);
        let (first, last) = match self.range {
            Range::Last(LastSpan::Week) => (back(today, 7), today),
            Range::Last(LastSpan::Month) => (back(today, 30), today),
            Range::Last(LastSpan::Quarter) => (back(today, 90), today),
            Range::Last(LastSpan::Year) => {
                let first = today.checked_sub_months(Months::new(12)).and_then(|date| date.succ_opt());
                (first.unwrap_or(today), today)
            }
            Range::Custom(from, to) => {
                let last = to.unwrap_or(today).min(today);
                (from.unwrap_or_else(|| back(last, 30)), last)
            }
        };
        if first > today {
            return Err(error("from", "this day is still to come".to_owned()));
        }
        if first > last {
            return Err(error("from", "must not be after `to`".to_owned()));
        }
        let dates = Dates { first, last };
        if dates.days() > MAX_DAYS {
            return Err(error("from", format!("at most {MAX_DAYS} days at once")));
        }
        Ok(dates)
    }
}

fn date(field: &str, text: &str) -> Result<NaiveDate, QueryError> {
    text.parse().map_err(|_| error(field, "write a date: 2026-11-22".to_owned()))
}

fn error(field: &str, reason: String) -> QueryError {
    QueryError { field: field.chars().take(40).collect(), reason }
}
