//! Lines of a source that makes rows itself.

use chrono::{DateTime, Utc};
use domain::{id::LineId, telemetry::Body};

/// A line that did not come as bytes: [`Decoder::seal`](crate::Decoder::seal) makes telemetry of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The line's identity, its source included.
    pub id: LineId,
    /// When it happened.
    pub ts: DateTime<Utc>,
    /// What it says, as the source has it: not yet redacted.
    pub body: Body,
}

impl Draft {
    /// About how many bytes it takes in memory.
    pub fn size(&self) -> usize {
        self.id.as_str().len() + self.json().len()
    }

    /// What stands for the bytes that never came: what the line says, without its time, so that a source that
    /// cannot tell a row's time twice alike does not contradict itself.
    pub(crate) fn json(&self) -> Vec<u8> {
        // Rows are names and plain values, which always serialise.
        serde_json::to_vec(&self.body).unwrap_or_default()
    }
}
