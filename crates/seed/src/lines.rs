//! Lines of native telemetry, one after the other.

use std::io::Write;

use chrono::{DateTime, Utc};
use domain::{event::Event, task::TaskPatch};
use serde::Serialize;

use crate::{Error, Summary};

/// Writes lines and counts them. Holds one line at a time.
pub(crate) struct Lines<W> {
    out: W,
    line: Vec<u8>,
    pub(crate) summary: Summary,
}

/// A row as a line carries it.
#[derive(Serialize)]
struct Row<'a, P> {
    id: &'a str,
    #[serde(flatten)]
    patch: &'a P,
}

impl<W: Write> Lines<W> {
    pub(crate) fn new(out: W) -> Self {
        Self { out, line: Vec::with_capacity(2048), summary: Summary::default() }
    }

    /// A line that speaks of a row. Ids are made by this crate and need no escaping.
    pub(crate) fn row<P: Serialize>(
        &mut self,
        kind: &'static str,
        line_id: &str,
        ts: DateTime<Utc>,
        id: &str,
        patch: &P,
    ) -> Result<(), Error> {
        self.begin(kind, line_id, ts)?;
        serde_json::to_writer(&mut self.line, &Row { id, patch })?;
        self.end()
    }

    /// A line that tells an event, and what it changed of its task.
    pub(crate) fn event(&mut self, event: &Event, patch: Option<&TaskPatch>) -> Result<(), Error> {
        self.summary.events += 1;
        self.begin("event", &format!("l-{}", event.id), event.timestamp)?;
        serde_json::to_writer(&mut self.line, event)?;
        if let Some(patch) = patch {
            self.line.extend_from_slice(b",\"task\":");
            serde_json::to_writer(&mut self.line, &Row { id: event.task_id.as_str(), patch })?;
        }
        self.end()
    }

    /// Hands over what was written to whoever buffers below.
    pub(crate) fn finish(mut self) -> Result<Summary, Error> {
        self.out.flush()?;
        Ok(self.summary)
    }

    fn begin(&mut self, kind: &str, id: &str, ts: DateTime<Utc>) -> Result<(), Error> {
        self.line.clear();
        write!(self.line, "{{\"id\":\"{id}\",\"ts\":")?;
        serde_json::to_writer(&mut self.line, &ts)?;
        write!(self.line, ",\"kind\":\"{kind}\",\"{kind}\":")?;
        Ok(())
    }

    fn end(&mut self) -> Result<(), Error> {
        self.line.extend_from_slice(b"}\n");
        self.out.write_all(&self.line)?;
        self.summary.lines += 1;
        self.summary.bytes += self.line.len() as u64;
        Ok(())
    }
}
