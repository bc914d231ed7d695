//! Lines that are wrong in every way we know of: each gets its clear answer, the good ones beside it are stored.

use serde_json::{Value, json};

use crate::harness::{TestApp, lines};

/// Sends the bad line between two good ones; what was said of it.
async fn between_good_lines(bad: &[u8]) -> (TestApp, Value) {
    let app = TestApp::new().await;
    let mut body = lines::text(&[lines::task("good-1", "Good")]).into_bytes();
    body.extend_from_slice(bad);
    body.push(b'\n');
    body.extend_from_slice(lines::text(&[lines::task("good-2", "Good")]).as_bytes());
    let answer = app.ingest(body).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    for id in ["good-1", "good-2"] {
        assert_eq!(app.json(&format!("/api/v1/tasks/{id}")).await["title"], "Good");
    }
    (app, answer.json())
}

async fn check_rejected(bad: impl AsRef<[u8]>, field: &str, reason: &str) {
    let bad = bad.as_ref();
    let shown = String::from_utf8_lossy(&bad[..bad.len().min(80)]).into_owned();
    let (app, answer) = between_good_lines(bad).await;
    assert_eq!(answer["accepted"], 2, "{shown}: {answer}");
    let rejected = &answer["rejected"][0];
    assert_eq!((&rejected["line"], &rejected["field"]), (&json!(2), &json!(field)), "{shown}: {answer}");
    assert!(rejected["reason"].as_str().unwrap().contains(reason), "{shown}: {answer}");
    assert_eq!(app.json("/api/v1/tasks").await["total"], 2, "{shown}");
}

#[tokio::test]
async fn broken_json() {
    check_rejected("{\"id\":", "line", "EOF").await;
    check_rejected("nonsense", "line", "expected").await;
    check_rejected("[1,2]", "line", "").await;
    check_rejected("{} {}", "id", "missing").await;
    check_rejected("[".repeat(100_000), "line", "").await;
}

#[tokio::test]
async fn wrong_types_and_missing_fields() {
    let mut line = lines::task("bad", "T");
    line["task"]["retryCount"] = json!("three");
    check_rejected(line.to_string(), "task.retryCount", "invalid type").await;
    let mut line = lines::task("bad", "T");
    line["task"]["status"] = json!("done");
    check_rejected(line.to_string(), "task.status", "use one of").await;
    let mut line = lines::task("bad", "T");
    line["ts"] = json!("yesterday");
    check_rejected(line.to_string(), "ts", "").await;
    let mut line = lines::task("bad", "T");
    line["task"].as_object_mut().unwrap().remove("id");
    check_rejected(line.to_string(), "task.id", "missing").await;
    let mut line = lines::task("bad", "T");
    line.as_object_mut().unwrap().remove("task");
    check_rejected(line.to_string(), "task", "missing").await;
}

#[tokio::test]
async fn unknown_kinds_are_rejected_and_unknown_fields_are_told() {
    let mut line = lines::task("bad", "T");
    line["kind"] = json!("mission");
    check_rejected(line.to_string(), "kind", "not a kind").await;

    let mut line = lines::task("new", "T");
    line["task"]["colour"] = json!("red");
    let (app, answer) = between_good_lines(line.to_string().as_bytes()).await;
    assert_eq!((&answer["accepted"], &answer["rejected"]), (&json!(3), &json!([])));
    assert_eq!(
        (&answer["warnings"][0]["line"], &answer["warnings"][0]["field"]),
        (&json!(2), &json!("task.colour"))
    );
    assert_eq!(app.json("/api/v1/tasks/new").await["title"], "T");
}

#[tokio::test]
async fn a_line_that_is_too_long() {
    let line = lines::task("bad", &"x".repeat(1024 * 1024));
    check_rejected(line.to_string(), "line", "longer than 1048576 bytes").await;
}

#[tokio::test]
async fn text_that_is_not_utf8() {
    check_rejected(b"{\"id\":\"\xff\xfe\"}", "line", "not UTF-8").await;
}

#[tokio::test]
async fn a_clock_that_is_years_ahead_or_behind() {
    for ts in ["2036-11-20T08:00:00Z", "1996-11-20T08:00:00Z"] {
        let mut line = lines::task("skewed", "Skewed");
        line["ts"] = json!(ts);
        let (app, answer) = between_good_lines(line.to_string().as_bytes()).await;
        assert_eq!((&answer["accepted"], &answer["rejected"]), (&json!(3), &json!([])), "{ts}");
        assert_eq!(app.json("/api/v1/tasks/skewed").await["title"], "Skewed", "{ts}");
        // A line of today goes on, whatever a clock said before.
        let mut later = lines::task("skewed", "Right again");
        (later["id"], later["ts"]) = (json!("later"), json!("2026-11-20T09:00:01Z"));
        assert_eq!(app.ingest(lines::text(&[later])).await.json()["accepted"], 1);
        assert_eq!(app.json("/api/v1/tasks/skewed").await["title"], "Right again", "{ts}");
    }
}

#[tokio::test]
async fn the_same_id_with_other_content() {
    let bad = lines::task("good-1", "Another title");
    let (app, answer) = between_good_lines(bad.to_string().as_bytes()).await;
    assert_eq!(answer["conflicting"], json!([{ "line": 2, "id": "line-good-1" }]));
    assert_eq!(app.json("/api/v1/tasks").await["total"], 2);
}

#[tokio::test]
async fn html_ansi_and_bidi_stay_text() {
    let hostile = "<script>alert(1)</script>\u{1b}[31mred\u{202e}gnp.exe & \"quotes\"";
    let mut line = lines::task("hostile", hostile);
    for field in ["description", "error", "blocker", "nextAction", "currentStep", "lastAction"] {
        line["task"][field] = json!(hostile);
    }
    line["task"]["status"] = json!("running");
    let (app, answer) = between_good_lines(line.to_string().as_bytes()).await;
    assert_eq!(answer["accepted"], 3, "{answer}");
    let answer = app.get("/api/v1/tasks/hostile").await;
    assert_eq!(answer.header("content-type"), "application/json");
    assert!(
        answer.json()["title"].as_str().unwrap().contains("<script>alert(1)</script>"),
        "it is kept as text"
    );
    let page = app.get("/hermes").await.text();
    assert!(!page.contains("<script>alert(1)"), "{page}");
    assert!(!page.contains('\u{1b}'), "no control characters on the page");
}
