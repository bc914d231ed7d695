//! SQL stays in the storage backends: `sqlx` is named in `crates/store-*` only. Tests may look into a
//! database themselves: a crash test must not trust the code that it examines.

use super::finding::Finding;
use super::repo::Repo;
use super::rust;

/// What may name it. `hermes-home` reads the agent's own databases, `hermes-fake` writes them for tests: their
/// SQL is not ours.
const ALLOWED: [&str; 3] = ["crates/store-", "crates/hermes-home/", "crates/hermes-fake/"];

pub(super) fn check(repo: &Repo) -> Vec<Finding> {
    let sources = repo.rust().filter(|file| !is_exempt(&file.path));
    sources.flat_map(|file| in_source(&file.path, &file.text)).collect()
}

fn is_exempt(path: &str) -> bool {
    path.contains("/tests/") || ALLOWED.iter().any(|allowed| path.starts_with(allowed))
}

fn in_source(path: &str, source: &str) -> Vec<Finding> {
    let lines = rust::paths(&rust::code(source), "sqlx").into_iter();
    let remedy = "add a method to the port in crates/store";
    lines.map(|line| Finding::new(path, line, "`sqlx` outside the storage backends", remedy)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backends_and_tests_are_exempt() {
        assert!(is_exempt("crates/store-sqlite/src/lib.rs") && is_exempt("server/tests/it/crash.rs"));
        assert!(!is_exempt("crates/store/src/lib.rs") && !is_exempt("server/src/lib.rs"));
        assert_eq!(in_source("a.rs", "let a = 1;\nsqlx::query(\"select 1\");\n").len(), 1);
    }
}
