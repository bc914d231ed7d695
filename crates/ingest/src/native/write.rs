//! Lines of native telemetry, written: what [`super::decode`] reads.

use chrono::{DateTime, Utc};
use domain::{
    event::Event,
    id::{LineId, TaskId},
    task::TaskPatch,
    telemetry::Body,
};
use serde::Serialize;

#[derive(Serialize)]
struct Line<'a, B> {
    id: &'a LineId,
    ts: DateTime<Utc>,
    kind: &'static str,
    #[serde(flatten)]
    body: B,
}

/// A row under the name of its kind.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Named<T> {
    Product(T),
    Task(T),
    Run(T),
    Agent(T),
    Job(T),
    Merge(T),
}

#[derive(Serialize)]
struct Row<'a, I, P> {
    id: &'a I,
    #[serde(flatten)]
    fields: &'a P,
}

#[derive(Serialize)]
struct WithPatch<'a> {
    event: &'a Event,
    #[serde(skip_serializing_if = "Option::is_none")]
    task: Option<Row<'a, TaskId, TaskPatch>>,
}

#[derive(Serialize)]
struct Merge<'a> {
    from: &'a TaskId,
    into: &'a TaskId,
}

/// Writes a line, with its end.
pub fn write_line(id: &LineId, ts: DateTime<Utc>, body: &Body) -> String {
    let mut text = match body {
        Body::Product(row, patch) => {
            line(id, ts, "product", Named::Product(Row { id: row, fields: &**patch }))
        }
        Body::Task(row, patch) => line(id, ts, "task", Named::Task(Row { id: row, fields: &**patch })),
        Body::Event(event, patch) => {
            let task = patch.as_ref().map(|patch| Row { id: &event.task_id, fields: &**patch });
            line(id, ts, "event", WithPatch { event, task })
        }
        Body::Run(row, patch) => line(id, ts, "run", Named::Run(Row { id: row, fields: &**patch })),
        Body::Agent(row, patch) => line(id, ts, "agent", Named::Agent(Row { id: row, fields: &**patch })),
        Body::Job(row, patch) => line(id, ts, "job", Named::Job(Row { id: row, fields: &**patch })),
        Body::TaskMerged { from, into } => line(id, ts, "merge", Named::Merge(Merge { from, into })),
    };
    text.push('\n');
    text
}

fn line<B: Serialize>(id: &LineId, ts: DateTime<Utc>, kind: &'static str, body: B) -> String {
    // Rows are names and plain values, which always serialise.
    serde_json::to_string(&Line { id, ts, kind, body }).unwrap_or_default()
}
