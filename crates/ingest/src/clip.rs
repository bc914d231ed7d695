//! Bounds. A source may send what it likes; what is stored has a size that a page can show.

/// The longest line that is taken, in bytes. A longer one is rejected by number and the next one is read.
pub const MAX_LINE_BYTES: usize = 1024 * 1024;

/// The longest text of one field that is stored, in bytes: four times what a terminal scrolls back.
pub const MAX_TEXT_BYTES: usize = 64 * 1024;

/// The most texts in one list (tags, log lines) that are stored.
pub const MAX_LIST: usize = 2_000;

/// Cuts a text to [`MAX_TEXT_BYTES`] and says so at its end, with the size it had.
///
/// A text that was cut before stays as it is: what is exported is taken again unchanged.
pub fn text(text: &mut String) {
    if text.len() > MAX_TEXT_BYTES && !was_cut(text, "bytes") {
        let size = text.len();
        text.truncate(text.floor_char_boundary(MAX_TEXT_BYTES));
        let note = format!("… [clipped: {size} bytes in all]");
        text.push_str(&note);
    }
    if text.contains('\0') {
        // Databases and terminals end a text there, so the rest would be lost without a word.
        *text = text.replace('\0', "\u{FFFD}");
    }
}

/// Cuts a list to [`MAX_LIST`] texts; the last one says how many there were.
pub fn list(list: &mut Vec<String>) {
    let was_cut =
        list.len() == MAX_LIST + 1 && list.last().is_some_and(|last| note_of(last, "entries") == Some(""));
    if list.len() > MAX_LIST && !was_cut {
        let count = list.len();
        list.truncate(MAX_LIST);
        list.push(format!("… [clipped: {count} entries in all]"));
    }
}

/// Whether the text ends with the note that it was cut, right where it would be cut.
fn was_cut(text: &str, of: &str) -> bool {
    note_of(text, of).is_some_and(|kept| kept.len() <= MAX_TEXT_BYTES && kept.len() + 4 > MAX_TEXT_BYTES)
}

/// What stands before the note that something was cut, where there is such a note at the end.
fn note_of<'a>(text: &'a str, of: &str) -> Option<&'a str> {
    let (kept, note) = text.rsplit_once("… [clipped: ")?;
    let number = note.strip_suffix(" in all]")?.strip_suffix(of)?.strip_suffix(' ')?;
    (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_between_letters_and_says_how_long_it_was() {
        let mut long = "é".repeat(MAX_TEXT_BYTES);
        text(&mut long);
        assert!(
            long.starts_with("éé") && long.ends_with("é… [clipped: 131072 bytes in all]"),
            "{}",
            long.len()
        );
    }

    #[test]
    fn a_text_within_bounds_stays_as_it_is() {
        let mut short = "x".repeat(MAX_TEXT_BYTES);
        text(&mut short);
        assert_eq!(short.len(), MAX_TEXT_BYTES);
    }

    #[test]
    fn what_was_cut_is_not_cut_again() {
        let mut long = "é".repeat(MAX_TEXT_BYTES);
        text(&mut long);
        let once = long.clone();
        text(&mut long);
        assert_eq!(long, once);
        let mut lines = vec!["x".to_owned(); MAX_LIST + 7];
        list(&mut lines);
        let once = lines.clone();
        list(&mut lines);
        assert_eq!(lines, once);
        let mut other = format!("{}… [clipped: 7 bytes in all]", "x".repeat(2 * MAX_TEXT_BYTES));
        text(&mut other);
        assert!(other.len() < MAX_TEXT_BYTES + 100, "the words alone keep nothing");
    }

    #[test]
    fn a_text_does_not_end_at_a_zero_byte() {
        let mut zero = "before\0after".to_owned();
        text(&mut zero);
        assert_eq!(zero, "before\u{FFFD}after");
    }
}
