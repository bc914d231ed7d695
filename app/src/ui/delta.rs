//! A change against an earlier figure.

use leptos::prelude::*;

use crate::ui::{Icon, IconName};

/// Where a figure went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// More than before.
    Up,
    /// Less than before.
    Down,
    /// The same as before.
    Level,
}

/// A change: its direction, in words how much, and whether that is good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delta {
    /// Where it went.
    pub direction: Direction,
    /// How much, and against what: `11 vs yesterday`.
    pub text: String,
    /// The same in full, on hover.
    pub title: String,
    /// Whether that is good; `None` where it is neither.
    pub good: Option<bool>,
}

impl Delta {
    /// The change of a count of which more is better.
    pub fn more_is_better(now: u64, before: u64, against: &str, title: String) -> Self {
        let (direction, good) = match now.cmp(&before) {
            std::cmp::Ordering::Greater => (Direction::Up, Some(true)),
            std::cmp::Ordering::Less => (Direction::Down, Some(false)),
            std::cmp::Ordering::Equal => (Direction::Level, None),
        };
        let text = match direction {
            Direction::Level => format!("same as {against}"),
            _ => format!("{} vs {against}", now.abs_diff(before)),
        };
        Self { direction, text, title, good }
    }
}

/// Shows a change: an arrow for its direction, a colour for good or bad, words for both.
#[component]
pub fn DeltaMark(
    /// The change.
    delta: Delta,
) -> impl IntoView {
    let tone = match delta.good {
        Some(true) => "ok",
        Some(false) => "danger",
        None => "idle",
    };
    let (arrow, word) = match delta.direction {
        Direction::Up => (Some(IconName::ArrowUp), "up "),
        Direction::Down => (Some(IconName::ArrowDown), "down "),
        Direction::Level => (None, ""),
    };
    view! {
        <span class="delta" data-tone=tone title=delta.title>
            {arrow.map(|name| view! { <Icon name/> })}
            <span class="sr">{word}</span>
            {delta.text}
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delta(now: u64, before: u64) -> (Direction, String, Option<bool>) {
        let delta = Delta::more_is_better(now, before, "yesterday", String::new());
        (delta.direction, delta.text, delta.good)
    }

    #[test]
    fn the_words_say_how_much_and_the_tone_whether_it_is_good() {
        assert_eq!(delta(48, 37), (Direction::Up, "11 vs yesterday".to_owned(), Some(true)));
        assert_eq!(delta(3, 4), (Direction::Down, "1 vs yesterday".to_owned(), Some(false)));
        assert_eq!(delta(0, 0), (Direction::Level, "same as yesterday".to_owned(), None));
    }
}
