//! Columns of events and runs by which the last work of a tool or model is found.

use domain::{
    event::EventRecord,
    facts::work::{outcome, worked},
    run::RunRecord,
};

use crate::time::micros;

/// The tool, whether the call worked that the event tells of, and when, where it names a tool.
pub(crate) fn of_event(record: &EventRecord) -> (Option<&str>, Option<bool>, Option<i64>) {
    let tool = record.event.tool_name.as_deref();
    (tool, outcome(record), tool.map(|_| micros(record.stamp.0)))
}

/// The model, whether the run worked, and when it ended, where it names a model.
pub(crate) fn of_run(run: &RunRecord) -> (Option<&str>, Option<bool>, Option<i64>) {
    let model = run.model.as_deref();
    (model, model.and(worked(run.status)), run.ended_at.filter(|_| model.is_some()).map(micros))
}
