//! A row of `messages`.

use chrono::{DateTime, Utc};
use sqlx::sqlite::SqliteRow;

use crate::{
    table::{Cells, Table},
    time,
};

const COLUMNS: [&str; 10] = [
    "id",
    "role",
    "content",
    "tool_call_id",
    "tool_calls",
    "tool_name",
    "timestamp",
    "finish_reason",
    "active",
    "compacted",
];

/// One row: what the founder or a job asked, what the model answered, what a tool returned.
#[derive(Debug, Clone)]
pub(crate) struct Message {
    pub(crate) id: i64,
    pub(crate) role: Role,
    pub(crate) content: String,
    pub(crate) tool_call_id: Option<String>,
    pub(crate) tool_calls: Option<String>,
    pub(crate) tool_name: Option<String>,
    pub(crate) at: Option<DateTime<Utc>>,
    pub(crate) finish: Option<String>,
    /// Whether its text counts: it was not taken back. What its tools did was done all the same.
    pub(crate) stands: bool,
}

/// Who speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Role {
    User,
    Assistant,
    Tool,
    /// The agent's own bookkeeping.
    Meta,
    /// A word that this version does not know.
    Other(String),
}

/// The statement that reads a session's rows after a place, in their order.
pub(crate) fn select(table: &Table) -> String {
    format!("{} where session_id = ? and id > ? order by id", table.select(&COLUMNS))
}

impl Message {
    /// The agent's own note in the place of what it forgot.
    pub(crate) fn is_summary(&self) -> bool {
        ["[CONTEXT COMPACTION", "[CONTEXT SUMMARY]"].iter().any(|start| self.content.starts_with(start))
    }

    /// What it says, whatever row and time it has: copies of it say the same.
    pub(crate) fn print(&self) -> u64 {
        let parts = (&self.content, &self.tool_call_id, &self.tool_calls, self.role == Role::User);
        crate::hash::of_json(&parts)
    }

    /// The message in a row of [`COLUMNS`]; nothing where it has no id.
    pub(crate) fn of(row: &SqliteRow) -> Option<Self> {
        let cells = Cells(row);
        let role = match cells.text(1).unwrap_or_default().as_str() {
            "user" => Role::User,
            "assistant" => Role::Assistant,
            "tool" => Role::Tool,
            "session_meta" | "system" => Role::Meta,
            other => Role::Other(other.to_owned()),
        };
        // Older databases have neither column: every row stands.
        let (active, compacted) = (cells.int(8).unwrap_or(1), cells.int(9).unwrap_or(0));
        Some(Self {
            id: cells.int(0)?,
            role,
            content: cells.text(2).unwrap_or_default(),
            tool_call_id: cells.text(3),
            tool_calls: cells.text(4),
            tool_name: cells.text(5),
            at: cells.real(6).and_then(time::seconds),
            finish: cells.text(7),
            stands: active != 0 || compacted != 0,
        })
    }
}
