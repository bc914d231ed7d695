//! The classes that a style sheet defines.

use crate::tidy::css::{Kind, items};

/// Every `.name` of a selector, with its line.
pub(crate) fn classes(sheet: &str) -> Vec<(String, usize)> {
    let mut classes = Vec::new();
    for item in items(sheet).iter().filter(|item| item.kind == Kind::Prelude && selects(&item.text)) {
        classes.extend(names(&item.text).map(|name| (name.to_owned(), item.line)));
    }
    classes
}

/// Classes that the sheet says are set by something other than our Rust.
pub(crate) fn declared(sheet: &str) -> Vec<(String, usize)> {
    let comments = items(sheet).into_iter().filter(|item| item.kind == Kind::Comment);
    comments
        .flat_map(|item| {
            super::declaration(&item.text).map(move |name| (name, item.line)).collect::<Vec<_>>()
        })
        .collect()
}

/// At-rules select nothing, but for `@scope`; layers may even have dots in their names.
fn selects(prelude: &str) -> bool {
    !prelude.starts_with('@') || prelude.starts_with("@scope")
}

fn names(selector: &str) -> impl Iterator<Item = &str> {
    selector.split('.').skip(1).filter_map(|rest| {
        let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_')).unwrap_or(rest.len());
        // `0.5s` and the like are no classes.
        rest.starts_with(|c: char| c.is_alphabetic() || c == '-' || c == '_').then(|| &rest[..end])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_found_in_every_kind_of_selector() {
        let sheet = "@layer a.b { .x:has(> .y)::after { inset: .5px } }\n@scope (.z) to (.w) { & .v.u { gap: 0 } }\n50.5% {}";
        let found: Vec<_> = classes(sheet).into_iter().map(|(name, _)| name).collect();
        assert_eq!(found, ["x", "y", "z", "w", "v", "u"]);
    }
}
