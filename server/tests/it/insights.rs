//! What follows from the ledger, over HTTP: the queue, the founder's decisions on it, the digest.

use serde_json::{Value, json};

use crate::harness::{TestApp, lines};

/// A task as a line, with further fields.
fn task(id: &str, line: &str, fields: &Value) -> Value {
    let mut told = json!({ "id": id, "title": format!("Title of {id}"), "productId": "p1" });
    told.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    json!({ "id": line, "ts": "2026-11-20T08:00:00Z", "kind": "task", "task": told })
}

async fn app() -> TestApp {
    let app = TestApp::new().await;
    let blocked =
        json!({ "status": "blocked", "blockerReason": "Waits for your approval", "priority": "P0" });
    let shipped = json!({ "status": "completed", "type": "deploy", "completedAt": "2026-11-20T07:00:00Z" });
    let failed = json!({
        "status": "failed", "type": "deploy", "error": "probe timed out", "completedAt": "2026-11-20T07:30:00Z",
    });
    let lines = [task("b", "l1", &blocked), task("s", "l2", &shipped), task("f", "l3", &failed)];
    app.ingest(lines::text(&lines)).await;
    app
}

fn keys(queue: &Value, part: &str) -> Vec<String> {
    let items = queue[part].as_array().unwrap().iter();
    items.map(|item| item["key"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_queue_ranks_and_the_overview_counts_it() {
    let app = app().await;
    let queue = app.json("/api/v1/attention").await;
    assert_eq!(keys(&queue, "items"), ["task:b", "task:f"]);
    let first = &queue["items"][0];
    assert_eq!((&first["reason"], &first["severity"]), (&json!("approval-needed"), &json!("critical")));
    assert_eq!(first["reasonInferred"], true, "nobody told it");
    let overview = app.json("/api/v1/overview").await;
    assert_eq!(overview["overview"]["founderAttentionCount"], 2);
    assert_eq!(overview["attention"], json!({ "critical": 1, "high": 1, "medium": 0, "low": 0 }));
}

#[tokio::test]
async fn what_is_put_aside_is_counted_nowhere_and_comes_back_with_its_cause() {
    let app = app().await;
    let item = app.json("/api/v1/attention").await["items"][0].clone();
    let snooze = json!({
        "item": item["key"], "cause": item["cause"], "title": item["title"], "kind": "snoozed", "until": null,
    });
    assert_eq!(app.post_json("/api/v1/attention/decisions", &snooze).await.status, 201);
    let queue = app.json("/api/v1/attention").await;
    assert_eq!(
        (keys(&queue, "items"), keys(&queue, "aside")),
        (vec!["task:f".into()], vec!["task:b".into()])
    );
    assert_eq!(app.json("/api/v1/overview").await["overview"]["founderAttentionCount"], 1);
    let insights = app.json("/api/v1/insights").await;
    assert_eq!(insights["actions"]["founder"], json!([]), "nothing is proposed for it");

    let mut running = task("b", "l4", &json!({ "status": "running" }));
    running["ts"] = json!("2026-11-20T08:10:00Z");
    app.ingest(lines::text(&[running])).await;
    let mut blocked = task("b", "l5", &json!({ "status": "blocked" }));
    blocked["ts"] = json!("2026-11-20T08:20:00Z");
    app.ingest(lines::text(&[blocked])).await;
    assert_eq!(
        keys(&app.json("/api/v1/attention").await, "items"),
        ["task:b", "task:f"],
        "the same words, again"
    );
}

#[tokio::test]
async fn the_digest_tells_the_week() {
    let digest = app().await.json("/api/v1/digest").await;
    assert_eq!(digest["ended"]["completed"], 1);
    let ids = |part: &str| {
        digest[part].as_array().unwrap().iter().map(|task| task["id"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(
        (ids("shipped"), ids("failed"), ids("blocked")),
        (vec![json!("s")], vec![json!("f")], vec![json!("b")])
    );
    assert_eq!(digest["advanced"], json!(["p1"]));
    assert_eq!(digest["founder"][0]["verb"], "approve");
}
