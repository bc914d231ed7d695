//! A file of ours has 500 lines at most; one that must be longer says why in its head:
//! `// tidy: long because …`.

use super::finding::Finding;
use super::repo::Repo;

const MOST: usize = 500;
const EXCUSE: &str = "tidy: long because ";
/// The excuse stands where a reader begins.
const HEAD: usize = 20;

pub(super) fn check(repo: &Repo) -> Vec<Finding> {
    let files = repo.under(&[""], &[".rs", ".ts", ".js", ".css", ".sh", ".sql"]);
    files.filter_map(|file| judge(&file.path, &file.text)).collect()
}

fn judge(path: &str, text: &str) -> Option<Finding> {
    let lines = text.lines().count();
    if lines <= MOST || text.lines().take(HEAD).any(|line| line.contains(EXCUSE)) {
        return None;
    }
    let remedy = format!("split it by idea, or say `// {EXCUSE}…` in its head");
    Some(Finding::new(path, lines, format!("{lines} lines, more than {MOST}"), remedy))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_files_need_a_reason() {
        let long = "x\n".repeat(MOST + 1);
        assert!(judge("a.rs", &long).is_some());
        assert!(judge("a.rs", &"x\n".repeat(MOST)).is_none());
        assert!(judge("a.rs", &format!("//! Table.\n// {EXCUSE}it is one table\n{long}")).is_none());
    }
}
