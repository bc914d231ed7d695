//! The text of a question in a URL: `status=failed,blocked&sort=-durationMs&page=2`. Several values of one key are
//! joined by commas; a comma inside a value is written `%2C` twice over, so that any id can be asked for.

use std::{collections::BTreeSet, fmt::Display, str::FromStr};

use super::{Direction, MAX_PER_PAGE, SearchIn, Sort, SortKey, TaskQuery};

/// The longest search text, in characters.
const MAX_Q: usize = 200;

/// Why a question was not understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {reason}")]
pub struct QueryError {
    /// The key that is wrong.
    pub field: String,
    /// What is wrong with its value, and what to write instead.
    pub reason: String,
}

impl TaskQuery {
    /// Reads the text behind the `?`. An unknown key is an error: a filter that is silently ignored shows the
    /// wrong rows.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        let mut query = Self::default();
        for (key, value) in form_urlencoded::parse(text.as_bytes()) {
            let (field, value) = (key.as_ref(), value.as_ref());
            let filter = &mut query.filter;
            match field {
                "q" => filter.q = value.chars().take(MAX_Q).collect(),
                "in" => filter.search_in = optional(field, value)?.unwrap_or_default(),
                "status" => many(field, value, &mut filter.status)?,
                "product" => many(field, value, &mut filter.product)?,
                "priority" => many(field, value, &mut filter.priority)?,
                "type" => many(field, value, &mut filter.task_type)?,
                "source" => many(field, value, &mut filter.source)?,
                "agent" => many(field, value, &mut filter.agent)?,
                "from" => filter.from = optional(field, value)?,
                "to" => filter.to = optional(field, value)?,
                "endedFrom" => filter.ended_from = optional(field, value)?,
                "endedTo" => filter.ended_to = optional(field, value)?,
                "sort" => {
                    for text in values(value) {
                        let sort = sort(field, &text)?;
                        // The same key again cannot break a tie.
                        if !query.sort.iter().any(|known| known.key == sort.key) {
                            query.sort.push(sort);
                        }
                    }
                }
                "page" => query.page.page = number(field, value, u32::MAX)?,
                "perPage" => query.page.per_page = number(field, value, MAX_PER_PAGE)?,
                _ => return Err(error(field, format!("no such filter; use {}", KEYS.join(", ")))),
            }
        }
        Ok(query)
    }

    /// The text behind the `?`, in the order of [`KEYS`]; what is at its default is left out.
    pub fn text(&self) -> String {
        let (filter, page) = (&self.filter, Self::default().page);
        let mut out = form_urlencoded::Serializer::new(String::new());
        let mut put = |key: &str, value: String| {
            if !value.is_empty() {
                out.append_pair(key, &value);
            }
        };
        put("q", filter.q.clone());
        if filter.search_in != SearchIn::default() {
            put("in", filter.search_in.to_string());
        }
        put("status", join(&filter.status));
        put("product", join(&filter.product));
        put("priority", join(&filter.priority));
        put("type", join(&filter.task_type));
        put("source", join(&filter.source));
        put("agent", join(&filter.agent));
        put("from", filter.from.map(|bound| bound.to_string()).unwrap_or_default());
        put("to", filter.to.map(|bound| bound.to_string()).unwrap_or_default());
        put("endedFrom", filter.ended_from.map(|bound| bound.to_string()).unwrap_or_default());
        put("endedTo", filter.ended_to.map(|bound| bound.to_string()).unwrap_or_default());
        put("sort", join(&self.sort));
        if self.page.page != page.page {
            put("page", self.page.page.to_string());
        }
        if self.page.per_page != page.per_page {
            put("perPage", self.page.per_page.to_string());
        }
        out.finish()
    }
}

/// The keys that exist.
pub const KEYS: &[&str] = &[
    "q",
    "in",
    "status",
    "product",
    "priority",
    "type",
    "source",
    "agent",
    "from",
    "to",
    "endedFrom",
    "endedTo",
    "sort",
    "page",
    "perPage",
];

fn error(field: &str, reason: String) -> QueryError {
    QueryError { field: field.chars().take(40).collect(), reason }
}

/// The values of a list, each with its commas restored.
fn values(text: &str) -> impl Iterator<Item = String> {
    text.split(',')
        .filter(|value| !value.is_empty())
        .map(|value| value.replace("%2C", ",").replace("%25", "%"))
}

/// A value as it stands in a list of values, its commas escaped: what a field of a form has to say for it.
pub fn list_value(value: &str) -> String {
    value.replace('%', "%25").replace(',', "%2C")
}

fn join<T: Display>(values: impl IntoIterator<Item = T>) -> String {
    let escaped = values.into_iter().map(|value| list_value(&value.to_string()));
    escaped.collect::<Vec<_>>().join(",")
}

fn many<T: FromStr<Err: Display> + Ord>(
    field: &str,
    text: &str,
    set: &mut BTreeSet<T>,
) -> Result<(), QueryError> {
    for value in values(text) {
        set.insert(value.parse().map_err(|reason: T::Err| error(field, reason.to_string()))?);
    }
    Ok(())
}

fn optional<T: FromStr<Err: Display>>(field: &str, text: &str) -> Result<Option<T>, QueryError> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|reason: T::Err| error(field, reason.to_string()))
}

fn number(field: &str, text: &str, most: u32) -> Result<u32, QueryError> {
    let number = text.parse().ok().filter(|number| (1..=most).contains(number));
    number.ok_or_else(|| error(field, format!("write a whole number from 1 to {most}")))
}

fn sort(field: &str, text: &str) -> Result<Sort, QueryError> {
    let (key, direction) = match text.strip_prefix('-') {
        Some(key) => (key, Direction::Descending),
        None => (text, Direction::Ascending),
    };
    let key: SortKey = key.parse().map_err(|reason: crate::UnknownValue| error(field, reason.to_string()))?;
    Ok(Sort { key, direction })
}
