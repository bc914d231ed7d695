//! What a product may be said to be.

use super::ProductEdit;
use crate::{patch::Patch, url};

/// The longest name and the longest owner, in characters.
pub const MAX_NAME: usize = 120;

/// The longest description, in characters.
pub const MAX_DESCRIPTION: usize = 1_000;

/// The longest link, in characters.
pub const MAX_URL: usize = 2_000;

/// How many tags a product has at most.
pub const MAX_TAGS: usize = 20;

/// The longest tag, in characters.
pub const MAX_TAG: usize = 40;

/// Why something cannot be said of a product.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {reason}")]
pub struct BadEdit {
    /// The field, by its name in JSON.
    pub field: &'static str,
    /// What is wrong with it, and what to write instead.
    pub reason: String,
}

impl ProductEdit {
    /// The same in its clean form, or what is wrong with it: texts are on one line, empty ones are no value.
    pub fn check(mut self) -> Result<Self, BadEdit> {
        line(&mut self.name, "name", MAX_NAME)?;
        line(&mut self.description, "description", MAX_DESCRIPTION)?;
        line(&mut self.owner, "owner", MAX_NAME)?;
        link(&mut self.repo_url, "repoUrl")?;
        link(&mut self.production_url, "productionUrl")?;
        link(&mut self.staging_url, "stagingUrl")?;
        tags(&mut self.tags)?;
        if self.name == Patch::Clear {
            return bad(
                "name",
                "a product needs a name; write one, or take your last edit of it back".to_owned(),
            );
        }
        if self.fields().is_empty() {
            return bad("body", format!("nothing is said; send at least one of {}", Self::FIELDS.join(", ")));
        }
        Ok(self)
    }
}

fn bad<T>(field: &'static str, reason: String) -> Result<T, BadEdit> {
    Err(BadEdit { field, reason })
}

fn line(text: &mut Patch<String>, field: &'static str, most: usize) -> Result<(), BadEdit> {
    let Some(value) = text.value() else { return Ok(()) };
    let clean = printable(value);
    if clean.chars().count() > most {
        return bad(field, format!("at most {most} characters; shorten it"));
    }
    *text = if clean.is_empty() { Patch::Clear } else { Patch::Set(clean) };
    Ok(())
}

fn link(text: &mut Patch<String>, field: &'static str) -> Result<(), BadEdit> {
    line(text, field, MAX_URL)?;
    match text.value() {
        Some(value) if url::safe(value).is_none() => bad(
            field,
            "not a link; write it with http:// or https:// at the start, without spaces".to_owned(),
        ),
        _ => Ok(()),
    }
}

fn tags(tags: &mut Patch<Vec<String>>) -> Result<(), BadEdit> {
    let Some(list) = tags.value() else { return Ok(()) };
    let mut clean: Vec<String> = Vec::new();
    for tag in list.iter().map(|tag| printable(tag)).filter(|tag| !tag.is_empty()) {
        if tag.chars().count() > MAX_TAG {
            return bad("tags", format!("a tag has at most {MAX_TAG} characters; shorten it"));
        }
        if !clean.contains(&tag) {
            clean.push(tag);
        }
    }
    if clean.len() > MAX_TAGS {
        return bad("tags", format!("at most {MAX_TAGS} tags; take some out"));
    }
    *tags = if clean.is_empty() { Patch::Clear } else { Patch::Set(clean) };
    Ok(())
}

/// The text on one line: control characters, line breaks among them, become spaces.
fn printable(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    clean.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> ProductEdit {
        ProductEdit { name: Patch::Set(text.to_owned()), ..ProductEdit::default() }
    }

    #[track_caller]
    fn refused(edit: ProductEdit, field: &str, remedy: &str) {
        let bad = edit.check().unwrap_err();
        assert_eq!(bad.field, field);
        assert!(bad.reason.contains(remedy), "{bad}");
    }

    #[test]
    fn texts_are_made_printable_and_empty_ones_are_no_value() {
        let edit = ProductEdit { owner: Patch::Set(" \n ".to_owned()), ..name(" Orchard\nDesk ") };
        let clean = edit.check().unwrap();
        assert_eq!(clean.name, Patch::Set("Orchard Desk".to_owned()));
        assert_eq!(clean.owner, Patch::Clear);
        assert_eq!(clean.fields(), ["name", "owner"]);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_field() {
        refused(name(" "), "name", "needs a name");
        refused(name(&"é".repeat(121)), "name", "120");
        refused(ProductEdit::default(), "body", "repoUrl");
        let link = |text: &str| ProductEdit {
            production_url: Patch::Set(text.to_owned()),
            ..ProductEdit::default()
        };
        refused(link("javascript:alert(1)"), "productionUrl", "https://");
        refused(link("example.com"), "productionUrl", "https://");
        assert!(link("https://example.com/a").check().is_ok());
        assert_eq!(link("").check().unwrap().production_url, Patch::Clear);
    }

    #[test]
    fn tags_are_few_and_each_stands_once() {
        let tags = |tags: Vec<String>| ProductEdit { tags: Patch::Set(tags), ..ProductEdit::default() };
        let clean = tags(vec![" rust ".to_owned(), "rust".to_owned(), String::new()]).check().unwrap();
        assert_eq!(clean.tags, Patch::Set(vec!["rust".to_owned()]));
        refused(tags((0..21).map(|n| n.to_string()).collect()), "tags", "20");
        refused(tags(vec!["x".repeat(41)]), "tags", "40");
        assert_eq!(tags(vec![]).check().unwrap().tags, Patch::Clear);
    }
}
