//! Colours live in `style/tokens.css` and nowhere else: both themes are made there, with their contrast.
//!
//! A mask needs a literal black; a comment on that line says so: `/* tidy: colour because … */`.

mod names;

use super::css::{self, Kind};
use super::finding::Finding;
use super::repo::Repo;
use names::NAMES;

const TOKENS: &str = "style/tokens.css";
const EXCUSE: &str = "tidy: colour because ";
const FUNCTIONS: [&str; 10] = ["rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color"];

pub(super) fn check(repo: &Repo) -> Vec<Finding> {
    let sheets = repo.under(&["style/"], &[".css"]).filter(|file| file.path != TOKENS);
    sheets.flat_map(|file| in_sheet(&file.path, &file.text)).collect()
}

fn in_sheet(path: &str, sheet: &str) -> Vec<Finding> {
    let items = css::items(sheet);
    let excused: Vec<usize> = items
        .iter()
        .filter(|item| item.kind == Kind::Comment && item.text.contains(EXCUSE))
        .map(|item| item.line)
        .collect();
    let mut findings = Vec::new();
    for item in items.iter().filter(|item| !excused.contains(&item.line)) {
        if let Some(colour) = item.property().and_then(|(_, value)| literal(value)) {
            let remedy = format!("use a token of {TOKENS}, or say `/* {EXCUSE}… */` on the line");
            findings.push(Finding::new(
                path,
                item.line,
                format!("the colour `{colour}` stands outside the tokens"),
                remedy,
            ));
        }
    }
    findings
}

/// The first colour that a value spells out: `#fff`, `oklch(…)`, `white`.
fn literal(value: &str) -> Option<&str> {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '#');
    let mut rest = value;
    while let Some(start) = rest.find(is_name) {
        rest = &rest[start..];
        let end = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        let called = rest[end..].starts_with('(');
        let word = &rest[..end];
        let found = if called {
            FUNCTIONS.contains(&word)
        } else {
            is_hex(word) || NAMES.iter().any(|name| name.eq_ignore_ascii_case(word))
        };
        if found {
            return Some(word);
        }
        rest = &rest[end..];
        // What a URL or a string says is not a colour.
        if word == "url" && called {
            rest = &rest[rest.find(')').unwrap_or(rest.len())..];
        }
    }
    None
}

fn is_hex(word: &str) -> bool {
    word.strip_prefix('#').is_some_and(|hex| {
        matches!(hex.len(), 3 | 4 | 6 | 8) && hex.chars().all(|digit| digit.is_ascii_hexdigit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sheet: &str, expected: &[&str]) {
        let found: Vec<_> = in_sheet("style/a.css", sheet).into_iter().map(|finding| finding.what).collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|colour| format!("the colour `{colour}` stands outside the tokens"))
            .collect();
        assert_eq!(found, expected, "{sheet}");
    }

    #[test]
    fn every_way_to_spell_a_colour_is_found() {
        check(
            "a { color: #FFF; border: 1px solid White; fill: oklch(0.5 0.1 20) }",
            &["#FFF", "White", "oklch"],
        );
        check("a { background: linear-gradient(var(--x), #00000080) }", &["#00000080"]);
    }

    #[test]
    fn tokens_and_what_only_looks_like_a_colour_pass() {
        check(
            "a { color: var(--red); inset: calc(1px * tan(45deg)); fill: currentColor; color: Canvas }",
            &[],
        );
        check(
            "#fff { color: color-mix(in oklab, var(--a) 35%, transparent) } .red, .b:not(.blue) { gap: 0 }",
            &[],
        );
        check("a { mask: url(#fff); animation: red-alert 1s; grid-area: two-red }", &[]);
    }

    #[test]
    fn a_reason_excuses_its_line() {
        check(
            "a { mask: linear-gradient(#000, transparent); /* tidy: colour because a mask reads alpha */ }",
            &[],
        );
        check("a { mask: linear-gradient(#000, transparent);\n}\n/* tidy: colour because */", &["#000"]);
    }
}
