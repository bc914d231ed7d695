//! A view as it is asked for, and its check.

use serde::{Deserialize, Serialize};

use crate::query::{PageRequest, TaskQuery};

/// The longest name, in characters.
pub const MAX_NAME: usize = 60;

/// The longest query, in bytes: what a URL carries anywhere.
pub const MAX_QUERY: usize = 4_000;

/// How many views there may be.
pub const MAX_VIEWS: usize = 100;

/// A view as it is asked for: nothing of it is checked yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ViewDraft {
    /// What to call it: 1 to 60 characters.
    pub name: String,
    /// Filters and order, as they stand behind the `?` of the ledger. Page and rows a page are no part of a view.
    #[serde(default)]
    pub query: String,
}

/// What is to change of a view; what is left out stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ViewPatch {
    /// What to call it from now on.
    #[serde(default)]
    pub name: Option<String>,
    /// What it asks from now on.
    #[serde(default)]
    pub query: Option<String>,
}

/// Name and query that may be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is documented on View")]
pub struct NewView {
    pub name: String,
    pub query: String,
}

/// Why a view cannot be saved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {reason}")]
pub struct BadView {
    /// The field, by its name in JSON.
    pub field: &'static str,
    /// What is wrong with it, and what to write instead.
    pub reason: String,
}

impl ViewDraft {
    /// The view, or what is wrong with it.
    pub fn check(self) -> Result<NewView, BadView> {
        Ok(NewView { name: name(&self.name)?, query: query(&self.query)? })
    }
}

impl ViewPatch {
    /// What `old` becomes, or what is wrong with it.
    pub fn check(self, old: NewView) -> Result<NewView, BadView> {
        Ok(NewView {
            name: self.name.map_or(Ok(old.name), |text| name(&text))?,
            query: self.query.map_or(Ok(old.query), |text| query(&text))?,
        })
    }
}

impl NewView {
    /// Whether another view of that name would be taken for this one.
    pub fn is_named(&self, name: &str) -> bool {
        self.name.to_lowercase() == name.to_lowercase()
    }
}

fn name(text: &str) -> Result<String, BadView> {
    let bad = |reason: &str| BadView { field: "name", reason: reason.to_owned() };
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.chars().count() {
        0 => Err(bad("missing; give the view a name")),
        1..=MAX_NAME if name.chars().any(char::is_control) => {
            Err(bad("has control characters; write letters, digits and signs"))
        }
        1..=MAX_NAME => Ok(name),
        _ => Err(bad("longer than 60 characters; give it a shorter name")),
    }
}

/// The query in its one way to be written, without its page.
fn query(text: &str) -> Result<String, BadView> {
    let bad = |reason: String| BadView { field: "query", reason };
    let text = text.strip_prefix('?').unwrap_or(text);
    if text.len() > MAX_QUERY {
        return Err(bad(format!("longer than {MAX_QUERY} bytes; use fewer filters")));
    }
    let mut query = TaskQuery::parse(text).map_err(|error| bad(error.to_string()))?;
    query.page = PageRequest::default();
    let text = query.text();
    // Escapes may make it longer than it was.
    if text.len() > MAX_QUERY {
        Err(bad(format!("longer than {MAX_QUERY} bytes; use fewer filters")))
    } else {
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, query: &str) -> Result<(String, String), &'static str> {
        let draft = ViewDraft { name: name.to_owned(), query: query.to_owned() };
        draft.check().map(|view| (view.name, view.query)).map_err(|bad| bad.field)
    }

    #[test]
    fn a_view_has_a_short_name_and_a_query_that_is_understood() {
        let ok = |name: &str, query: &str| Ok((name.to_owned(), query.to_owned()));
        assert_eq!(
            check("  Needs\n me ", "?status=blocked&page=3&perPage=20"),
            ok("Needs me", "status=blocked")
        );
        assert_eq!(check(&"é".repeat(60), ""), ok(&"é".repeat(60), ""));
        assert_eq!(check(" ", ""), Err("name"));
        assert_eq!(check(&"x".repeat(61), ""), Err("name"));
        assert_eq!(check("a\u{7}b", ""), Err("name"));
        assert_eq!(check("x", "state=failed"), Err("query"));
        assert_eq!(check("x", &format!("product={}", "ö".repeat(2_000))), Err("query"));
    }

    #[test]
    fn a_patch_keeps_what_it_does_not_name() {
        let old = || NewView { name: "Old".to_owned(), query: "q=a".to_owned() };
        assert_eq!(ViewPatch::default().check(old()), Ok(old()));
        let renamed = ViewPatch { name: Some("New".to_owned()), query: None }.check(old()).unwrap();
        assert_eq!((renamed.name.as_str(), renamed.query.as_str()), ("New", "q=a"));
    }
}
