//! Relative links and pictures in the documentation lead to files that are there.

use std::path::Path;

use super::finding::Finding;
use super::repo::Repo;

pub(super) fn check(repo: &Repo) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in repo.under(&[""], &[".md"]) {
        let folder = repo.root.join(&file.path).parent().map(Path::to_owned).unwrap_or_default();
        for (target, line) in targets(&file.text) {
            if !folder.join(&target).exists() {
                let what = format!("the link to `{target}` leads nowhere");
                findings.push(Finding::new(
                    &file.path,
                    line,
                    what,
                    "correct the path; it starts at this file's folder",
                ));
            }
        }
    }
    findings
}

/// Targets of `](…)` and `src="…"` that are files of ours, without their anchors.
fn targets(text: &str) -> Vec<(String, usize)> {
    let mut targets = Vec::new();
    let mut in_code = false;
    for (index, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        }
        if in_code {
            continue;
        }
        // What stands between backticks is shown, not followed.
        let shown: String = line.split('`').step_by(2).collect();
        let links = shown.split("](").skip(1).filter_map(|rest| rest.split([')', ' ']).next());
        let pictures = shown.split("src=\"").skip(1).filter_map(|rest| rest.split('"').next());
        for target in links.chain(pictures) {
            let file = target.split('#').next().unwrap_or_default();
            if !file.is_empty() && !file.contains(':') && !file.starts_with('/') {
                targets.push((file.to_owned(), index + 1));
            }
        }
    }
    targets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_ours_are_followed() {
        let text = "[a](docs/a.md#b) [c](https://example.org) [d](#here)\n```\n[e](e.md)\n```\n`[f](f.md)` <img src=\"g.png\">\n[`h`](h.md \"title\")\n";
        let expected = [("docs/a.md", 1), ("g.png", 5), ("h.md", 6)];
        assert_eq!(targets(text), expected.map(|(target, line)| (target.to_owned(), line)));
    }
}
