//! Inline styles carry numbers, as custom properties: `style="--p:67"`, `style:--p=…`, `style=("--p", …)`.
//!
//! The policy of the pages allows style attributes for this alone; what an element looks like is the style
//! sheet's business.

use super::finding::Finding;
use super::repo::Repo;
use super::rust::{self, Kind, Token};

pub(super) fn check(repo: &Repo) -> Vec<Finding> {
    let sources = repo.under(&["app/src/", "server/src/"], &[".rs"]);
    sources.flat_map(|file| in_source(&file.path, &file.text)).collect()
}

fn in_source(path: &str, source: &str) -> Vec<Finding> {
    let code = rust::code(source);
    let mut findings = Vec::new();
    for (at, token) in code.iter().enumerate().filter(|(_, token)| token.is_word("style")) {
        if let Some(what) = fault(&code[at + 1..]) {
            let remedy = "move it to the style sheet and pass a number: style=\"--p:67\"";
            findings.push(Finding::new(path, token.line, what, remedy));
        }
    }
    findings
}

/// What is wrong with the attribute whose name stands before `after`; `None` if nothing, or no attribute.
fn fault(after: &[Token<'_>]) -> Option<String> {
    match after {
        [colon, first, second, ..] if colon.is(':') && colon.joined && first.joined && !first.is(':') => {
            let custom = first.is('-') && second.is('-');
            (!custom).then(|| format!("`style:{}` sets a property of CSS itself", first.text))
        }
        [equals, value, ..] if equals.is('=') && equals.joined && value.kind == Kind::Text => {
            (!is_numeric(value.text)).then(|| format!("`style=\"{}\"` is more than numbers", value.text))
        }
        [equals, open, name, ..] if equals.is('=') && equals.joined && open.is('(') => {
            let custom = name.kind == Kind::Text && name.text.starts_with("--");
            (!custom).then(|| format!("`style=({}, …)` does not name a custom property", name.text))
        }
        // An expression: the first text in it is its form, as in `style=move || format!("--p:{}", …)`.
        [equals, rest @ ..] if equals.is('=') && equals.joined => {
            let form = rest.iter().take(12).find(|token| token.kind == Kind::Text);
            let numeric = form.is_some_and(|form| is_numeric(form.text));
            (!numeric).then(|| "the value of `style=` cannot be seen to be numbers".to_owned())
        }
        _ => None,
    }
}

/// `--name:number` any number of times; a number may have a unit, or be a placeholder of `format!`.
fn is_numeric(style: &str) -> bool {
    style.split(';').map(str::trim).filter(|part| !part.is_empty()).all(|part| {
        let Some((name, value)) = part.split_once(':') else { return false };
        let value = value.trim();
        let number = value.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
        name.trim().starts_with("--")
            && (number.parse::<f64>().is_ok() || (value.starts_with('{') && value.ends_with('}')))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, faults: usize) {
        assert_eq!(in_source("app/src/a.rs", source).len(), faults, "{source}");
    }

    #[test]
    fn numbers_pass() {
        check(r#"<i style="--p:67"/> <i style="--a: -0.5; --b:12%;"/>"#, 0);
        check(r#"<i style=("--p", move || p.get().to_string())/> <i style:--p=move || p.get()/>"#, 0);
        check(r#"<i style=move || format!("--p:{};--q:{:.1}", p, q)/>"#, 0);
    }

    #[test]
    fn anything_else_is_found() {
        check(r#"<i style="color: red"/> <i style="--p:red"/> <i style="--p:url(x)"/>"#, 3);
        check(r#"<i style=("width", w)/> <i style:width=w/> <i style=text/>"#, 3);
        check(r#"<i style=move || format!("width:{}px", w)/>"#, 1);
    }

    #[test]
    fn other_uses_of_the_word_are_none() {
        check(
            r#"mod style; use style::Sheet; struct A { style: Style } let style = "x"; <style>"a"</style>"#,
            0,
        );
    }
}
