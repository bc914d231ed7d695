//! Terminal text made safe to read and to colour: SGR sequences become styles, every other sequence is left out, and so
//! are marks that turn the direction of text. What remains is text; how it is coloured is a class of a page.

use std::borrow::Cow;

/// A colour of the eight that every terminal has, as a tone of the page. Bright ones are the same tone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Black, white and grey that stands back.
    Dim,
    /// Red.
    Red,
    /// Green.
    Green,
    /// Yellow.
    Yellow,
    /// Blue and cyan.
    Blue,
    /// Magenta.
    Magenta,
}

/// How a piece of text is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Style {
    /// Its colour; `None` is the text's own.
    pub tone: Option<Tone>,
    /// Whether it is bold.
    pub bold: bool,
}

/// Text in one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The text, without any control character.
    pub text: String,
    /// How it is shown.
    pub style: Style,
}

/// The pieces of one line, each in its style. Neighbours of the same style are one piece; no piece is empty.
///
/// `ESC [ … m` sets the style; background colours, other attributes and other sequences change nothing and are left out. Tabs
/// become spaces, and any other control character becomes `�`.
pub fn spans(line: &str) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut style = Style::default();
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        let shown = match c {
            '\u{1b}' | '\u{9b}' => {
                if let Some(codes) = escape(c, &mut chars) {
                    set(&mut style, &codes);
                }
                continue;
            }
            c if turns(c) || matches!(c, '\r' | '\n') => continue,
            '\t' => ' ',
            c if c.is_control() => '\u{fffd}',
            c => c,
        };
        match spans.last_mut().filter(|span| span.style == style) {
            Some(span) => span.text.push(shown),
            None => spans.push(Span { text: shown.to_string(), style }),
        }
    }
    spans
}

/// The text alone.
pub fn strip(line: &str) -> Cow<'_, str> {
    if line.chars().any(|c| c.is_control() || turns(c)) {
        Cow::Owned(spans(line).into_iter().map(|span| span.text).collect())
    } else {
        Cow::Borrowed(line)
    }
}

/// Marks that embed, override or isolate a direction; with them a text can be made to read as another one.
fn turns(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Reads the rest of a sequence: `ESC [ … letter`, `ESC ] … BEL` or `ESC \`, or `ESC` and one character. The answer is
/// what stands between `[` and `m`, where it is that one.
fn escape(first: char, chars: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Option<String> {
    let kind = if first == '\u{9b}' { Some('[') } else { chars.next() };
    match kind {
        Some('[') => {
            let mut codes = String::new();
            while let Some(c) = chars.next_if(|c| !('@'..='~').contains(c) && !c.is_control()) {
                // Longer than any real one: the rest is skipped all the same.
                if codes.len() < 64 {
                    codes.push(c);
                }
            }
            chars.next_if(|c| !c.is_control()).filter(|c| *c == 'm').map(|_| codes)
        }
        Some(']') => {
            while chars.next_if(|c| !matches!(c, '\u{7}' | '\u{1b}')).is_some() {}
            if chars.next() == Some('\u{1b}') {
                chars.next_if(|c| *c == '\\');
            }
            None
        }
        _ => None,
    }
}

/// Applies the codes of one sequence, such as `1;31`. None at all is `0`.
fn set(style: &mut Style, codes: &str) {
    let mut codes = codes.split([';', ':']);
    while let Some(code) = codes.next() {
        match code.parse::<u8>().unwrap_or(if code.is_empty() { 0 } else { u8::MAX }) {
            0 => *style = Style::default(),
            1 => style.bold = true,
            2 | 30 | 37 | 90 => style.tone = Some(Tone::Dim),
            22 => {
                style.bold = false;
                style.tone = style.tone.filter(|tone| *tone != Tone::Dim);
            }
            31 | 91 => style.tone = Some(Tone::Red),
            32 | 92 => style.tone = Some(Tone::Green),
            33 | 93 => style.tone = Some(Tone::Yellow),
            34 | 36 | 94 | 96 => style.tone = Some(Tone::Blue),
            35 | 95 => style.tone = Some(Tone::Magenta),
            39 | 97 => style.tone = None,
            // Colours of a palette or by their parts: five or two numbers that are none of the codes above.
            38 | 48 | 58 => {
                let skip = if codes.next() == Some("2") { 3 } else { 1 };
                codes.by_ref().take(skip).for_each(drop);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(line: &str) -> Vec<(String, Option<Tone>, bool)> {
        spans(line).into_iter().map(|span| (span.text, span.style.tone, span.style.bold)).collect()
    }

    #[test]
    fn colours_become_styles() {
        let line = "ok \u{1b}[1;31mFAIL\u{1b}[0m tax \u{1b}[32mgreen\u{1b}[39m\u{1b}[m end";
        let expected = [
            ("ok ".to_owned(), None, false),
            ("FAIL".to_owned(), Some(Tone::Red), true),
            (" tax ".to_owned(), None, false),
            ("green".to_owned(), Some(Tone::Green), false),
            (" end".to_owned(), None, false),
        ];
        assert_eq!(told(line), expected);
    }

    #[test]
    fn colours_of_a_palette_do_not_read_as_other_codes() {
        assert_eq!(told("\u{1b}[38;5;31mx"), [("x".to_owned(), None, false)]);
        assert_eq!(told("\u{1b}[38;2;31;32;33;1mx"), [("x".to_owned(), None, true)]);
    }

    #[test]
    fn other_sequences_are_left_out() {
        for (line, text) in [
            ("\u{1b}[2J\u{1b}[10;20Hhome", "home"),
            ("\u{1b}]8;;http://x\u{7}link\u{1b}]8;;\u{1b}\\!", "link!"),
            ("\u{9b}1mbold", "bold"),
            ("cut off \u{1b}[31", "cut off "),
            ("cut off \u{1b}", "cut off "),
            ("safe\u{202e}txt.exe\u{2066}!", "safetxt.exe!"),
            ("a\0b\tc\r", "a\u{fffd}b c"),
        ] {
            assert_eq!(strip(line), text, "{line:?}");
        }
        assert!(matches!(strip("plain <b>"), Cow::Borrowed("plain <b>")));
    }
}
