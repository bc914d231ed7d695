//! Foreign text made safe to read: nothing in it can colour, move or reorder what stands around it.

use std::borrow::Cow;

/// The text on one line: terminal escape sequences and marks that turn the direction of text are left out, white
/// space becomes a space, and any other control character becomes `�`.
///
/// HTML needs no care here: it is rendered as text.
pub fn plain(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| c.is_control() || turns(c)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\u{1b}' | '\u{9b}' => skip_escape(c, &mut chars),
            '\n' | '\r' | '\t' => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c if turns(c) => {}
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    Cow::Owned(out.trim().to_owned())
}

/// The same with its lines and their indents kept: for text that is read, not scanned.
pub fn plain_lines(text: &str) -> String {
    let line = |line: &str| {
        let (indent, rest) = line.split_at(line.len() - line.trim_start_matches([' ', '\t']).len());
        format!("{indent}{}", plain(rest.trim_end()))
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// The beginning of a text on one line, cut at a word where there is one: at most `most` characters and `…`. `None`
/// where the text is no longer than that and stands on one line: then it needs no excerpt.
pub fn excerpt(text: &str, most: usize) -> Option<String> {
    let line = plain(text.trim());
    let Some((end, _)) = line.char_indices().nth(most) else {
        return text.trim().contains('\n').then(|| line.into_owned());
    };
    let cut = &line[..end];
    let word = cut.rfind(' ').filter(|at| *at > end / 2).unwrap_or(end);
    Some(format!("{}…", cut[..word].trim_end_matches([' ', ',', '.', ';', ':', '-'])))
}

/// Marks that embed, override or isolate a direction; with them a text can be made to read as another one.
fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Skips the rest of an ANSI sequence: `ESC [ … letter`, `ESC ] … BEL` or `ESC \`, or `ESC` and one character.
fn skip_escape(first: char, chars: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    let kind = if first == '\u{9b}' { Some('[') } else { chars.next() };
    match kind {
        Some('[') => while chars.next_if(|c| !('@'..='~').contains(c) && !c.is_control()).is_some() {},
        Some(']') => {
            while chars.next_if(|c| !matches!(c, '\u{7}' | '\u{1b}' | '\n')).is_some() {}
            if chars.peek() == Some(&'\u{1b}') {
                chars.next();
            }
        }
        _ => return,
    }
    chars.next_if(|c| *c != '\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_text_is_left_alone() {
        for text in ["Ship 1.2", "日本語 🚀 très bientôt", "<b>urgent</b>", "עברית 123"] {
            assert!(matches!(plain(text), Cow::Borrowed(same) if same == text), "{text}");
        }
    }

    #[test]
    fn terminal_escapes_are_left_out() {
        assert_eq!(plain("\u{1b}[31mred\u{1b}[0m end"), "red end");
        assert_eq!(plain("\u{1b}]8;;http://x\u{7}link\u{1b}]8;;\u{1b}\\!"), "link!");
        assert_eq!(plain("\u{9b}1mbold"), "bold");
        assert_eq!(plain("cut off \u{1b}["), "cut off");
        assert_eq!(plain("cut off \u{1b}"), "cut off");
    }

    #[test]
    fn an_unfinished_escape_does_not_swallow_the_next_line() {
        assert_eq!(plain("\u{1b}]0;title\nrest"), "rest");
    }

    #[test]
    fn lines_are_kept_where_they_matter() {
        assert_eq!(plain_lines("one\u{1b}[31m\r\n  two\u{202e}\n\nthree\0"), "one\n  two\n\nthree\u{fffd}");
    }

    #[test]
    fn an_excerpt_is_there_only_for_what_is_long() {
        assert_eq!(excerpt("Short.\n", 20), None);
        assert_eq!(excerpt("Two\nlines", 20).as_deref(), Some("Two lines"));
        assert_eq!(excerpt("Ask before a deploy, on a Friday", 21).as_deref(), Some("Ask before a deploy…"));
        assert_eq!(excerpt("日本語日本語日本語", 4).as_deref(), Some("日本語日…"));
    }

    #[test]
    fn marks_that_turn_the_direction_are_left_out() {
        assert_eq!(plain("safe\u{202e}txt.exe\u{2066}!"), "safetxt.exe!");
    }

    #[test]
    fn other_controls_are_made_visible_and_lines_are_joined() {
        assert_eq!(plain("a\0b\u{8}c\r\nd\te\u{7f}"), "a\u{fffd}b\u{fffd}c d e\u{fffd}");
    }
}
