//! Every CSS class that is used is defined, and every one that is defined is used: a style arrives with its
//! component and leaves with it.
//!
//! Classes that are put together at run time cannot be seen. A comment names them, beside the code that does
//! it, or in the style sheet if a script of the browser sets them: `// tidy: classes chip-ok chip-warn`.

mod defined;
mod used;

use std::collections::BTreeMap;

use super::finding::Finding;
use super::repo::{File, Repo};

/// A class and the first place it stands: path and line.
type Places = BTreeMap<String, (String, usize)>;

const DECLARATION: &str = "tidy: classes ";

pub(super) fn check(repo: &Repo) -> Vec<Finding> {
    let sheets: Vec<&File> = repo.under(&["style/"], &[".css"]).collect();
    let sources: Vec<&File> = repo.under(&["app/src/", "server/src/"], &[".rs"]).collect();
    compare(&sheets, &sources)
}

fn compare(sheets: &[&File], sources: &[&File]) -> Vec<Finding> {
    let (mut defined, mut used) = (Places::new(), Places::new());
    for sheet in sheets {
        note(&mut defined, &sheet.path, defined::classes(&sheet.text));
        note(&mut used, &sheet.path, defined::declared(&sheet.text));
    }
    for source in sources {
        note(&mut used, &source.path, used::classes(&source.text));
    }

    let undefined =
        used.iter().filter(|(class, _)| !defined.contains_key(*class)).map(|(class, (path, line))| {
            Finding::new(
                path,
                *line,
                format!("the class `{class}` is in no style sheet"),
                "style it in style/, or remove it",
            )
        });
    let unused =
        defined.iter().filter(|(class, _)| !used.contains_key(*class)).map(|(class, (path, line))| {
            Finding::new(
                path,
                *line,
                format!("the class `{class}` is used nowhere"),
                format!("remove it, or name it where it is put together: `// {DECLARATION}{class}`"),
            )
        });
    undefined.chain(unused).collect()
}

fn note(places: &mut Places, path: &str, classes: Vec<(String, usize)>) {
    for (class, line) in classes {
        places.entry(class).or_insert_with(|| (path.to_owned(), line));
    }
}

/// The classes that a comment declares.
fn declaration(comment: &str) -> impl Iterator<Item = String> {
    let names = comment.split_once(DECLARATION).map_or("", |(_, names)| names);
    let names = names.lines().next().unwrap_or_default();
    names.trim_end_matches("*/").split_whitespace().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(css: &str, rust: &str) -> Vec<String> {
        let file = |path: &str, text: &str| File { path: path.into(), text: text.into() };
        let findings = compare(&[&file("style/a.css", css)], &[&file("app/src/a.rs", rust)]);
        findings.into_iter().map(|finding| finding.what).collect()
    }

    #[test]
    fn both_directions_are_reported() {
        let findings = check(".card {} .gone {}", r#"view! { <p class="card missing"/> }"#);
        assert_eq!(
            findings,
            ["the class `missing` is in no style sheet", "the class `gone` is used nowhere"]
        );
    }

    #[test]
    fn comments_declare_what_is_put_together() {
        assert_eq!(check(".t-ok {} .t-bad {}", "// tidy: classes t-ok t-bad\nlet a = 1;"), [""; 0]);
        assert_eq!(check(".js { /* tidy: classes js */ }", ""), [""; 0]);
    }
}
