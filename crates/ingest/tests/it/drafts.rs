//! Lines of a source that makes rows itself.

use domain::{
    id::{LineId, TaskId},
    patch::Patch,
    task::TaskPatch,
    telemetry::{Body, Telemetry},
};
use ingest::{Decoder, Draft};

fn seal(error: &str, minute: u32) -> Telemetry {
    let patch = TaskPatch { error: Patch::Set(error.to_owned()), ..TaskPatch::default() };
    let body = Body::Task(TaskId::new("t").unwrap(), Box::new(patch));
    let ts = format!("2026-11-20T09:{minute:02}:00.123456789Z").parse().unwrap();
    Decoder::new([7; 32]).seal(Draft { id: LineId::new("l").unwrap(), ts, body })
}

#[test]
fn a_draft_is_redacted_but_told_apart_by_what_it_was() {
    let (one, other) = (seal("DB_PASSWORD=first-one", 1), seal("DB_PASSWORD=second-one", 1));
    assert_eq!(one.body, other.body, "what differs is not stored");
    assert!(format!("{:?}", one.body).contains("DB_PASSWORD=[redacted]"));
    assert_ne!(one.digest, other.digest);
    assert_eq!(one.digest, seal("DB_PASSWORD=first-one", 2).digest, "the same again, whenever it is told");
    assert_eq!(one.ts.timestamp_subsec_nanos(), 123_456_000, "whole microseconds");
}
