//! Text of unknown origin, made harmless for a terminal.

/// Marks that change the direction of text, so that it reads as something else.
const BIDI: &[char] = &[
    '\u{61c}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}',
    '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}',
];

/// The text with control characters and bidi marks written out: `\u{1b}[31m`.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() || BIDI.contains(&c) {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ansi_and_bidi_are_written_out() {
        assert_eq!(plain("\x1b[31mred\u{202e}"), "\\u{1b}[31mred\\u{202e}");
        assert_eq!(plain("schön 日本"), "schön 日本");
    }
}
