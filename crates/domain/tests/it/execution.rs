//! What was done, from events.

use domain::{
    event::{Event, EventLevel, EventType},
    id::{EventId, TaskId},
    insight::execution::{Execution, MAX_ROWS},
};
use serde_json::json;

fn event(kind: EventType, level: EventLevel, metadata: serde_json::Value) -> Event {
    Event {
        id: EventId::new("e").unwrap(),
        task_id: TaskId::new("t").unwrap(),
        timestamp: chrono::DateTime::UNIX_EPOCH,
        level,
        event_type: kind,
        message: "told".to_owned(),
        metadata: metadata.as_object().cloned(),
        tool_name: None,
        command: None,
        artifact_url: None,
    }
}

fn read(events: &[Event]) -> Execution {
    let mut execution = Execution::default();
    events.iter().for_each(|event| execution.add(event));
    execution.finish()
}

#[test]
fn commands_keep_their_exit_code_and_what_failed_is_counted_by_tool() {
    let run = |code: i64, ms: Option<u64>| Event {
        command: Some("cargo test".to_owned()),
        tool_name: Some("terminal".to_owned()),
        ..event(EventType::CommandExecuted, EventLevel::Info, json!({ "exitCode": code, "durationMs": ms }))
    };
    let read_file = Event {
        tool_name: Some("read".to_owned()),
        ..event(EventType::ToolCalled, EventLevel::Info, json!(null))
    };
    let done = read(&[read_file, run(0, Some(400)), run(101, None)]);
    let codes: Vec<_> = done.commands.rows.iter().map(|run| (run.exit_code, run.failed)).collect();
    assert_eq!(codes, [(Some(0), false), (Some(101), true)]);
    let tools: Vec<_> =
        done.tools.iter().map(|tool| (tool.name.as_str(), tool.calls, tool.failures, tool.timed)).collect();
    assert_eq!(tools, [("terminal", 2, 1, 1), ("read", 1, 0, 0)]);
}

#[test]
fn a_file_is_one_row_however_often_it_changed() {
    let changed = |facts| event(EventType::FileChanged, EventLevel::Info, facts);
    let done = read(&[
        changed(json!({ "path": "a.rs", "added": 4, "removed": 1 })),
        changed(json!({ "path": "a.rs", "added": 2 })),
        changed(json!({ "files": ["b.rs", "a.rs"] })),
    ]);
    let files: Vec<_> =
        done.files.iter().map(|file| (file.path.as_str(), file.added, file.removed, file.times)).collect();
    assert_eq!(files, [("a.rs", Some(6), Some(1), 3), ("b.rs", None, None, 1)]);
    assert_eq!(done.files_total, 2);
}

#[test]
fn whether_tests_passed_is_unknown_where_nothing_says_so() {
    let tests = |level, facts| event(EventType::TestRun, level, facts);
    let done = read(&[
        tests(EventLevel::Info, json!({ "passed": true })),
        tests(EventLevel::Info, json!({ "passed": 12, "failed": 2 })),
        tests(EventLevel::Error, json!(null)),
        tests(EventLevel::Info, json!(null)),
    ]);
    let passed: Vec<_> = done.tests.rows.iter().map(|run| run.passed).collect();
    assert_eq!(passed, [Some(true), Some(false), Some(false), None]);
}

#[test]
fn the_latest_rows_are_kept_and_all_are_counted() {
    let errors: Vec<_> = (0..1_000)
        .map(|number| Event {
            message: number.to_string(),
            ..event(EventType::Error, EventLevel::Error, json!(null))
        })
        .collect();
    let done = read(&errors);
    assert_eq!((done.errors.rows.len(), done.errors.total), (MAX_ROWS, 1_000));
    assert_eq!(done.errors.rows.last().unwrap().message, "999");
}

#[test]
fn a_link_is_told_once() {
    let made = |url: &str| Event {
        artifact_url: Some(url.to_owned()),
        ..event(EventType::PrCreated, EventLevel::Success, json!(null))
    };
    let done = read(&[made("https://a.test/1"), made("https://a.test/2"), made("https://a.test/1")]);
    assert_eq!(done.links(&[EventType::PrCreated]), ["https://a.test/2", "https://a.test/1"]);
    assert!(done.links(&[EventType::Deployment]).is_empty());
}
