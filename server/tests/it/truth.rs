//! The recorded telemetry gives the figures that its truth files tell, whichever way and in whichever order it came.

use std::{io::Write, sync::Arc};

use axum::http::header;
use serde_json::Value;
use server::limits::Limits;
use store_sqlite::SqliteStore;

use crate::harness::{
    TestApp, binary,
    lines::{recorded, recorded_lines, shuffled},
};

/// How many lines are sent in one request.
const BATCH: usize = 1500;

fn truth(size: &str) -> Value {
    serde_json::from_slice(&std::fs::read(recorded(&format!("truth-{size}.json"))).unwrap()).unwrap()
}

async fn on_sqlite(dir: &tempfile::TempDir) -> TestApp {
    let store = SqliteStore::open(&dir.path().join("mission-control.db")).await.unwrap();
    TestApp::on(Arc::new(store), Limits::default()).await
}

/// Sends the lines, compressed. How many were accepted and how many were there before.
async fn send(app: &TestApp, lines: &[String]) -> (u64, u64) {
    let (mut accepted, mut duplicate) = (0, 0);
    for batch in lines.chunks(BATCH) {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all((batch.join("\n") + "\n").as_bytes()).unwrap();
        let request = app.post_lines().header(header::CONTENT_ENCODING, "gzip");
        let answer = app.send(request, gzip.finish().unwrap()).await.json();
        assert_eq!(answer["rejected"], serde_json::json!([]));
        assert_eq!(answer["conflicting"], serde_json::json!([]));
        accepted += answer["accepted"].as_u64().unwrap();
        duplicate += answer["duplicate"].as_u64().unwrap();
    }
    (accepted, duplicate)
}

/// Every figure of the truth file, asked for over HTTP.
async fn check_truth(app: &TestApp, truth: &Value) {
    let info = app.hermes.info().await.unwrap();
    assert_eq!(
        (Value::from(info.tasks), Value::from(info.lines)),
        (truth["tasks"].clone(), truth["lines"].clone())
    );
    for filter in ["status", "priority", "type", "source", "product"] {
        for (value, count) in truth[filter].as_object().unwrap() {
            let page = app.json(&format!("/api/v1/tasks?{filter}={value}&perPage=1")).await;
            assert_eq!(page["total"], *count, "{filter}={value}");
        }
    }
    let (mut events, mut runs) = (0, 0);
    for page in 1.. {
        let tasks = app.json(&format!("/api/v1/tasks?perPage=100&page={page}")).await;
        let tasks = tasks["items"].as_array().unwrap();
        for task in tasks {
            let id = task["id"].as_str().unwrap();
            let count = async |what: &str| {
                app.json(&format!("/api/v1/tasks/{id}/{what}?perPage=1")).await["total"].as_u64().unwrap()
            };
            events += count("events").await;
            runs += count("runs").await;
        }
        if tasks.is_empty() {
            break;
        }
    }
    assert_eq!((Value::from(events), Value::from(runs)), (truth["events"].clone(), truth["runs"].clone()));
}

#[tokio::test]
async fn by_http_in_order_and_once_more() {
    let dir = tempfile::tempdir().unwrap();
    let app = on_sqlite(&dir).await;
    let lines = recorded_lines("events-S.jsonl.gz");
    let all = lines.len() as u64;
    assert_eq!(send(&app, &lines).await, (all, 0));
    check_truth(&app, &truth("S")).await;
    assert_eq!(send(&app, &lines).await, (0, all));
    check_truth(&app, &truth("S")).await;
}

#[tokio::test]
async fn by_http_shuffled_with_every_line_doubled() {
    let lines = recorded_lines("events-T.jsonl");
    let all = lines.len() as u64;
    for seed in [1, 2] {
        let dir = tempfile::tempdir().unwrap();
        let app = on_sqlite(&dir).await;
        let doubled = shuffled([lines.clone(), lines.clone()].concat(), seed);
        assert_eq!(send(&app, &doubled).await, (all, all));
        check_truth(&app, &truth("T")).await;
    }
}

/// A file is taken in by the real binary; its database is then read here.
async fn check_by_file(file: &std::path::Path, size: &str, said: &str) {
    let dir = tempfile::tempdir().unwrap();
    let printed = binary::run_ok(dir.path(), &["ingest", file.to_str().unwrap()]);
    assert_eq!(printed, said);
    check_truth(&on_sqlite(&dir).await, &truth(size)).await;
}

#[tokio::test]
async fn by_file_plain_gzip_and_zstd() {
    let said = "2031 accepted, 0 duplicate, 0 conflicting, 0 rejected";
    let plain = recorded("events-T.jsonl");
    check_by_file(&plain, "T", said).await;
    let dir = tempfile::tempdir().unwrap();
    let zstd = dir.path().join("events.zst");
    std::fs::write(&zstd, zstd::encode_all(&*std::fs::read(&plain).unwrap(), 1).unwrap()).unwrap();
    check_by_file(&zstd, "T", said).await;
    check_by_file(
        &recorded("events-S.jsonl.gz"),
        "S",
        "10000 accepted, 0 duplicate, 0 conflicting, 0 rejected",
    )
    .await;
}

#[tokio::test]
async fn by_file_shuffled_with_every_line_doubled() {
    let lines = recorded_lines("events-T.jsonl");
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("events.jsonl");
    std::fs::write(&file, shuffled([lines.clone(), lines].concat(), 3).join("\n")).unwrap();
    check_by_file(&file, "T", "2031 accepted, 2031 duplicate, 0 conflicting, 0 rejected").await;
}

#[tokio::test]
async fn a_running_server_shows_what_another_process_takes_in() {
    let dir = tempfile::tempdir().unwrap();
    let server = binary::Served::start(dir.path());
    assert_eq!(server.get("/api/v1/tasks")["total"], 0);
    binary::run_ok(dir.path(), &["ingest", recorded("events-T.jsonl").to_str().unwrap()]);
    assert_eq!(server.get("/api/v1/tasks")["total"], 200);
    assert_eq!(server.get("/api/v1/overview")["totalTasks"], 200);
}
