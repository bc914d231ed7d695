//! Failures that come back: what an error says without what differs from one time to the next.
//!
//! # What counts as a failure
//! The `error` of a task, from when it was told, and each event of the type `error`.
//!
//! # What stays of a text
//! Its first line (of a Python traceback the last one), in lower case, word by word. A word that differs from time to
//! time becomes `*`: whatever has a digit in it (numbers, ids, times, versions), hex of eight letters or more, paths and
//! URLs, names of files, what is longer than 40 bytes, and what stands in quotes. Punctuation between words goes.
//! An HTTP status behind a word that announces one stays: 404 and 503 are not the same failure.
//!
//! | text | fingerprint |
//! |---|---|
//! | `Timeout of 30000ms exceeded` | `timeout of * exceeded` |
//! | `ENOENT: no such file, open '/srv/a1/config.json'` | `enoent no such file open *` |
//! | `error[E0382]: borrow of moved value: \`x\`` | `error * borrow of moved value *` |
//! | `2026-05-25T16:42:18Z request 7f3c1d9e failed with status 503` | `* request * failed with status 503` |
//!
//! At most 24 words and 160 bytes are kept. A text of which nothing but `*` stays has no fingerprint: it would be the same
//! as any other such text.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    ansi,
    event::{EventRecord, EventType},
    id::{ProductId, TaskId},
    task::{TaskPatch, TaskRecord, TaskStatus},
};

/// Which version of the rules above made a stored fingerprint. A store that has others makes its own anew.
pub const VERSION: u64 = 1;

/// How many failures of one task are looked for elsewhere, the latest first.
pub const MAX_FAILURES: u32 = 5;

/// How many other tasks are named for each failure, the latest first.
pub const MAX_OTHERS: u32 = 10;

const MAX_WORDS: usize = 24;
const MAX_WORD_BYTES: usize = 40;
const MAX_BYTES: usize = 160;
/// How much of a line is looked at: what is kept of it is never near that.
const MAX_LINE_BYTES: usize = 2_000;

/// Stands for what differs from time to time.
const ANY: &str = "*";

/// Words after which three digits are an HTTP status.
const BEFORE_STATUS: [&str; 6] = ["http", "status", "code", "error", "returned", "returns"];

/// A failure, and when it was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What it says, without what differs from time to time.
    pub fingerprint: String,
    /// When it was told.
    pub at: DateTime<Utc>,
}

/// A failure of a task that other tasks had, too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Recurrence {
    /// What the failure says, without what differs from time to time.
    pub fingerprint: String,
    /// How often it was told, by all tasks.
    pub times: u64,
    /// Tasks that told it, this one among them.
    pub tasks: u64,
    /// Their products; the reserved `unassigned` is none.
    pub products: u64,
    /// When it was told first.
    pub first_at: DateTime<Utc>,
    /// When it was told last.
    pub last_at: DateTime<Utc>,
    /// The other tasks that told it last, at most [`MAX_OTHERS`].
    pub others: Vec<Other>,
}

/// Another task that failed in the same way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Other {
    /// The task.
    pub id: TaskId,
    /// Its title.
    pub title: String,
    /// Its product.
    pub product_id: ProductId,
    /// Where it stands.
    pub status: TaskStatus,
    /// When it told the failure last.
    pub at: DateTime<Utc>,
}

/// The failure that a task is left with.
pub fn of_task(task: &TaskRecord) -> Option<Failure> {
    let fingerprint = fingerprint(task.error.as_deref()?)?;
    let field = TaskPatch::FIELDS.iter().position(|name| *name == "error")?;
    let at = task.stamps.writer(field).map_or(task.last_seen_at, |stamp| stamp.0);
    Some(Failure { fingerprint, at })
}

/// The failure that an event tells of.
pub fn of_event(record: &EventRecord) -> Option<Failure> {
    let event = Some(&record.event).filter(|event| event.event_type == EventType::Error)?;
    Some(Failure { fingerprint: fingerprint(&event.message)?, at: record.stamp.0 })
}

/// What an error says without what differs from one time to the next; see the module. `None` where nothing stays.
///
/// Of a fingerprint it is that fingerprint again.
pub fn fingerprint(error: &str) -> Option<String> {
    let line = telling_line(error);
    let line = ansi::strip(&line[..line.floor_char_boundary(MAX_LINE_BYTES)]).to_lowercase();
    let mut words: Vec<String> = Vec::new();
    let mut bytes = 0;
    for word in unquoted(&line).split(separates) {
        let last = words.last().map_or("", String::as_str);
        let Some(word) = normal(word, last) else { continue };
        // Several in a row say no more than one.
        if word == ANY && last == ANY {
            continue;
        }
        bytes += word.len() + 1;
        if words.len() == MAX_WORDS || bytes > MAX_BYTES {
            break;
        }
        words.push(word.to_owned());
    }
    words.iter().any(|word| word != ANY).then(|| words.join(" "))
}

