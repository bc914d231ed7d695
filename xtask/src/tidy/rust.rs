//! Rust source as tokens: enough to tell code from strings and comments, which a search in text cannot.

mod lexer;

pub(super) use lexer::tokens;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name or a number.
    Word,
    /// What is between the quotes, escapes as written.
    Text,
    Comment,
    /// One character of anything else.
    Mark,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind,
    pub(super) text: &'a str,
    pub(super) line: usize,
    /// Whether nothing stands between this token and the one before.
    pub(super) joined: bool,
}

impl Token<'_> {
    pub(super) fn is(&self, mark: char) -> bool {
        self.kind == Kind::Mark && self.text.starts_with(mark)
    }

    pub(super) fn is_word(&self, word: &str) -> bool {
        self.kind == Kind::Word && self.text == word
    }
}

/// The tokens without comments.
pub(super) fn code(source: &str) -> Vec<Token<'_>> {
    tokens(source).into_iter().filter(|token| token.kind != Kind::Comment).collect()
}

/// The lines on which `path` (`Utc::now`) stands in the code.
pub(super) fn paths(code: &[Token<'_>], path: &str) -> Vec<usize> {
    let (owner, name) = path.split_once("::").unwrap_or((path, ""));
    let found = code.windows(4).filter(|window| {
        window[0].is_word(owner)
            && window[1].is(':')
            && window[2].is(':')
            && (name.is_empty() || window[3].is_word(name))
    });
    found.map(|window| window[0].line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_found_in_code_only() {
        let source =
            "// Utc::now\nlet a = chrono::Utc::now();\nlet b = \"Utc::now\"; // Utc::now\nuse sqlx::Row;\n";
        assert_eq!(paths(&code(source), "Utc::now"), [2]);
        assert_eq!(paths(&code(source), "sqlx"), [4]);
    }
}
