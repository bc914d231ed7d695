//! What the browser must not carry: runtimes, databases, servers and their descriptions.
//!
//! `regex`, half a megabyte, is not looked for here: leptos' own configuration names it and the linker drops it.
//! That none of our client crates names it is a rule of `crate_direction`; the size budget catches the rest.

use super::finding::Finding;
use super::repo::Repo;

const NEVER: [&str; 9] =
    ["tokio", "sqlx", "axum", "hyper", "reqwest", "chrono-tz", "service", "store", "utoipa"];

pub(super) fn check(repo: &Repo) -> Vec<Finding> {
    judge(&repo.client_tree)
}

fn judge(tree: &str) -> Vec<Finding> {
    let carried = |name: &&str| tree.lines().any(|line| line.split(' ').next() == Some(name));
    let found = NEVER.into_iter().filter(carried);
    found
        .map(|name| {
            let remedy = format!("`cargo tree -p frontend --target wasm32-unknown-unknown -e normal -i {name}` shows who brings it");
            Finding::new("frontend/Cargo.toml", 1, format!("the client carries `{name}`"), remedy)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_names_are_compared() {
        assert!(judge("frontend v0.1.0\ntokio-like v1.0.0\naxum-core v0.5.0\n").is_empty());
        assert_eq!(judge("frontend v0.1.0\ntokio v1.0.0\n").len(), 1);
    }
}
