//! Exports: exactly the tasks of the filter, and telemetry that an empty database takes to become the same ledger.

use std::{io::Read as _, path::Path, sync::Arc};

use axum::{body::to_bytes, http::Request};
use domain::{
    query::{PageRequest, TaskQuery},
    retell::ExportFormat,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use server::{demo, limits::Limits};
use service::{Admission, FixedClock, Hermes};
use store::{Batch, MemoryStore, Store, conformance};
use store_sqlite::SqliteStore;
use tempfile::TempDir;

use crate::harness::{
    NOW, TestApp,
    binary::{run, run_ok},
    broken::BrokenStore,
    lines::{self, recorded_lines},
};

/// Later than everything that tests tell, so that nothing lies ahead of the clock.
const LATER: &str = "2026-12-31T00:00:00Z";

fn over(store: Arc<dyn Store>) -> Hermes {
    Hermes::new(store, Arc::new(FixedClock::new(LATER.parse().unwrap())))
}

/// A use case layer over an empty database in a folder of its own.
async fn empty() -> (TempDir, Hermes) {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("ledger.db")).await.unwrap();
    (folder, over(Arc::new(store)))
}

async fn exported(hermes: &Hermes, text: &str, format: ExportFormat) -> String {
    let mut export = hermes.export(&TaskQuery::parse(text).unwrap(), format).await.unwrap();
    let mut whole = Vec::new();
    while let Some(part) = export.next().await.unwrap() {
        whole.extend(part);
    }
    String::from_utf8(whole).unwrap()
}

async fn take(hermes: &Hermes, lines: &str) {
    let receipt = hermes.ingest(lines.to_owned().into_bytes(), 1, None, Admission::Wait).await.unwrap();
    assert_eq!((&receipt.rejected.first, &receipt.warnings.first), (&vec![], &vec![]));
    assert_eq!((receipt.duplicate, receipt.conflicting.total), (0, 0));
}

/// Everything that can be read of the tasks, their products, events and runs.
async fn ledger(hermes: &Hermes) -> Vec<String> {
    let all = |page| PageRequest { page, per_page: 100 };
    let mut read = Vec::new();
    let mut page = 1;
    loop {
        let tasks = hermes.tasks(&TaskQuery { page: all(page), ..TaskQuery::default() }).await.unwrap();
        for task in &tasks.items {
            let events = hermes.events(&task.id, all(1)).await.unwrap().unwrap();
            let runs = hermes.runs(&task.id, all(1)).await.unwrap().unwrap();
            read.push(format!("{task:?} {events:?} {runs:?}"));
            read.push(format!(
                "{:?}",
                hermes.products_by_id(std::slice::from_ref(&task.product_id)).await.unwrap()
            ));
        }
        if tasks.items.is_empty() {
            return read;
        }
        page += 1;
    }
}

/// The law: what is exported, an empty database takes to become the same ledger, which exports the same bytes.
async fn comes_back_the_same(hermes: &Hermes) {
    let told = exported(hermes, "", ExportFormat::Jsonl).await;
    let (_folder, other) = empty().await;
    take(&other, &told).await;
    assert_same(&told, &exported(&other, "", ExportFormat::Jsonl).await);
    let sorted = "sort=-lastActivityAt,title";
    assert_same(
        &exported(hermes, sorted, ExportFormat::Json).await,
        &exported(&other, sorted, ExportFormat::Json).await,
    );
    assert_eq!(ledger(&other).await, ledger(hermes).await);
}

#[track_caller]
fn assert_same(one: &str, other: &str) {
    for (number, (one, other)) in one.lines().zip(other.lines()).enumerate() {
        assert_eq!(one, other, "line {}", number + 1);
    }
    assert_eq!(one.len(), other.len());
}

#[tokio::test]
async fn recorded_telemetry_comes_back_the_same() {
    let (_folder, hermes) = empty().await;
    take(&hermes, &recorded_lines("events-T.jsonl").join("\n")).await;
    comes_back_the_same(&hermes).await;
}

#[tokio::test]
async fn demo_data_comes_back_the_same() {
    let hermes =
        Hermes::of_demo_data(Arc::new(MemoryStore::new()), Arc::new(FixedClock::new(NOW.parse().unwrap())));
    demo::fill(&hermes).await.unwrap();
    let told = exported(&hermes, "", ExportFormat::Jsonl).await;
    let (_folder, other) = empty().await;
    take(&other, &told).await;
    assert_same(&told, &exported(&other, "", ExportFormat::Jsonl).await);
}

