//! What an import says in the end.

use domain::id::LineId;
use ingest::{Findings, LineError};
use service::Receipt;

use super::say;
use crate::terminal::plain;

/// How many findings of one sort are listed.
const LISTED: usize = 20;

/// What became of all lines of all files.
#[derive(Debug, Default)]
pub(super) struct Report {
    file: String,
    accepted: u64,
    duplicate: u64,
    conflicting: Listed,
    rejected: Listed,
    warnings: Listed,
}

#[derive(Debug, Default)]
struct Listed {
    first: Vec<String>,
    total: u64,
}

impl Listed {
    fn add<T>(&mut self, found: &Findings<T>, line: impl Fn(&T) -> String) {
        self.total += found.total;
        let room = LISTED - self.first.len();
        self.first.extend(found.first.iter().take(room).map(line));
    }

    fn print(&self, title: &str) -> anyhow::Result<()> {
        if self.total == 0 {
            return Ok(());
        }
        say(&format!("{title}:"))?;
        for line in &self.first {
            say(&format!("  {}", plain(line)))?;
        }
        match self.total - self.first.len() as u64 {
            0 => Ok(()),
            more => say(&format!("  and {more} more")),
        }
    }
}

impl Report {
    /// What follows is of that file.
    pub(super) fn begin(&mut self, file: &str) {
        file.clone_into(&mut self.file);
    }

    /// Adds what became of further lines.
    pub(super) fn add(&mut self, receipt: Receipt) {
        let file = &self.file;
        let place = |error: &LineError| format!("{file}:{}: {}: {}", error.line, error.field, error.reason);
        let conflict = |line: u64, id: &LineId| {
            format!("{file}:{line}: {id} is stored with other content; the first one stands")
        };
        self.accepted += receipt.accepted;
        self.duplicate += receipt.duplicate;
        self.conflicting.add(&receipt.conflicting, |found| conflict(found.line, &found.id));
        self.rejected.add(&receipt.rejected, place);
        self.warnings.add(&receipt.warnings, place);
    }

    /// All lines so far.
    pub(super) fn lines(&self) -> u64 {
        self.accepted + self.duplicate + self.conflicting.total + self.rejected.total
    }

    /// Whether a line was not understood.
    pub(super) fn any_rejected(&self) -> bool {
        self.rejected.total > 0
    }

    /// Says it all; the summary last.
    pub(super) fn print(&self) -> anyhow::Result<()> {
        self.warnings.print("Stored, but not all of what they say")?;
        self.conflicting.print("Conflicting")?;
        self.rejected.print("Rejected")?;
        say(&format!(
            "{} accepted, {} duplicate, {} conflicting, {} rejected",
            self.accepted, self.duplicate, self.conflicting.total, self.rejected.total
        ))
    }
}
