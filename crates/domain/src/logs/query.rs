//! The text of a question for a log in a URL: `level=error,warn&q=disk&page=2`.

use std::collections::BTreeSet;

use super::{LogQuery, MAX_LINES, Place};
use crate::query::QueryError;

/// The keys, in the order of the docs.
pub const LOG_KEYS: &[&str] = &["level", "q", "line", "page", "perPage"];

/// Lines a page, where nobody says how many.
pub const PER_PAGE: usize = 200;

/// The longest text that is looked for, in characters.
pub const MAX_Q: usize = 200;

impl LogQuery {
    /// Reads the text behind the `?`: only lines that have `q` are asked for. An unknown key is an error.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        let mut query = Self { only_matches: true, per_page: PER_PAGE, ..Self::default() };
        for (key, value) in form_urlencoded::parse(text.as_bytes()) {
            let error = |reason: String| QueryError { field: key.chars().take(40).collect(), reason };
            let number = |most: u64| {
                let value = value.parse().ok().filter(|value| (1..=most).contains(value));
                value.ok_or_else(|| error(format!("a whole number from 1 to {most}")))
            };
            match key.as_ref() {
                "q" => query.q = value.chars().take(MAX_Q).collect(),
                "level" => {
                    let levels = value.split(',').filter(|level| !level.is_empty()).map(str::parse);
                    query.levels = levels
                        .collect::<Result<BTreeSet<_>, crate::UnknownValue>>()
                        .map_err(|unknown| error(unknown.to_string()))?;
                }
                "line" => query.place = Place::Line(number(u64::MAX)?),
                "page" => {
                    let page = number(u32::MAX.into())?;
                    query.place = Place::Page(u32::try_from(page).unwrap_or(u32::MAX));
                }
                "perPage" => query.per_page = usize::try_from(number(MAX_LINES as u64)?).unwrap_or(MAX_LINES),
                _ => return Err(error(format!("no such parameter; use {}", LOG_KEYS.join(", ")))),
            }
        }
        Ok(query)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::EventLevel;

    #[test]
    fn a_question_is_read_and_what_is_wrong_is_named() {
        let query = LogQuery::parse("level=warn,error&q=disk&line=7&perPage=50").unwrap();
        assert_eq!(query.levels, BTreeSet::from([EventLevel::Error, EventLevel::Warn]));
        assert_eq!((query.place, query.per_page, query.only_matches), (Place::Line(7), 50, true));
        for (text, field) in
            [("level=bad", "level"), ("page=0", "page"), ("perPage=1001", "perPage"), ("x=1", "x")]
        {
            assert_eq!(LogQuery::parse(text).unwrap_err().field, field, "{text}");
        }
    }
}
