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

#[tokio::test]
async fn the_digest_of_an_earlier_week_says_what_it_cannot_tell() {
    let app = app().await;
    let digest = app.json("/api/v1/digest?week=2026-W46").await;
    assert_eq!((&digest["week"], &digest["current"]), (&json!("2026-W46"), &json!(false)));
    assert_eq!((&digest["blockedTotal"], &digest["blocked"]), (&Value::Null, &json!([])));
    assert_eq!((&digest["before"], &digest["ended"]["completed"]), (&Value::Null, &json!(0)));
    for wrong in ["week=2026-47", "week=2026-W54", "week=2031-W01", "month=3"] {
        assert_eq!(app.get(&format!("/api/v1/digest?{wrong}")).await.status, 400, "{wrong}");
    }
}

#[tokio::test]
async fn the_digest_as_markdown_holds_no_markup_of_telemetry() {
    let app = app().await;
    let hostile = json!({
        "title": "[x](javascript:alert(1)) <img src=x>\n# Head", "status": "failed", "error": "- one\n- `two` | three",
        "completedAt": "2026-11-20T07:45:00Z",
    });
    app.ingest(lines::text(&[task("h", "l9", &hostile)])).await;
    let answer = app.get("/api/v1/digest.md").await;
    assert_eq!(answer.header("content-type"), "text/markdown; charset=utf-8");
    let text = answer.text();
    assert!(text.starts_with("# Hermes, week 2026-W47\n"), "{text}");
    assert!(text.contains("| Completed | 1 | unknown |"), "{text}");
    let told = r"- \[x\]\(javascript\:alert\(1\)\) \<img src\=x\> \# Head (p1): \- one \- \`two\` \| three";
    assert!(text.contains(told), "{text}");
}

#[tokio::test]
async fn the_history_counts_by_day_and_by_product() {
    let app = app().await;
    let blocked = json!({
        "id": "l10", "ts": "2026-11-20T08:00:00Z", "kind": "event",
        "event": { "id": "e1", "taskId": "b", "timestamp": "2026-11-20T08:00:00Z", "level": "warn",
            "eventType": "blocked", "message": "Waits" },
    });
    app.ingest(lines::text(&[blocked])).await;
    let history = app.json("/api/v1/history?range=7d").await;
    let total = &history["total"];
    assert_eq!((&total["completed"], &total["failed"], &total["blocked"]), (&json!(1), &json!(1), &json!(1)));
    assert_eq!((&total["medianMs"], &history["before"]), (&Value::Null, &Value::Null), "unknown is no 0");
    assert_eq!(history["parts"].as_array().unwrap().len(), 7);
    assert_eq!(history["causes"], json!([{ "cause": "deployment", "count": 1 }]));
    assert_eq!(history["mostActive"], json!([{ "productId": "p1", "completed": 1, "failed": 1 }]));
    assert_eq!(app.json("/api/v1/history?product=none").await["total"]["completed"], 0);
    let custom = app.json("/api/v1/history?from=2026-11-19&to=2026-11-19").await;
    assert_eq!(custom["total"]["completed"], 0, "the day before");
    for wrong in ["range=2d", "from=yesterday", "from=2026-11-20&to=2026-11-19", "from=2020-01-01", "page=2"]
    {
        assert_eq!(app.get(&format!("/api/v1/history?{wrong}")).await.status, 400, "{wrong}");
    }
}
