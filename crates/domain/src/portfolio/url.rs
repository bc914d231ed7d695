//! The text of a question to the portfolio in a URL: `view=needs-attention&sort=-health&layout=table`.

use std::{collections::BTreeSet, fmt::Display, str::FromStr};

use super::PortfolioQuery;
use crate::query::QueryError;

/// The longest search text, in characters.
const MAX_Q: usize = 200;

/// The keys that exist.
const KEYS: [&str; 6] = ["view", "q", "category", "status", "sort", "layout"];

impl PortfolioQuery {
    /// Reads what a URL asks for, key by key. An unknown key is an error: a filter that is silently ignored shows the
    /// wrong products. An empty value asks for nothing: a form sends all of its fields.
    pub fn read<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, QueryError> {
        let mut query = Self::default();
        for (key, value) in pairs {
            if !KEYS.contains(&key) {
                let reason = format!("no such filter; use {}", KEYS.join(", "));
                return Err(QueryError { field: key.chars().take(40).collect(), reason });
            }
            match key {
                "q" => query.q = value.chars().take(MAX_Q).collect(),
                _ if value.is_empty() => {}
                "view" => query.view = parse(key, value)?,
                "category" => query.category = many(key, value)?,
                "status" => query.status = many(key, value)?,
                "sort" => query.sort = parse(key, value)?,
                _ => query.layout = parse(key, value)?,
            }
        }
        Ok(query)
    }

    /// The text behind the `?`, in the order of the keys; what is at its default is left out.
    pub fn text(&self) -> String {
        let plain = Self::default();
        let mut out = form_urlencoded::Serializer::new(String::new());
        let mut put = |key: &str, value: &str, at_default: bool| {
            if !at_default {
                out.append_pair(key, value);
            }
        };
        put("view", self.view.as_str(), self.view == plain.view);
        put("q", &self.q, self.q.is_empty());
        put("category", &join(&self.category), self.category.is_empty());
        put("status", &join(&self.status), self.status.is_empty());
        put("sort", &self.sort.to_string(), self.sort == plain.sort);
        put("layout", self.layout.as_str(), self.layout == plain.layout);
        out.finish()
    }
}

fn many<T: FromStr<Err: Display> + Ord>(key: &str, value: &str) -> Result<BTreeSet<T>, QueryError> {
    value.split(',').filter(|value| !value.is_empty()).map(|value| parse(key, value)).collect()
}

fn join<T: Display>(values: &BTreeSet<T>) -> String {
    values.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}

fn parse<T: FromStr<Err: Display>>(key: &str, value: &str) -> Result<T, QueryError> {
    value.parse().map_err(|reason: T::Err| QueryError { field: key.to_owned(), reason: reason.to_string() })
}
