//! What the browser's mirror is loaded by: a manifest, chunks that are kept for ever, and what is always fresh.

use mirror::{Manifest, Mirror};
use serde_json::json;

use crate::harness::{TestApp, lines};

/// A task that was created on that day.
fn task(id: &str, created: &str, status: &str) -> serde_json::Value {
    json!({
        "id": format!("line-{id}-{status}"), "ts": "2026-11-20T07:00:00Z", "kind": "task",
        "task": { "id": id, "title": format!("Task {id}"), "createdAt": created, "status": status },
    })
}

async fn app() -> TestApp {
    let app = TestApp::new().await;
    let tasks = [
        task("old", "2026-09-03T10:00:00Z", "completed"),
        task("open", "2026-09-04T10:00:00Z", "running"),
        task("october", "2026-10-31T23:59:59Z", "failed"),
        task("new", "2026-11-01T00:00:00Z", "completed"),
    ];
    let answer = app.ingest(lines::text(&tasks)).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    app
}

async fn manifest(app: &TestApp) -> Manifest {
    serde_json::from_value(app.json("/api/v1/mirror").await).unwrap()
}

#[tokio::test]
async fn the_chunks_of_the_manifest_make_the_whole_ledger() {
    let app = app().await;
    let manifest = manifest(&app).await;
    let rows: Vec<u64> = manifest.chunks.iter().map(|chunk| chunk.rows).collect();
    assert_eq!((rows, manifest.complete, manifest.total), (vec![2, 1, 1], true, 4));
    let mut mirror = Mirror::new(&manifest);
    for chunk in &manifest.chunks {
        let answer = app.get(&chunk.url).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("content-type")),
            (200, "application/octet-stream")
        );
        let keeps =
            if chunk.url.contains("fresh") { "no-store" } else { "private, max-age=31536000, immutable" };
        assert_eq!(answer.header("cache-control"), keeps, "{}", chunk.url);
        mirror.load(answer.body.to_vec()).unwrap();
    }
    while mirror.build_some().unwrap() {}
    let page = mirror.tasks(&domain::query::TaskQuery::default());
    let ids: Vec<_> = page.items.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(ids, ["new", "october", "open", "old"]);
    assert_eq!(mirror.seq(), manifest.seq);
}

#[tokio::test]
async fn a_month_that_changed_has_another_address_and_the_old_one_says_so() {
    let app = app().await;
    let before = manifest(&app).await;
    let mut done = task("open", "2026-09-04T10:00:00Z", "completed");
    done["ts"] = json!("2026-11-20T07:30:00Z");
    app.ingest(lines::text(&[done])).await;
    let after = manifest(&app).await;
    let urls =
        |manifest: &Manifest| manifest.chunks.iter().map(|chunk| chunk.url.clone()).collect::<Vec<_>>();
    let (before, after) = (urls(&before), urls(&after));
    assert_eq!((&before[..2], before[2] == after[2]), (&after[..2], false), "September alone changed");
    let old = app.get(&before[2]).await;
    old.check_refused(404, "not_found");
    assert!(old.text().contains("ask for /api/v1/mirror again"), "{}", old.text());
    assert_eq!(old.header("cache-control"), "no-store");
    assert_eq!(app.get(&after[2]).await.status, 200);
}

#[tokio::test]
async fn addresses_that_nobody_gave_are_refused() {
    let app = app().await;
    for (path, status, code) in [
        ("2026-13?v=1", 400, "invalid_parameter"),
        ("2026-10", 400, "invalid_parameter"),
        ("2026-10?v=1&w=2", 400, "invalid_parameter"),
        ("2026-10?v=", 404, "not_found"),
        ("2026-10?v=%00", 404, "not_found"),
        ("1999-01?v=1-0-1", 404, "not_found"),
        ("fresh", 400, "invalid_parameter"),
        ("fresh?since=now", 400, "invalid_parameter"),
    ] {
        app.get(&format!("/api/v1/mirror/{path}")).await.check_refused(status, code);
    }
    app.get("/api/v1/mirror?page=1").await.check_refused(400, "invalid_parameter");
}
