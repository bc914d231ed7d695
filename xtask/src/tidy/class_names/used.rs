//! The classes that Rust code uses, in the forms that leptos knows:
//! `class="a b"`, `class=("a", on)`, `class=move || if on { "a" } else { "b" }`, `class:a=on`, `.class("a")`,
//! and `let class = …;` before a view.

use crate::tidy::rust::{self, Kind, Token};

pub(crate) fn classes(source: &str) -> Vec<(String, usize)> {
    let tokens = rust::tokens(source);
    let mut found: Vec<(String, usize)> = Vec::new();
    for comment in tokens.iter().filter(|token| token.kind == Kind::Comment) {
        found.extend(super::declaration(comment.text).map(|name| (name, comment.line)));
    }

    let code: Vec<Token<'_>> = tokens.into_iter().filter(|token| token.kind != Kind::Comment).collect();
    for (at, _) in code.iter().enumerate().filter(|(_, token)| token.is_word("class")) {
        let before = at.checked_sub(1).map(|before| &code[before]);
        let after = &code[at + 1..];
        match after {
            [colon, name, ..] if colon.is(':') && colon.joined && name.joined && name.kind == Kind::Word => {
                found.push((dashed(&after[1..]), name.line));
            }
            [equals, value @ ..] if equals.is('=') && equals.joined => texts(attribute(value), &mut found),
            [equals, value @ ..] if equals.is('=') && before.is_some_and(|word| word.is_word("let")) => {
                texts(until(value, ';'), &mut found);
            }
            [paren, value @ ..] if paren.is('(') && before.is_some_and(|dot| dot.is('.')) => {
                texts(until(value, ')'), &mut found);
            }
            _ => {}
        }
    }
    found
}

/// A name with dashes: `is-active` is three tokens with nothing between.
fn dashed(tokens: &[Token<'_>]) -> String {
    let rest =
        tokens[1..].iter().take_while(|token| token.joined && (token.is('-') || token.kind == Kind::Word));
    std::iter::once(&tokens[0]).chain(rest).map(|token| token.text).collect()
}

/// The value of an attribute: to the end of the tag or to the next attribute, `name=` or `name:`.
fn attribute<'a>(value: &'a [Token<'a>]) -> &'a [Token<'a>] {
    let mut depth = 0_i32;
    for (at, token) in value.iter().enumerate() {
        match token.text.chars().next() {
            _ if token.kind != Kind::Mark => {}
            Some('(' | '[' | '{') => depth += 1,
            Some(')' | ']' | '}') => depth -= 1,
            Some('>')
                if depth == 0 && !(token.joined && (value[at - 1].is('-') || value[at - 1].is('='))) =>
            {
                return &value[..at];
            }
            _ => {}
        }
        let next_attribute = at > 0 && depth == 0 && !token.joined && starts_attribute(&value[at..]);
        if depth < 0 || next_attribute {
            return &value[..at];
        }
    }
    value
}

fn starts_attribute(tokens: &[Token<'_>]) -> bool {
    let name =
        tokens.iter().skip(1).take_while(|token| token.joined && (token.kind == Kind::Word || token.is('-')));
    let after = 1 + name.count();
    let mark = tokens.get(after).filter(|mark| mark.joined && (mark.is('=') || mark.is(':')));
    let doubled = tokens
        .get(after + 1)
        .is_some_and(|next| next.joined && (next.is('=') || next.is(':') || next.is('>')));
    tokens[0].kind == Kind::Word && mark.is_some() && !doubled
}

/// To the `end` that closes what is open.
fn until<'a>(value: &'a [Token<'a>], end: char) -> &'a [Token<'a>] {
    let mut depth = 0_i32;
    for (at, token) in value.iter().enumerate().filter(|(_, token)| token.kind == Kind::Mark) {
        if depth == 0 && token.is(end) {
            return &value[..at];
        }
        match token.text.chars().next() {
            Some('(' | '[' | '{') => depth += 1,
            Some(')' | ']' | '}') => depth -= 1,
            _ => {}
        }
    }
    value
}

/// The words of every string that can become a class: not those that are compared with, nor match patterns.
fn texts(value: &[Token<'_>], found: &mut Vec<(String, usize)>) {
    for (at, token) in value.iter().enumerate().filter(|(_, token)| token.kind == Kind::Text) {
        let compared = at >= 2 && value[at - 1].is('=') && (value[at - 2].is('=') || value[at - 2].is('!'));
        let pattern = value.get(at + 1).is_some_and(|next| next.is('|'))
            || matches!(&value[at + 1..], [equals, arrow, ..] if equals.is('=') && arrow.is('>'));
        if !compared && !pattern {
            // A word with a placeholder is put together; a comment declares what comes of it.
            let words = token.text.split_whitespace().filter(|word| !word.contains(['{', '}']));
            found.extend(words.map(|word| (word.to_owned(), token.line)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &[&str]) {
        let found: Vec<_> = classes(source).into_iter().map(|(name, _)| name).collect();
        assert_eq!(found, expected, "{source}");
    }

    #[test]
    fn literals() {
        check(r#"<p class="a b-c" id="x">"text"</p>"#, &["a", "b-c"]);
        check(r#"<Card attr:class="a" title="x"/>"#, &["a"]);
    }

    #[test]
    fn tuples_and_switches() {
        check(r#"<p class=("a", move || on.get() == "x") title="y">"#, &["a"]);
        check(r#"<p class=(["a", "b"], on) class:is-active=on class:c=on>"#, &["a", "b", "is-active", "c"]);
    }

    #[test]
    fn expressions_end_with_the_attribute() {
        check(r#"<p class=move || if on { "a" } else { "b" } title="x">"y"</p>"#, &["a", "b"]);
        check(r#"<p class=move || if kind == "x" { "a" } else { "b" }>"y"</p>"#, &["a", "b"]);
        check(r#"<p class=kind.class() title="x">"#, &[]);
        check(r#"<p class={match kind { "x" => "a", "y" | "z" => "b" }} title="x"/>"#, &["a", "b"]);
        check(r#"<p class=move || names(a >= b) aria-label="x">"#, &[]);
    }

    #[test]
    fn builders_and_bindings() {
        check(r#"div().class("a").id("x")"#, &["a"]);
        check(r#"let class = if on { "a" } else { "b" }; let other = "x";"#, &["a", "b"]);
    }

    #[test]
    fn what_is_put_together_is_declared() {
        check("// tidy: classes t-ok t-bad\nclass=format!(\"tag t-{tone}\")>", &["t-ok", "t-bad", "tag"]);
    }

    #[test]
    fn other_uses_of_the_word_are_none() {
        check(
            r#"struct A { class: &'static str } let a = A { class: "x" }; class::of("y"); // class="z""#,
            &[],
        );
    }
}
