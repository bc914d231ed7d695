//! Splits Rust source into tokens. Broken source gives odd tokens, never a panic: the compiler complains better.

use super::{Kind, Token};

pub(crate) fn tokens(source: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let (mut at, mut line, mut joined) = (0, 1, false);
    while let Some(first) = source[at..].chars().next() {
        let rest = &source[at..];
        let (kind, length, text) = if first.is_whitespace() {
            line += usize::from(first == '\n');
            at += first.len_utf8();
            joined = false;
            continue;
        } else if let Some(length) = comment(rest) {
            (Kind::Comment, length, &rest[..length])
        } else if let Some((length, text)) = string(rest) {
            (Kind::Text, length, text)
        } else if let Some(length) = character(rest) {
            (Kind::Word, length, &rest[..length])
        } else if is_word(first) {
            let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            (Kind::Word, length, &rest[..length])
        } else {
            (Kind::Mark, first.len_utf8(), &rest[..first.len_utf8()])
        };
        tokens.push(Token { kind, text, line, joined });
        line += rest[..length].matches('\n').count();
        at += length;
        joined = true;
    }
    tokens
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The length of the comment that begins here.
fn comment(rest: &str) -> Option<usize> {
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    if !rest.starts_with("/*") {
        return None;
    }
    // Block comments nest.
    let (mut depth, mut at) = (0_usize, 0);
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return Some(at);
            }
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    Some(rest.len())
}

/// The length of the string that begins here, and what it says.
fn string(rest: &str) -> Option<(usize, &str)> {
    let after_prefix = rest.trim_start_matches(['b', 'c']);
    if rest.len() - after_prefix.len() > 1 {
        return None;
    }
    let prefix = rest.len() - after_prefix.len();
    if let Some(raw) = after_prefix.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        let open = raw[hashes..].strip_prefix('"')?;
        let close = format!("\"{}", "#".repeat(hashes));
        let length = open.find(&close).unwrap_or(open.len());
        let whole = prefix + 1 + hashes + 1 + length + close.len();
        return Some((whole.min(rest.len()), &open[..length]));
    }
    let open = after_prefix.strip_prefix('"')?;
    let mut escaped = false;
    let length = open.find(|c| {
        let closes = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        closes
    });
    let length = length.unwrap_or(open.len());
    Some(((prefix + 1 + length + 1).min(rest.len()), &open[..length]))
}

/// The length of a character literal: `'a'`, `'\n'`, `'"'`. A lifetime has no closing quote.
fn character(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('\'')?;
    if inside.starts_with('\\') {
        // From the third character on: `'\''` closes at the second quote.
        return Some(3 + inside.get(2..)?.find('\'')? + 1);
    }
    let c = inside.chars().next()?;
    inside[c.len_utf8()..].starts_with('\'').then(|| 1 + c.len_utf8() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &[(Kind, &str)]) {
        let found: Vec<_> = tokens(source).into_iter().map(|token| (token.kind, token.text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn strings_hide_quotes_and_comments() {
        check(r#"x "a \" // b" y"#, &[(Kind::Word, "x"), (Kind::Text, r#"a \" // b"#), (Kind::Word, "y")]);
        check(r##"r#"a "b" c"# z"##, &[(Kind::Text, r#"a "b" c"#), (Kind::Word, "z")]);
        check("b\"a\" br\"b\" bc", &[(Kind::Text, "a"), (Kind::Text, "b"), (Kind::Word, "bc")]);
    }

    #[test]
    fn characters_and_lifetimes_are_told_apart() {
        check(r#"'"' "a""#, &[(Kind::Word, "'\"'"), (Kind::Text, "a")]);
        check(r#"'\'' "a""#, &[(Kind::Word, r"'\''"), (Kind::Text, "a")]);
        check("&'a", &[(Kind::Mark, "&"), (Kind::Mark, "'"), (Kind::Word, "a")]);
    }

    #[test]
    fn comments_nest_and_lines_are_counted() {
        let tokens = tokens("/* a /* b */\n c */ x\n// y\nz");
        let lines: Vec<_> = tokens.iter().map(|token| (token.text, token.line)).collect();
        assert_eq!(lines, [("/* a /* b */\n c */", 1), ("x", 2), ("// y", 3), ("z", 4)]);
    }

    #[test]
    fn what_is_unfinished_ends_with_the_file() {
        for source in ["\"abc", "r#\"abc", "/* abc", "'\\", "'", "r#"] {
            let _ = tokens(source);
        }
    }

    #[test]
    fn joined_tells_whether_there_was_space() {
        let joined: Vec<bool> = tokens("class:a class: b").iter().map(|token| token.joined).collect();
        assert_eq!(joined, [false, true, true, false, true, false]);
    }
}