#[tokio::test]
async fn an_agents_home_comes_back_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/hermes-home/testdata/home");
    let copy = dir.path().join("home");
    assert!(std::process::Command::new("cp").arg("-r").args([&home, &copy]).status().unwrap().success());
    let args = ["--now", "2026-11-22T18:00:00Z", "import", "hermes-home", copy.to_str().unwrap()];
    let imported = run(&dir.path().join("data"), &args, b"");
    assert!(imported.status.success());
    let store = SqliteStore::open(&dir.path().join("data/mission-control.db")).await.unwrap();
    let hermes = over(Arc::new(store));
    assert!(hermes.tasks(&TaskQuery::default()).await.unwrap().total > 20);
    comes_back_the_same(&hermes).await;
}

#[tokio::test]
async fn merged_tasks_cut_texts_and_redacted_secrets_come_back_the_same() {
    let (_folder, hermes) = empty().await;
    let mut key =
        vec!["-----BEGIN RSA PRIVATE KEY-----", "MIIEowIBAAKCAQEA", "-----END RSA PRIVATE KEY-----"];
    key.extend(["done", "password=hunter22 x"]);
    let mut run = json!({
        "id": "l_r", "ts": "2026-11-20T08:40:00Z", "kind": "run",
        "run": { "id": "r1", "taskId": "old", "logs": key, "metrics": { "costUsd": 0.123_456_789_012_345_6 } },
    });
    let many: Vec<String> = (0..3_000).map(|number| format!("line {number}")).collect();
    let mut long = run.clone();
    (long["id"], long["run"]["id"], long["run"]["logs"]) = (json!("l_long"), json!("r2"), json!(many));
    run["run"]["prUrl"] = Value::Null;
    let event = json!({
        "id": "l_e", "ts": "2026-11-20T08:30:00Z", "kind": "event",
        "event": {
            "taskId": "old", "eventType": "command-executed", "message": "é".repeat(70_000),
            "command": "curl -H 'Authorization: Bearer abcdefghijkl' -u admin:hunter2 https://x.test --password p4ssw0rd",
            "metadata": { "apiKey": "sk_live_4eC39HqLyjWDarjtT1zdp7dc", "exitCode": 1, "cost": 0.1 },
        },
        "task": { "id": "old", "title": "Old", "priority": "P1", "tags": [], "nextAction": null },
    });
    let merge = json!({ "id": "l_m", "ts": "2026-11-20T08:50:00Z", "kind": "merge", "merge": { "from": "old", "into": "new" } });
    let other = json!({
        "id": "l_m2", "ts": "2026-11-20T08:50:00Z", "kind": "merge",
        "merge": { "from": "x".repeat(256), "into": "old" },
    });
    take(&hermes, &lines::text(&[run, long, event, lines::task("new", "New"), merge, other])).await;
    let told = exported(&hermes, "", ExportFormat::Jsonl).await;
    assert!(
        told.contains("[redacted]") && told.contains("bytes in all]") && told.contains("entries in all]")
    );
    assert!(!told.contains("hunter2") && !told.contains("sk_live") && !told.contains("p4ssw0rd"));
    comes_back_the_same(&hermes).await;
    let (_folder, other) = empty().await;
    take(&other, &told).await;
    for alias in ["old", &"x".repeat(256)] {
        let task = other.task(&alias.parse().unwrap()).await.unwrap().unwrap();
        assert_eq!(task.id.as_str(), "new", "the old link leads there");
    }
}

/// What a store took in a random order of random lines.
async fn random(store: Arc<dyn Store>, seed: u64, size: usize) -> Hermes {
    let lines = conformance::merging_sample(seed, size);
    let now = LATER.parse().unwrap();
    store.append(Batch { lines, cursors: Vec::new() }, now).await.unwrap();
    over(store)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_history_comes_back_the_same(seed in any::<u64>(), size in 1_usize..400, on_disk in any::<bool>()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let folder = tempfile::tempdir().unwrap();
            let store: Arc<dyn Store> = if on_disk {
                Arc::new(SqliteStore::open(&folder.path().join("ledger.db")).await.unwrap())
            } else {
                Arc::new(MemoryStore::new())
            };
            comes_back_the_same(&random(store, seed, size).await).await;
        });
    }
}

