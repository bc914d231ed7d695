//! Every crate begins with what it is, and every library under `crates/` tells how to extend it:
//! "To add a …".

use super::finding::Finding;
use super::repo::Repo;

pub(super) fn check(repo: &Repo) -> Vec<Finding> {
    let roots = repo.under(&[""], &["src/lib.rs", "src/main.rs"]);
    roots.filter_map(|file| judge(&file.path, &file.text)).collect()
}

fn judge(path: &str, text: &str) -> Option<Finding> {
    let docs: Vec<&str> = text.lines().take_while(|line| line.starts_with("//!")).collect();
    if docs.is_empty() {
        return Some(Finding::new(
            path,
            1,
            "the crate has no documentation",
            "begin the file with `//!` and what it is for",
        ));
    }
    let is_library = path.starts_with("crates/") && path.ends_with("/lib.rs");
    if is_library && !docs.iter().any(|line| line.contains("To add a")) {
        return Some(Finding::new(
            path,
            docs.len(),
            "the crate does not tell how to extend it",
            "add \"To add a …:\" with its steps",
        ));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crates_say_what_they_are_and_how_they_grow() {
        for (path, text, passes) in [
            ("crates/a/src/lib.rs", "//! A.\n//! To add an event: …\n", true),
            ("crates/a/src/lib.rs", "//! A.\n", false),
            ("crates/a/src/lib.rs", "mod a;\n//! To add a b: …\n", false),
            ("server/src/main.rs", "//! The binary.\n", true),
            ("server/src/main.rs", "fn main() {}\n", false),
        ] {
            assert_eq!(judge(path, text).is_none(), passes, "{path} {text:?}");
        }
    }
}
