//! Finding names by pieces of them.

use std::ops::Range;

/// How well a name fits what was typed, and which letters of it do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fit {
    /// The higher, the better.
    pub(super) score: i32,
    /// The letters that fit, as ranges of bytes in order.
    pub(super) marks: Vec<Range<usize>>,
}

/// How well `name` fits: every word that was typed must be in it, as a piece or as letters in their order, or else be a
/// piece of `note`. `None` where one is in neither. Nothing typed fits everything.
pub(super) fn fit(typed: &str, name: &str, note: &str) -> Option<Fit> {
    let letters: Vec<(usize, char)> = name.char_indices().map(|(at, c)| (at, lower(c))).collect();
    let note: String = note.chars().map(lower).collect();
    let mut fit = Fit { score: 0, marks: Vec::new() };
    for word in typed.split_whitespace() {
        let word: Vec<char> = word.chars().map(lower).collect();
        if let Some((score, at)) = piece(&word, &letters).or_else(|| scattered(&word, &letters)) {
            fit.score += score;
            fit.marks.extend(at.into_iter().map(|at| {
                let (start, _) = letters[at];
                start..letters.get(at + 1).map_or(name.len(), |(next, _)| *next)
            }));
        } else if note.contains(&word.iter().collect::<String>()) {
            fit.score += 10;
        } else {
            return None;
        }
    }
    fit.marks.sort_unstable_by_key(|mark| mark.start);
    fit.marks.dedup();
    fit.marks = joined(fit.marks);
    Some(fit)
}

fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

fn begins_word(letters: &[(usize, char)], at: usize) -> bool {
    at.checked_sub(1).is_none_or(|before| !letters[before].1.is_alphanumeric())
}

/// The word as it is: best where it begins the name, then where it begins a word of it.
fn piece(word: &[char], letters: &[(usize, char)]) -> Option<(i32, Vec<usize>)> {
    let starts = (0..letters.len()).filter(|start| {
        letters
            .get(*start..start + word.len())
            .is_some_and(|part| part.iter().zip(word).all(|((_, a), b)| a == b))
    });
    let score = |start| match start {
        0 => 120,
        start if begins_word(letters, start) => 100,
        _ => 60,
    };
    let (score, start) = starts
        .map(|start| (score(start), start))
        .max_by_key(|(score, start)| (*score, usize::MAX - start))?;
    Some((score, (start..start + word.len()).collect()))
}

/// The word's letters in their order, not far apart: the first begins a word.
fn scattered(word: &[char], letters: &[(usize, char)]) -> Option<(i32, Vec<usize>)> {
    let starts = (0..letters.len()).filter(|at| begins_word(letters, *at));
    starts
        .filter_map(|start| {
            let mut at = start;
            let mut found = Vec::with_capacity(word.len());
            for wanted in word {
                at += letters.get(at..)?.iter().position(|(_, c)| c == wanted)?;
                found.push(at);
                at += 1;
            }
            let spread = at - start - word.len();
            // What is spread over more than twice its length is there by chance.
            (found.first() == Some(&start) && spread <= word.len() * 2)
                .then(|| (40 - i32::try_from(spread).unwrap_or(40), found))
        })
        .max_by_key(|(score, _)| *score)
}

fn joined(marks: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = Vec::with_capacity(marks.len());
    for mark in marks {
        match all.last_mut() {
            Some(last) if last.end >= mark.start => last.end = last.end.max(mark.end),
            _ => all.push(mark),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn marked(typed: &str, name: &str, note: &str) -> Option<String> {
        let fit = fit(typed, name, note)?;
        let mut shown = name.to_owned();
        for mark in fit.marks.into_iter().rev() {
            shown.insert(mark.end, ']');
            shown.insert(mark.start, '[');
        }
        Some(shown)
    }

    #[test]
    fn pieces_and_letters_in_order_fit() {
        assert_eq!(marked("pay", "Payloop", "").as_deref(), Some("[Pay]loop"));
        assert_eq!(marked("loop", "Payloop", "").as_deref(), Some("Pay[loop]"));
        assert_eq!(marked("plp", "Payloop", "").as_deref(), Some("[P]ay[l]oo[p]"));
        assert_eq!(
            marked("retry set", "Settings: Auto-retry rules", "").as_deref(),
            Some("[Set]tings: Auto-[retry] rules")
        );
        assert_eq!(marked("é", "Café Éclair", "").as_deref(), Some("Café [É]clair"));
    }

    #[test]
    fn a_word_may_be_in_the_note() {
        assert_eq!(marked("saas pay", "Payloop", "SaaS").as_deref(), Some("[Pay]loop"));
        assert_eq!(marked("saas", "Payloop", "Website"), None);
    }

    #[test]
    fn letters_that_are_there_by_chance_do_not_fit() {
        assert_eq!(marked("ps", "Payloop of the seven seas", ""), None);
        assert_eq!(marked("xyz", "Payloop", ""), None);
        assert_eq!(marked("", "Payloop", "").as_deref(), Some("Payloop"));
    }

    #[test]
    fn beginnings_come_first() {
        let score = |name| fit("re", name, "").unwrap().score;
        assert!(score("Revenue Sync") > score("Auto-retry"));
        assert!(score("Auto-retry") > score("Core"));
    }
}
