//! What was done for a task: commands, tools, files, tests, errors and what came out, from its events; attempts and what
//! they cost, from its runs.

mod spend;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use self::spend::{Cost, Spend, spend};
use crate::event::{Event, EventLevel, EventType};

/// The most rows of each list: the latest are kept, and all are counted.
pub const MAX_ROWS: usize = 200;

/// A command that ran.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CommandRun {
    /// What ran.
    pub command: String,
    /// When.
    pub at: DateTime<Utc>,
    /// How long it took, in milliseconds.
    pub duration_ms: Option<u64>,
    /// How it ended.
    pub exit_code: Option<i64>,
    /// Whether it is told as an error.
    pub failed: bool,
}

/// A tool, and how it was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ToolUse {
    /// Its name.
    pub name: String,
    /// How often it was called.
    pub calls: u64,
    /// How often that failed.
    pub failures: u64,
    /// How long the calls took together that say so, in milliseconds.
    pub duration_ms: u64,
    /// How many say so.
    pub timed: u64,
}

/// A file that was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FileChange {
    /// Where it is.
    pub path: String,
    /// Lines that were added, where a source counts them.
    pub added: Option<u64>,
    /// Lines that were removed, where a source counts them.
    pub removed: Option<u64>,
    /// How often it was changed.
    pub times: u64,
}

/// A run of tests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TestRun {
    /// When.
    pub at: DateTime<Utc>,
    /// What came out, in words.
    pub message: String,
    /// Whether they passed, where that is told.
    pub passed: Option<bool>,
}

/// An error that was met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ErrorMet {
    /// When.
    pub at: DateTime<Utc>,
    /// What it says.
    pub message: String,
    /// Where it came from.
    pub stack: Option<String>,
}

/// Something that can be looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Artifact {
    /// Where, as it was told.
    pub url: String,
    /// What told of it.
    pub kind: EventType,
}

/// A list of which only the latest rows are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Latest<T> {
    /// The latest rows, the oldest first.
    pub rows: Vec<T>,
    /// How many there were.
    pub total: u64,
}

impl<T> Default for Latest<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), total: 0 }
    }
}

impl<T> Latest<T> {
    fn push(&mut self, row: T) {
        self.total += 1;
        self.rows.push(row);
        if self.rows.len() > 2 * MAX_ROWS {
            self.rows.drain(..MAX_ROWS);
        }
    }

    fn settle(&mut self) {
        self.rows.drain(..self.rows.len().saturating_sub(MAX_ROWS));
    }
}

/// What the events of a task say of how it was done.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Execution {
    /// Commands that ran.
    pub commands: Latest<CommandRun>,
    /// Tools, the most used first.
    pub tools: Vec<ToolUse>,
    /// Files, in the order in which they were changed first; the first [`MAX_ROWS`].
    pub files: Vec<FileChange>,
    /// How many files were changed.
    pub files_total: u64,
    /// Runs of tests.
    pub tests: Latest<TestRun>,
    /// Errors.
    pub errors: Latest<ErrorMet>,
    /// What can be looked at, each once.
    pub artifacts: Latest<Artifact>,
}

impl Execution {
    /// Takes the next event of the task.
    pub fn add(&mut self, event: &Event) {
        let fact = |key: &str| event.metadata.as_ref().and_then(|facts| facts.get(key));
        let number = |key: &str| fact(key).and_then(Value::as_u64);
        let exit_code = fact("exitCode").and_then(Value::as_i64);
        let failed = event.level == EventLevel::Error || exit_code.is_some_and(|code| code != 0);
        let duration_ms = number("durationMs");
        if let Some(tool) = &event.tool_name {
            self.tool(tool, failed, duration_ms);
        }
        if let Some(command) = &event.command {
            let command = command.clone();
            self.commands.push(CommandRun { command, at: event.timestamp, duration_ms, exit_code, failed });
        }
        if event.event_type == EventType::FileChanged {
            let several = fact("files").and_then(Value::as_array).into_iter().flatten();
            for path in several.chain(fact("path")).filter_map(Value::as_str) {
                self.file(path, number("added"), number("removed"));
            }
        }
        if event.event_type == EventType::TestRun {
            let told = match fact("passed") {
                Some(Value::Bool(passed)) => Some(*passed),
                _ => number("failed").map(|failed| failed == 0),
            };
            let passed = told.or_else(|| exit_code.map(|code| code == 0)).or(match event.level {
                EventLevel::Error => Some(false),
                EventLevel::Success => Some(true),
                _ => None,
            });
            self.tests.push(TestRun { at: event.timestamp, message: event.message.clone(), passed });
        }
        if event.event_type == EventType::Error {
            let stack = fact("stack").and_then(Value::as_str).map(ToOwned::to_owned);
            self.errors.push(ErrorMet { at: event.timestamp, message: event.message.clone(), stack });
        }
        if let Some(url) = &event.artifact_url
            && !self.artifacts.rows.iter().any(|artifact| artifact.url == *url)
        {
            self.artifacts.push(Artifact { url: url.clone(), kind: event.event_type });
        }
    }

    /// Brings the lists to their size and order, when all events were taken.
    #[must_use]
    pub fn finish(mut self) -> Self {
        self.commands.settle();
        self.tests.settle();
        self.errors.settle();
        self.artifacts.settle();
        self.tools.sort_by(|a, b| b.calls.cmp(&a.calls).then_with(|| a.name.cmp(&b.name)));
        self
    }

    fn tool(&mut self, name: &str, failed: bool, duration_ms: Option<u64>) {
        let known = self.tools.iter().position(|tool| tool.name == name);
        let at = known.unwrap_or(self.tools.len());
        if known.is_none() && at < MAX_ROWS {
            let name = name.to_owned();
            self.tools.push(ToolUse { name, calls: 0, failures: 0, duration_ms: 0, timed: 0 });
        }
        let Some(tool) = self.tools.get_mut(at) else { return };
        tool.calls += 1;
        tool.failures += u64::from(failed);
        tool.duration_ms = tool.duration_ms.saturating_add(duration_ms.unwrap_or(0));
        tool.timed += u64::from(duration_ms.is_some());
    }

    fn file(&mut self, path: &str, added: Option<u64>, removed: Option<u64>) {
        let sum = |a: Option<u64>, b: Option<u64>| match (a, b) {
            (Some(a), Some(b)) => Some(a.saturating_add(b)),
            (a, b) => a.or(b),
        };
        if let Some(file) = self.files.iter_mut().find(|file| file.path == path) {
            file.added = sum(file.added, added);
            file.removed = sum(file.removed, removed);
            file.times += 1;
            return;
        }
        self.files_total += 1;
        if self.files.len() < MAX_ROWS {
            self.files.push(FileChange { path: path.to_owned(), added, removed, times: 1 });
        }
    }

    /// The links of that kind of event, the last first.
    pub fn links(&self, kinds: &[EventType]) -> Vec<&str> {
        let mut seen = BTreeSet::new();
        let of = self.artifacts.rows.iter().rev().filter(|artifact| kinds.contains(&artifact.kind));
        of.map(|artifact| artifact.url.as_str()).filter(|url| seen.insert(*url)).collect()
    }
}
