//! Bounds. A source may send what it likes; what is stored has a size that a page can show.

/// The longest line that is taken, in bytes. A longer one is rejected by number and the next one is read.
pub const MAX_LINE_BYTES: usize = 1024 * 1024;

/// The longest text of one field that is stored, in bytes: four times what a terminal scrolls back.
pub const MAX_TEXT_BYTES: usize = 64 * 1024;

/// The most texts in one list (tags, log lines) that are stored.
pub const MAX_LIST: usize = 2_000;

/// Cuts a text to [`MAX_TEXT_BYTES`] and says so at its end, with the size it had.
pub fn text(text: &mut String) {
    if text.len() > MAX_TEXT_BYTES {
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
    if list.len() > MAX_LIST {
        let count = list.len();
        list.truncate(MAX_LIST);
        list.push(format!("… [clipped: {count} entries in all]"));
    }
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
    fn a_text_does_not_end_at_a_zero_byte() {
        let mut zero = "before\0after".to_owned();
        text(&mut zero);
        assert_eq!(zero, "before\u{FFFD}after");
    }
}
