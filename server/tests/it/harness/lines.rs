//! Lines of native telemetry.

use std::{io::Read, path::PathBuf};

use serde_json::{Value, json};

/// A task as it is created.
pub(crate) fn task(id: &str, title: &str) -> Value {
    json!({
        "id": format!("line-{id}"), "ts": "2026-11-20T08:00:00Z", "kind": "task",
        "task": { "id": id, "title": title, "status": "queued", "createdAt": "2026-11-20T08:00:00Z" },
    })
}

/// An event of a task.
pub(crate) fn event(id: &str, task: &str, message: &str) -> Value {
    json!({
        "id": id, "ts": "2026-11-20T08:30:00Z", "kind": "event",
        "event": {
            "id": id, "taskId": task, "timestamp": "2026-11-20T08:30:00Z", "level": "info",
            "eventType": "started", "message": message,
        },
    })
}

/// As they are sent.
pub(crate) fn text(lines: &[Value]) -> String {
    lines.iter().flat_map(|line| [line.to_string(), "\n".to_owned()]).collect()
}

/// A file of the recorded telemetry.
pub(crate) fn recorded(name: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/ingest/testdata/native")).join(name)
}

/// Its lines.
pub(crate) fn recorded_lines(name: &str) -> Vec<String> {
    let bytes = std::fs::read(recorded(name)).unwrap();
    let mut text = String::new();
    let (mut plain, mut unpacked) = (&*bytes, flate2::read::GzDecoder::new(&*bytes));
    let reader: &mut dyn Read = if bytes.starts_with(b"{") { &mut plain } else { &mut unpacked };
    reader.read_to_string(&mut text).unwrap();
    text.lines().map(str::to_owned).collect()
}

/// The same lines in another order, the same one each time.
pub(crate) fn shuffled(mut lines: Vec<String>, seed: u64) -> Vec<String> {
    let mut state = seed;
    for index in (1..lines.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let other = usize::try_from((state >> 33) % (index as u64 + 1)).unwrap();
        lines.swap(index, other);
    }
    lines
}
