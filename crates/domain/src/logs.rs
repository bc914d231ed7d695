//! The log of a task: what its runs wrote and what its events say, line by line.
//!
//! Lines come in the order in which they were told: events by their time, the log of a run (whose lines have no times) where
//! the run began, after everything else where that is not known. A line of an event's output has the event's time and level.
//! Numbers count all lines from 1; no filter changes them.

mod query;
mod reader;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use self::{
    query::{LOG_KEYS, MAX_Q, PER_PAGE},
    reader::Reader,
};
use crate::event::EventLevel;

/// The most lines of one window.
pub const MAX_LINES: usize = 1_000;

/// The longest line, in bytes; a longer one ends in `…`.
pub const MAX_LINE_BYTES: usize = 4_000;

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct LogLine {
    /// Its number among all lines, from 1.
    pub no: u64,
    /// When it was told; `null` for what a run wrote.
    pub at: Option<DateTime<Utc>>,
    /// How it is to be read: as its event says, or as the line of a run begins; `null` where neither does.
    pub level: Option<EventLevel>,
    /// Whether the level was read out of the text, because no source told it.
    pub inferred: bool,
    /// What it says, with its terminal colours.
    pub text: String,
}

/// How many lines there are of each level.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each is the count of that level")]
pub struct LevelCounts {
    pub debug: u64,
    pub info: u64,
    pub warn: u64,
    pub error: u64,
    pub success: u64,
    /// Lines of which nobody told a level.
    pub unknown: u64,
}

impl LevelCounts {
    fn of(&mut self, level: Option<EventLevel>) -> &mut u64 {
        match level {
            Some(EventLevel::Debug) => &mut self.debug,
            Some(EventLevel::Info) => &mut self.info,
            Some(EventLevel::Warn) => &mut self.warn,
            Some(EventLevel::Error) => &mut self.error,
            Some(EventLevel::Success) => &mut self.success,
            None => &mut self.unknown,
        }
    }

    /// How many there are of that level.
    pub fn get(mut self, level: Option<EventLevel>) -> u64 {
        *self.of(level)
    }

    /// All of them.
    pub fn total(&self) -> u64 {
        self.debug + self.info + self.warn + self.error + self.success + self.unknown
    }
}

/// Where in the filtered log a window is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Place {
    /// The first lines.
    #[default]
    Start,
    /// That page, from 1.
    Page(u32),
    /// The page with that line, or with the first one after it that is not filtered out.
    Line(u64),
    /// The page with that match, from 1.
    Match(u64),
    /// The last page.
    End,
}

/// What of a log is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LogQuery {
    /// Only lines of these levels; empty is all.
    pub levels: BTreeSet<EventLevel>,
    /// What is looked for, whatever its case; nothing where empty.
    pub q: String,
    /// Whether lines without it are left out.
    pub only_matches: bool,
    /// Which page.
    pub place: Place,
    /// Lines a page, 1 to [`MAX_LINES`].
    pub per_page: usize,
}

/// A page of a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct LogWindow {
    /// The lines of the page.
    pub items: Vec<LogLine>,
    /// How many lines there are on all pages, after the filter.
    pub total: u64,
    /// Which page this is, from 1.
    pub page: u32,
    /// Lines a page.
    pub per_page: u32,
    /// How many lines there are of each level, before the filter.
    pub levels: LevelCounts,
    /// How many lines have what is looked for, among those of the levels asked for.
    pub matches: u64,
    /// Which match was asked for, from 1, and the number of its line.
    pub current: Option<Match>,
    /// Size of the whole log, in bytes.
    pub bytes: u64,
}

/// A line that has what is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Match {
    /// Which match it is, from 1.
    pub nth: u64,
    /// The number of its line.
    pub line: u64,
}

/// Where `needle` stands in the text, whatever the case: ranges of bytes, in order, none in another. Nothing is found for a
/// needle that is empty.
pub fn find(text: &str, needle: &str) -> Vec<std::ops::Range<usize>> {
    let needle: Vec<char> = needle.chars().map(fold).collect();
    let mut found = Vec::new();
    if needle.is_empty() {
        return found;
    }
    let mut from = 0;
    while let Some(start) = text.get(from..) {
        let mut chars = start.char_indices();
        let mut wanted = needle.iter();
        let all = wanted.by_ref().all(|wanted| chars.next().is_some_and(|(_, c)| fold(c) == *wanted));
        let next = start.chars().next().map_or(1, char::len_utf8);
        if all {
            let end = from + chars.offset();
            found.push(from..end);
            from = end;
        } else {
            from += next;
        }
        if start.is_empty() {
            break;
        }
    }
    found
}

fn fold(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// The level that a line of a run says itself, by the first words that programs use for it: `ERROR`, `warning:`, `[info]`.
pub fn said_level(text: &str) -> Option<EventLevel> {
    let start = &text[..text.floor_char_boundary(64)];
    let word = |word: &str| match word {
        "ERROR" | "FATAL" | "PANIC" | "CRITICAL" => Some(EventLevel::Error),
        "WARN" | "WARNING" => Some(EventLevel::Warn),
        "INFO" => Some(EventLevel::Info),
        "DEBUG" | "TRACE" => Some(EventLevel::Debug),
        _ => None,
    };
    let first = start.split([':', '[', ']', '(', ' ']).find(|word| !word.is_empty()).unwrap_or_default();
    let led = start.trim_start().starts_with('[')
        || start.contains(&format!("{first}:"))
        || start.contains(&format!("{first}["));
    let first = if led { word(&first.to_uppercase()) } else { None };
    first.or_else(|| start.split(|c: char| !c.is_alphanumeric()).find_map(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_looked_for_is_found_whatever_its_case() {
        assert_eq!(find("Round and round", "ROUND"), [0..5, 10..15]);
        assert_eq!(find("aaaa", "aa"), [0..2, 2..4]);
        assert_eq!(find("Größe GRÖSSE größe", "GRÖß"), [0..6, 16..22]);
        assert_eq!(find("İstanbul ı", "i").first(), Some(&(0..2)));
        assert!(find("text", "").is_empty() && find("", "x").is_empty() && find("ab", "abc").is_empty());
    }

    #[test]
    fn a_line_that_says_its_level_is_taken_at_its_word() {
        for (text, level) in [
            ("error: could not compile", Some(EventLevel::Error)),
            ("error[E0382]: moved", Some(EventLevel::Error)),
            ("[warn] slow", Some(EventLevel::Warn)),
            ("2026-05-25T16:42:18Z  INFO server: up", Some(EventLevel::Info)),
            ("DEBUG tool=shell", Some(EventLevel::Debug)),
            ("3 errors were mended", None),
            ("information about it", None),
            ("", None),
        ] {
            assert_eq!(said_level(text), level, "{text}");
        }
    }
}
