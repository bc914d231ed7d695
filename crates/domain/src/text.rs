//! The one tokenizer of the search: the database's index and the browser use the same words.
//!
//! Words are runs of letters and digits (Unicode), lower case, without diacritics. Chinese, Japanese and Korean
//! text has no spaces, so it is cut into overlapping pairs; a text also keeps each pair's last letter, so that a
//! search for one letter finds it.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The longest token, in bytes: base64 blobs in an error must not fill the index.
const MAX_TOKEN_BYTES: usize = 64;

/// The words of a text that is searched.
pub fn text_tokens(text: &str) -> Vec<String> {
    tokens(text, true)
}

/// Hands over the words of a text that is searched, in its order. Most texts are plain ASCII, whose words need no tables.
pub fn each_text_token(text: &str, mut visit: impl FnMut(&str)) {
    if !text.is_ascii() {
        return text_tokens(text).iter().for_each(|token| visit(token));
    }
    let mut word = String::new();
    for run in text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|run| !run.is_empty()) {
        word.clear();
        word.push_str(run.get(..MAX_TOKEN_BYTES).unwrap_or(run));
        word.make_ascii_lowercase();
        visit(&word);
    }
}

/// The most words of a query that are looked for: each costs a search of its own.
pub const MAX_QUERY_WORDS: usize = 16;

/// The words of a query, at most [`MAX_QUERY_WORDS`]. Each must be the beginning of a word of the text, so one that
/// begins another says nothing more and is left out.
pub fn query_tokens(text: &str) -> Vec<String> {
    let mut words = tokens(text, false);
    words.sort_unstable();
    words.dedup_by(|later, earlier| {
        // In order, a word stands right before those that it begins.
        let implied = later.starts_with(earlier.as_str());
        if implied {
            std::mem::swap(later, earlier);
        }
        implied
    });
    words.truncate(MAX_QUERY_WORDS);
    words
}

/// Whether every query word begins some word of the text.
pub fn matches(text: &[String], query: &[String]) -> bool {
    query.iter().all(|word| text.iter().any(|token| token.starts_with(word.as_str())))
}

fn tokens(text: &str, singles: bool) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut word = String::new();
    let mut cjk: Vec<char> = Vec::new();
    let folded = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    // Decomposed Hangul is put together again, so that a syllable is one letter.
    for c in folded.nfc() {
        if is_cjk(c) {
            flush_word(&mut word, &mut tokens);
            cjk.push(c);
        } else if c.is_alphanumeric() {
            flush_cjk(&mut cjk, singles, &mut tokens);
            word.push(c);
        } else {
            flush_word(&mut word, &mut tokens);
            flush_cjk(&mut cjk, singles, &mut tokens);
        }
    }
    flush_word(&mut word, &mut tokens);
    flush_cjk(&mut cjk, singles, &mut tokens);
    tokens
}

fn flush_word(word: &mut String, tokens: &mut Vec<String>) {
    if !word.is_empty() {
        let cut = word.floor_char_boundary(MAX_TOKEN_BYTES);
        word.truncate(cut);
        tokens.push(std::mem::take(word));
    }
}

fn flush_cjk(letters: &mut Vec<char>, singles: bool, tokens: &mut Vec<String>) {
    tokens.extend(letters.windows(2).map(|pair| pair.iter().collect()));
    if let Some(last) = letters.last().filter(|_| singles || letters.len() == 1) {
        tokens.push(last.to_string());
    }
    letters.clear();
}

fn is_cjk(c: char) -> bool {
    matches!(u32::from(c),
        0x3040..=0x30FF      // Hiragana, Katakana
        | 0x3400..=0x4DBF    // CJK extension A
        | 0x4E00..=0x9FFF    // CJK unified
        | 0xAC00..=0xD7AF    // Hangul syllables
        | 0xF900..=0xFAFF    // CJK compatibility
        | 0x2_0000..=0x3_FFFF // CJK extensions
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, query: &str, found: bool) {
        assert_eq!(matches(&text_tokens(text), &query_tokens(query)), found, "{query:?} in {text:?}");
    }

    #[test]
    fn words_match_by_prefix_whatever_their_case_and_accents() {
        check("Créer la façade", "crée facad", true);
        check("Retry Payloop v3.8.1", "pay V3", true);
        check("Retry Payloop", "loop", false);
        check("Straße", "strasse", false);
        check("ｆｕｌｌ ｗｉｄｔｈ", "full width", true);
        check("anything", "", true);
    }

    #[test]
    fn text_without_spaces_is_found_by_any_piece_of_it() {
        check("支払いの失敗を調べる", "失敗", true);
        check("支払いの失敗を調べる", "る", true);
        check("支払いの失敗を調べる", "敗失", false);
        check("결제 실패 조사", "실패", true);
    }

    #[test]
    fn plain_texts_have_the_same_words_either_way() {
        for text in ["", "Retry Payloop v3.8.1", "a__b\u{0}C-d ", &"Z".repeat(200), "Straße", "失敗 x"] {
            let mut tokens = Vec::new();
            each_text_token(text, |token| tokens.push(token.to_owned()));
            assert_eq!(tokens, text_tokens(text), "{text:?}");
        }
    }

    #[test]
    fn a_query_is_not_searched_for_more_often_than_it_says() {
        assert_eq!(query_tokens("b a ab a abc b"), ["abc", "b"]);
        assert_eq!(
            query_tokens(&(0..100).map(|n| format!("{n}x")).collect::<Vec<_>>().join(" ")).len(),
            MAX_QUERY_WORDS
        );
    }

    #[test]
    fn a_long_blob_is_one_short_token() {
        assert_eq!(text_tokens(&"a".repeat(10_000)), ["a".repeat(64)]);
    }
}