#[tokio::test]
async fn the_file_holds_exactly_the_tasks_of_the_filter_in_their_order() {
    let app = TestApp::new().await;
    app.ingest(recorded_lines("events-T.jsonl").join("\n")).await;
    let text = "status=failed,completed&priority=P0,P1&sort=title";
    let expected: Vec<Value> = {
        let mut all = Vec::new();
        for page in 1..=3 {
            let answer = app.json(&format!("/api/v1/tasks?{text}&perPage=100&page={page}")).await;
            all.extend(answer["items"].as_array().unwrap().clone());
        }
        all
    };
    assert!(expected.len() > 5);
    let answer = app.get(&format!("/api/v1/tasks/export?format=json&{text}")).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"hermes-tasks-2026-11-20.json\"");
    assert_eq!(answer.json(), Value::from(expected.clone()));

    let answer = app.get(&format!("/api/v1/tasks/export?{text}&format=jsonl")).await;
    assert_eq!(answer.header("content-type"), "application/x-ndjson");
    assert_eq!(
        answer.header("content-disposition"),
        "attachment; filename=\"hermes-tasks-2026-11-20.jsonl\""
    );
    let (_folder, other) = empty().await;
    take(&other, &answer.text()).await;
    assert_eq!(other.tasks(&TaskQuery::default()).await.unwrap().total, expected.len() as u64);

    assert_eq!(app.get("/api/v1/tasks/export?q=nothing").await.text(), "[]\n");
    assert_eq!(app.get("/api/v1/tasks/export?q=nothing&format=jsonl").await.text(), "");
}

#[tokio::test]
async fn a_packed_answer_is_the_same_file() {
    let app = TestApp::new().await;
    app.ingest(recorded_lines("events-T.jsonl").join("\n")).await;
    let plain = app.get("/api/v1/tasks/export").await;
    let packed = app.send(Request::get("/api/v1/tasks/export").header("accept-encoding", "gzip"), "").await;
    assert_eq!(packed.header("content-encoding"), "gzip");
    let mut text = String::new();
    flate2::read::GzDecoder::new(&*packed.body).read_to_string(&mut text).unwrap();
    assert_eq!(text, plain.text());
}

#[tokio::test]
async fn what_cannot_be_exported_is_named() {
    let app = TestApp::new().await;
    for (query, field) in
        [("format=csv", "format"), ("page=2", "page"), ("status=done", "status"), ("x=1", "x")]
    {
        let answer = app.get(&format!("/api/v1/tasks/export?{query}")).await;
        answer.check_refused(400, "invalid_parameter");
        assert_eq!(answer.json()["error"]["field"], field, "{query}");
    }
}

#[tokio::test]
async fn an_export_that_breaks_off_is_noticed() {
    let app = TestApp::on(Arc::new(BrokenStore), Limits::default()).await;
    for packing in ["identity", "gzip"] {
        let request = Request::get("/api/v1/tasks/export").header("accept-encoding", packing);
        let response = app.begin(request, "").await;
        assert_eq!(response.status(), 200, "it begins well");
        assert!(
            to_bytes(response.into_body(), usize::MAX).await.is_err(),
            "{packing}: its body does not end well"
        );
    }
}

#[tokio::test]
async fn only_two_exports_are_on_their_way_at_once() {
    let app = TestApp::new().await;
    let many: Vec<Value> =
        (0..400).map(|number| lines::task(&format!("t{number}"), &"x".repeat(2_000))).collect();
    app.ingest(lines::text(&many)).await;
    let begin = async || app.begin(Request::get("/api/v1/tasks/export"), "").await;
    let (first, second) = (begin().await, begin().await);
    let third = begin().await;
    assert_eq!(third.status(), 429);
    assert_eq!(third.headers()["retry-after"], "5");
    for held in [first, second] {
        let body = to_bytes(held.into_body(), usize::MAX).await.unwrap();
        assert_eq!(serde_json::from_slice::<Vec<Value>>(&body).unwrap().len(), 400);
    }
}

#[test]
fn the_command_line_takes_what_was_exported() {
    let dir = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let told = runtime.block_on(async {
        let (_folder, hermes) = empty().await;
        take(&hermes, &recorded_lines("events-T.jsonl").join("\n")).await;
        exported(&hermes, "status=failed", ExportFormat::Jsonl).await
    });
    let file = dir.path().join("hermes-tasks.jsonl");
    std::fs::write(&file, &told).unwrap();
    run_ok(&dir.path().join("data"), &["ingest", file.to_str().unwrap()]);
    let again = runtime.block_on(async {
        let store = SqliteStore::open(&dir.path().join("data/mission-control.db")).await.unwrap();
        exported(&over(Arc::new(store)), "", ExportFormat::Jsonl).await
    });
    assert_same(&told, &again);
}
