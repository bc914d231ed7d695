//! No notes to self stay behind: what is not done is an entry of `docs/roadmap.md`.

use super::finding::Finding;
use super::repo::Repo;

/// Written in pieces, or this file would find itself.
const NOTES: [&str; 3] = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];

pub(super) fn check(repo: &Repo) -> Vec<Finding> {
    let files = repo.under(&[""], &[".rs", ".toml", ".css", ".ts", ".sql", ".sh", ".md", "/run"]);
    files.flat_map(|file| in_text(&file.path, &file.text)).collect()
}

fn in_text(path: &str, text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, line) in text.lines().enumerate() {
        // Whole words only: a task's status may well be called "todo", and an id contain anything.
        let mut words = line.split(|c: char| !c.is_alphanumeric() && c != '_');
        if let Some(note) = words.find(|word| NOTES.contains(word)) {
            let remedy = "do it, or write it into docs/roadmap.md";
            findings.push(Finding::new(path, index + 1, format!("`{note}` left behind"), remedy));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_found_as_words() {
        let text = format!("// {}: later\nlet status = \"todo\";\nconst {}S: u8 = 1;\n", NOTES[0], NOTES[0]);
        let lines: Vec<_> = in_text("a.rs", &text).into_iter().map(|finding| finding.line).collect();
        assert_eq!(lines, [1]);
    }
}
