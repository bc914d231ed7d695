//! Laws of fingerprints.

use domain::insight::fingerprint::fingerprint;
use proptest::prelude::*;

/// Errors as programs write them, and anything else.
fn error() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zA-Z]{1,9}",
        "[0-9a-f]{4,12}",
        "/[a-z]{1,5}/[a-z.]{1,7}",
        "['\"`][a-z0-9 ]{0,8}['\"`]?",
        "[a-z]{1,4}\\.[a-z]{1,6}",
        "[*.,:;#@/\\\\%~-]{1,2}",
        "(http|status|code) [3-6][0-9]{2}",
        "\u{1b}\\[[0-9;]{0,3}m",
        any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec((piece, prop_oneof![Just(" "), Just(""), Just("\n")]), 0..40)
        .prop_map(|pieces| pieces.into_iter().map(|(piece, space)| piece + space).collect())
}

proptest! {
    #[test]
    fn a_fingerprint_is_bounded_and_its_own_fingerprint(error in error()) {
        if let Some(once) = fingerprint(&error) {
            prop_assert!(once.len() <= 160 && once.split(' ').count() <= 24, "{once}");
            prop_assert!(!once.chars().any(char::is_control), "{once:?}");
            let again = fingerprint(&once);
            prop_assert_eq!(again.as_deref(), Some(once.as_str()));
        }
    }

    #[test]
    fn numbers_ids_and_paths_do_not_matter(
        words in "[a-z]{3,8}( [a-z]{3,8}){0,5}",
        numbers in proptest::array::uniform2(0_u64..1_000_000),
        names in proptest::array::uniform2("[a-z]{1,8}"),
    ) {
        let [a, b] = [0, 1].map(|at| {
            fingerprint(&format!("{words} {} at /srv/{}/x: \"{}\" id={:x}7", numbers[at], names[at], names[at], numbers[at]))
        });
        prop_assert!(a.is_some());
        prop_assert_eq!(a, b);
    }

    #[test]
    fn other_words_are_another_failure(one in "[g-z]{4,8}", other in "[g-z]{4,8}") {
        prop_assume!(one != other);
        prop_assert_ne!(fingerprint(&format!("failed to {one}")), fingerprint(&format!("failed to {other}")));
    }
}
