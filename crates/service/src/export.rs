//! Exports of the ledger: exactly the tasks of a filter, in parts, whatever their number.

use domain::{
    change::Row,
    query::TaskQuery,
    retell::{self, ExportFormat, Retold, TaskLines},
    task::Task,
};
use store::{Extent, Rows};

use crate::{Hermes, ServiceError, error::Result};

/// A part is handed out when it has so many bytes.
const PART: usize = 64 * 1024;

/// An export on its way. All of it is of one moment.
pub struct Export {
    rows: Box<dyn Rows>,
    writer: Writer,
    done: bool,
}

impl Hermes {
    /// Begins an export: all tasks that the filter lets through, in that order, whatever the page. Whole dates are the
    /// founder's days.
    pub async fn export(&self, query: &TaskQuery, format: ExportFormat) -> Result<Export> {
        let query = TaskQuery { filter: self.settled(&query.filter).await?, ..query.clone() };
        let (extent, writer) = match format {
            ExportFormat::Json => (Extent::Tasks, Writer::Json { any: false }),
            ExportFormat::Jsonl => (Extent::Whole, Writer::Jsonl { task: None }),
        };
        let rows = self.store().export(&query, extent).await?;
        Ok(Export { rows, writer, done: false })
    }
}

impl Export {
    /// The next part; `None` when everything was told. What was told before an error is not the whole export.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>> {
        let mut part = Vec::new();
        while !self.done && part.len() < PART {
            let rows = self.rows.next().await?;
            if rows.is_empty() {
                self.writer.end(&mut part);
                self.done = true;
            }
            for row in rows {
                self.writer.row(row, &mut part)?;
            }
        }
        Ok((!part.is_empty()).then_some(part))
    }
}

enum Writer {
    /// A list of tasks, as the API has them.
    Json {
        /// Whether one was written.
        any: bool,
    },
    /// Native telemetry.
    Jsonl {
        /// The task whose events and runs come by.
        task: Option<TaskLines>,
    },
}

impl Writer {
    fn row(&mut self, row: Row, out: &mut Vec<u8>) -> Result<()> {
        match (self, row) {
            (Self::Json { any }, Row::Task(task)) => {
                out.extend_from_slice(if *any { b",\n" } else { b"[\n" });
                *any = true;
                let broken = |error: serde_json::Error| ServiceError::Unavailable(error.to_string());
                serde_json::to_writer(out, &Task::from(*task)).map_err(broken)?;
            }
            (Self::Jsonl { .. }, Row::Product(product)) => write(out, retell::product(&product)),
            (Self::Jsonl { task }, Row::Task(next)) => {
                if let Some(task) = task.replace(TaskLines::of(&next)) {
                    write(out, task.rest());
                }
            }
            (Self::Jsonl { task: Some(task) }, Row::TaskMerged(merged)) => {
                write(out, task.merged(&merged.from));
            }
            (Self::Jsonl { task: Some(task) }, Row::Event(event)) => write(out, [task.event(*event)]),
            (Self::Jsonl { task: Some(task) }, Row::Run(run)) => write(out, task.run(&run)),
            // A list has tasks only, and nothing belongs to a task that did not come.
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, out: &mut Vec<u8>) {
        match self {
            Self::Json { any } => out.extend_from_slice(if *any { b"\n]\n" } else { b"[]\n" }),
            Self::Jsonl { task } => write(out, task.take().map(TaskLines::rest).unwrap_or_default()),
        }
    }
}

fn write(out: &mut Vec<u8>, lines: impl IntoIterator<Item = Retold>) {
    for line in lines {
        out.extend_from_slice(ingest::write_line(&line.id, line.ts, &line.body).as_bytes());
    }
}
