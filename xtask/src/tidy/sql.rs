//! SQL stays in the storage backends: `sqlx` is named in `crates/store-*` only.

use super::finding::Finding;
use super::repo::Repo;
use super::rust;

/// What may name it. `hermes-home` reads the agent's own databases, whose SQL is not ours.
const ALLOWED: [&str; 2] = ["crates/store-", "crates/hermes-home/"];

pub(super) fn check(repo: &Repo) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in repo.rust().filter(|file| !ALLOWED.iter().any(|allowed| file.path.starts_with(allowed))) {
        findings.extend(rust::paths(&rust::code(&file.text), "sqlx").into_iter().map(|line| {
            Finding::new(
                &file.path,
                line,
                "`sqlx` outside the storage backends",
                "add a method to the port in crates/store",
            )
        }));
    }
    findings
}
