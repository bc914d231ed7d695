//! Text files end with one newline, no line ends with space, modules are `foo.rs` and not `foo/mod.rs`.

use super::finding::Finding;
use super::repo::Repo;

const ENDS: [&str; 13] = [
    ".rs",
    ".toml",
    ".md",
    ".css",
    ".ts",
    ".js",
    ".json",
    ".svg",
    ".sql",
    ".sh",
    ".txt",
    ".yml",
    ".webmanifest",
];

/// Recorded input of tests is kept as it was recorded.
const RECORDED: [&str; 3] = ["/testdata/", "/fixtures/", "mock-data/"];

pub(super) fn check(repo: &Repo) -> Vec<Finding> {
    let ours =
        repo.under(&[""], &ENDS).filter(|file| !RECORDED.iter().any(|folder| file.path.contains(folder)));
    ours.flat_map(|file| judge(&file.path, &file.text)).collect()
}

fn judge(path: &str, text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, _) in text.lines().enumerate().filter(|(_, line)| line.ends_with([' ', '\t', '\r'])) {
        findings.push(Finding::new(path, index + 1, "space at the end of the line", "remove it"));
    }
    if !text.is_empty() && (!text.ends_with('\n') || text.ends_with("\n\n")) {
        findings.push(Finding::new(
            path,
            text.lines().count(),
            "the file does not end with one newline",
            "end it with one",
        ));
    }
    if path.ends_with("/mod.rs") {
        let remedy = format!("move it to {}.rs", path.trim_end_matches("/mod.rs"));
        findings.push(Finding::new(path, 1, "a module in mod.rs", remedy));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn form_is_checked() {
        for (path, text, faults) in [
            ("src/a.rs", "fn a() {}\n", 0),
            ("src/a.rs", "", 0),
            ("src/a.rs", "fn a() {} \n\tb\t\n", 2),
            ("src/a.rs", "fn a() {}", 1),
            ("src/a.rs", "fn a() {}\n\n", 1),
            ("src/a/mod.rs", "fn a() {}\n", 1),
        ] {
            assert_eq!(judge(path, text).len(), faults, "{path} {text:?}");
        }
    }
}
