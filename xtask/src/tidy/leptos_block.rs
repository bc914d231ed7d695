//! `Leptos.toml` is the one source of the site options. cargo-leptos reads Cargo metadata only, so
//! `Cargo.toml` has the same block; here the two are held equal.

use toml::Table;

use super::finding::Finding;
use super::repo::Repo;
use crate::project::leptos_block;

pub(super) fn check(repo: &Repo) -> Vec<Finding> {
    judge(&repo.leptos, &repo.manifest).into_iter().collect()
}

fn judge(source: &Table, copy: &Table) -> Option<Finding> {
    let differs = leptos_block(source) != leptos_block(copy);
    differs.then(|| {
        Finding::new(
            "Cargo.toml",
            1,
            "`[[workspace.metadata.leptos]]` differs from the block in Leptos.toml",
            "copy the block from Leptos.toml",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_order_do_not_count_values_do() {
        let table = |text: &str| format!("[[workspace.metadata.leptos]]\n{text}").parse::<Table>().unwrap();
        let source = table("name = \"a\"\nsite-root = \"b\"");
        assert!(judge(&source, &table("# why\nsite-root = \"b\"\nname = \"a\"")).is_none());
        assert!(judge(&source, &table("name = \"a\"")).is_some());
    }
}
