//! Laws of terminal text.

use domain::{ansi, logs};
use proptest::prelude::*;

/// Text with what terminals and hostile sources put into it.
fn terminal() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-z <>&]{0,6}",
        "\u{1b}\\[[0-9;:]{0,8}m",
        "\u{1b}\\[[0-9;?]{0,5}[A-Za-z]",
        "\u{1b}\\][0-9];[a-z]{0,3}(\u{7}|\u{1b}\\\\)?",
        any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn nothing_that_controls_a_terminal_or_turns_text_is_left(line in terminal()) {
        let text = ansi::strip(&line);
        prop_assert!(!text.chars().any(|c| c.is_control() || "\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}".contains(c)), "{text:?}");
        prop_assert_eq!(&ansi::strip(&text), &text, "stripped text stays as it is");
        let whole: String = ansi::spans(&line).into_iter().map(|span| span.text).collect();
        prop_assert_eq!(whole.as_str(), &*text);
        prop_assert!(ansi::spans(&line).windows(2).all(|pair| pair[0].style != pair[1].style));
    }

    #[test]
    fn what_is_found_is_there(text in "[aAbBéÉß ]{0,20}", needle in "[aAbBéÉ]{1,3}") {
        let found = logs::find(&text, &needle);
        for range in &found {
            prop_assert_eq!(text[range.clone()].to_lowercase(), needle.to_lowercase());
        }
        prop_assert!(found.windows(2).all(|pair| pair[0].end <= pair[1].start));
        prop_assert_eq!(found.is_empty(), !text.to_lowercase().contains(&needle.to_lowercase()));
    }
}