/// The line that says what is wrong.
fn telling_line(error: &str) -> &str {
    let mut lines = error.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next().unwrap_or_default();
    let traceback = first.trim_start().starts_with("Traceback (most recent call last)");
    lines.next_back().filter(|_| traceback).unwrap_or(first)
}

/// The line with [`ANY`] in the place of what stands in quotes, and without the quotes that stand alone.
fn unquoted(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(is_quote) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let mut chars = from.chars();
        let quote = chars.next().unwrap_or_default();
        rest = chars.as_str();
        // The one in "can't" is none.
        let within = before.ends_with(char::is_alphanumeric);
        let end = if quote == '\'' && within { None } else { rest.find(closing(quote)) };
        if let Some(end) = end {
            out.push_str(" * ");
            rest = rest[end..].trim_start_matches(|c| c == closing(quote));
        } else if !within {
            out.push(' ');
        }
    }
    out.push_str(rest);
    out
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '`' | '“' | '”' | '‘' | '’' | '«' | '»')
}

fn closing(quote: char) -> char {
    match quote {
        '“' => '”',
        '‘' => '’',
        '«' => '»',
        same => same,
    }
}

fn separates(c: char) -> bool {
    c.is_whitespace() || c.is_control() || ",;:()[]{}<>|!?=&".contains(c)
}

/// A word as it counts, after the word before it; `None` for what is only punctuation.
fn normal<'a>(word: &'a str, last: &str) -> Option<&'a str> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric() && !"*/\\".contains(c));
    if word.is_empty() {
        return None;
    }
    let keeps = if word.contains(['/', '\\']) {
        is_choice(word)
    } else if word.contains(char::is_numeric) {
        BEFORE_STATUS.contains(&last) && is_status(word)
    } else {
        !(word.contains(['*', '@']) || word.len() > MAX_WORD_BYTES || is_hex(word) || is_file(word))
    };
    Some(if keeps { word } else { ANY })
}

/// `i/o`, `n/a`, `and/or`: no path.
fn is_choice(word: &str) -> bool {
    let short =
        |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_lowercase());
    word.split_once('/').is_some_and(|(left, right)| short(left) && short(right))
}

fn is_status(word: &str) -> bool {
    word.len() == 3 && word.parse().is_ok_and(|status: u16| (400..600).contains(&status))
}

fn is_hex(word: &str) -> bool {
    word.len() >= 8 && word.bytes().all(|byte| matches!(byte, b'a'..=b'f' | b'-'))
}

/// `session.ts`, `node.js`; not `java.lang.Error`.
fn is_file(word: &str) -> bool {
    let ending = |ending: &str| {
        (1..=5).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_lowercase())
    };
    word.split_once('.').is_some_and(|(_, after)| ending(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_from_time_to_time_is_left_out() {
        for (error, expected) in [
            ("Timeout of 30000ms exceeded", "timeout of * exceeded"),
            ("ENOENT: no such file, open '/srv/a1/config.json'", "enoent no such file open *"),
            ("error[E0382]: borrow of moved value: `x`", "error * borrow of moved value *"),
            (
                "2026-05-25T16:42:18Z request 7f3c1d9e failed with status 503",
                "* request * failed with status 503",
            ),
            ("connect ECONNREFUSED 127.0.0.1:5432", "connect econnrefused *"),
            ("Can't open C:\\Users\\me\\x.txt (attempt 3)", "cant open c * attempt *"),
            ("\u{1b}[31mI/O error\u{1b}[0m in session.ts", "i/o error in *"),
            ("java.lang.NullPointerException at Foo.java:31", "java.lang.nullpointerexception at *"),
            (
                "Traceback (most recent call last):\n  File \"a.py\", line 3\nKeyError: 'user_17'\n",
                "keyerror *",
            ),
            ("  \n\n disk full at /var/lib\nmore", "disk full at *"),
            ("déjà vu: 12 %", "déjà vu *"),
        ] {
            assert_eq!(fingerprint(error).as_deref(), Some(expected), "{error}");
        }
    }

    #[test]
    fn what_says_nothing_has_no_fingerprint() {
        for error in ["", " \n ", "12345", "'x' 7f3c1d9e", "/a/b/c", "!?"] {
            assert_eq!(fingerprint(error), None, "{error:?}");
        }
    }

    #[test]
    fn a_status_is_kept_only_where_it_is_one() {
        assert_ne!(fingerprint("HTTP 404 from upstream"), fingerprint("HTTP 503 from upstream"));
        assert_eq!(fingerprint("404 rows left"), fingerprint("503 rows left"));
    }
}
