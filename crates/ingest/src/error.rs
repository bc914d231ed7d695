//! What is wrong with a line.

use serde::Serialize;

/// What is wrong with a line, where, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("line {line}, {field}: {reason}")]
#[serde(rename_all = "camelCase")]
pub struct LineError {
    /// The line's number in what was sent, from 1.
    pub line: u64,
    /// The field, as a path: `event.level`. `line` where it is the line as a whole.
    pub field: String,
    /// What is wrong, and what to write instead.
    pub reason: String,
}
