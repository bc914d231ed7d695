//! The settings for programs: who may change them, what is refused, versions, and the way back.

use axum::http::{Request, header, request::Builder};
use serde_json::{Value, json};

use crate::harness::{Answer, TestApp};

const SETTINGS: &str = "/api/v1/settings";

fn request(app: &TestApp, method: &str, path: &str, version: &str) -> Builder {
    let token = format!("Bearer {}", app.token);
    let request = Request::builder().method(method).uri(path).header(header::AUTHORIZATION, token);
    if version.is_empty() { request } else { request.header(header::IF_MATCH, version) }
}

async fn put(app: &TestApp, version: &str, body: impl Into<String>) -> Answer {
    app.send(request(app, "PUT", SETTINGS, version), body.into()).await
}

fn with(recent: u64) -> String {
    json!({ "rules": { "recentDays": recent } }).to_string()
}

#[tokio::test]
async fn a_change_needs_proof_and_the_version_that_was_changed() {
    let app = TestApp::new().await;
    for path in [SETTINGS, "/api/v1/settings/versions/0/restore"] {
        let method = if path == SETTINGS { "PUT" } else { "POST" };
        app.send(Request::builder().method(method).uri(path), with(3))
            .await
            .check_refused(401, "missing_token");
        let other = Request::builder().method(method).uri(path).header("sec-fetch-site", "cross-site");
        app.send(other, with(3)).await.check_refused(403, "cross_origin");
        let answer = app.send(request(&app, method, path, ""), with(3)).await;
        answer.check_refused(428, "missing_version");
    }
    put(&app, "three", with(3)).await.check_refused(400, "invalid_parameter");
    assert_eq!(app.get(SETTINGS).await.header("etag"), "\"0\"", "nothing was stored");
}

#[tokio::test]
async fn what_is_exported_comes_back_to_the_byte() {
    let app = TestApp::new().await;
    let answer = put(&app, "\"0\"", with(3)).await;
    assert_eq!((answer.status.as_u16(), answer.header("etag")), (200, "\"1\""), "{}", answer.text());
    let exported = app.get(SETTINGS).await;
    assert_eq!(exported.header("content-type"), "application/json");
    assert_eq!(exported.text(), answer.text());
    put(&app, "*", with(5)).await;
    let back = put(&app, "\"2\"", exported.text()).await;
    assert_eq!((back.status.as_u16(), back.text()), (200, exported.text()));
    assert_eq!(app.get(SETTINGS).await.text(), exported.text());
}

#[tokio::test]
async fn a_stale_version_is_refused_with_what_changed() {
    let app = TestApp::new().await;
    put(&app, "\"0\"", with(3)).await;
    let stale = put(&app, "\"0\"", with(9)).await;
    stale.check_refused(409, "stale");
    assert!(stale.text().contains("rules.recentDays"), "{}", stale.text());
    assert_eq!(app.json(SETTINGS).await["rules"]["recentDays"], 3, "nothing was lost");
}

#[tokio::test]
async fn what_is_wrong_is_named_by_its_field() {
    let app = TestApp::new().await;
    for (body, field, words) in [
        (with(91), "rules.recentDays", "Use 1 to 90"),
        (json!({ "timeZone": "Mars/Olympus" }).to_string(), "timeZone", "no time zone"),
        (json!({ "colour": 1 }).to_string(), "colour", "unknown field `colour`"),
        ("{\n \"rules\": 7 }".to_owned(), "rules", "Line 2, column"),
        (String::new(), "body", "JSON object"),
    ] {
        let answer = put(&app, "\"0\"", body).await;
        answer.check_refused(400, "invalid_parameter");
        let error = &answer.json()["error"];
        assert_eq!(error["field"], field, "{error}");
        assert!(error["message"].as_str().unwrap().contains(words), "{error}");
    }
    let flood = put(&app, "\"0\"", " ".repeat(257 * 1024)).await;
    flood.check_refused(413, "too_large");
    assert_eq!(app.json("/api/v1/settings/versions").await["total"], 0);
}

#[tokio::test]
async fn every_version_is_kept_and_can_be_brought_back() {
    let app = TestApp::new().await;
    put(&app, "\"0\"", with(3)).await;
    put(&app, "\"1\"", with(5)).await;
    let path = "/api/v1/settings/versions/1/restore";
    let restored = app.send(request(&app, "POST", path, "\"2\""), "").await;
    assert_eq!(restored.status, 201, "{}", restored.text());
    let json = restored.json();
    assert_eq!((&json["version"], &json["restores"], &json["by"]), (&json!(3), &json!(1), &json!("tests")));
    let list = app.json("/api/v1/settings/versions").await;
    let recent: Vec<&Value> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| &item["settings"]["rules"]["recentDays"])
        .collect();
    assert_eq!(recent, [&json!(3), &json!(5), &json!(3)]);
    let defaults = app.send(request(&app, "POST", "/api/v1/settings/versions/0/restore", "*"), "").await;
    assert_eq!(defaults.json()["settings"]["rules"]["recentDays"], 7);
    let missing = app.send(request(&app, "POST", "/api/v1/settings/versions/9/restore", "*"), "").await;
    missing.check_refused(404, "not_found");
    app.send(request(&app, "POST", path, "\"1\""), "").await.check_refused(409, "stale");
}

#[tokio::test]
async fn a_threshold_is_in_force_at_once() {
    let app = TestApp::new().await;
    let task = |line: &str, days: i64| {
        let ts = chrono::DateTime::parse_from_rfc3339(crate::harness::NOW).unwrap()
            - chrono::TimeDelta::days(days);
        json!({ "id": line, "ts": ts.to_rfc3339(), "kind": "task",
            "task": { "id": line, "title": "Build", "productId": line, "status": "completed", "completedAt": ts.to_rfc3339() } })
    };
    app.ingest(crate::harness::lines::text(&[task("a", 1), task("b", 5)])).await;
    let touched = async || app.json("/api/v1/overview").await["overview"]["productsTouchedRecently"].clone();
    assert_eq!(touched().await, 2);
    put(&app, "\"0\"", with(2)).await;
    assert_eq!(touched().await, 1);
}

#[tokio::test]
async fn a_priority_that_a_rule_gives_is_marked_as_inferred() {
    let app = TestApp::new().await;
    let mut told = crate::harness::lines::task("t2", "Pay");
    told["task"]["priority"] = json!("P3");
    app.ingest(crate::harness::lines::text(&[crate::harness::lines::task("t1", "Payment fails"), told]))
        .await;
    let rules = json!({ "priorityRules": [{ "when": { "words": "pay" }, "priority": "P0" }] });
    assert_eq!(put(&app, "\"0\"", rules.to_string()).await.status, 200);
    let task = app.json("/api/v1/tasks/t1").await;
    assert_eq!(task["priority"], "P0");
    assert!(task["inferred"].as_array().unwrap().contains(&json!("priority")), "{task}");
    assert_eq!(app.json("/api/v1/tasks/t2").await["priority"], "P3", "what was told stays");
}

#[tokio::test]
async fn retention_deletes_and_tells_what() {
    let app = TestApp::new().await;
    let ended = |line: &str, days: i64| {
        let ts = chrono::DateTime::parse_from_rfc3339(crate::harness::NOW).unwrap()
            - chrono::TimeDelta::days(days);
        json!({ "id": line, "ts": ts.to_rfc3339(), "kind": "task",
            "task": { "id": line, "title": "Build", "status": "completed", "completedAt": ts.to_rfc3339() } })
    };
    let lines = [ended("old", 50), ended("young", 3)];
    app.ingest(crate::harness::lines::text(&lines)).await;
    assert_eq!(app.hermes.retain().await.unwrap(), None, "everything is kept by default");
    put(&app, "\"0\"", json!({ "retention": { "taskDays": 40 } }).to_string()).await;
    let run = app.hermes.retain().await.unwrap().unwrap();
    assert_eq!(run.tasks, 1);
    assert_eq!(app.hermes.last_retention().await.unwrap(), Some(run));
    app.get("/api/v1/tasks/old").await.check_refused(404, "not_found");
    let again = app.ingest(crate::harness::lines::text(&lines)).await.json();
    assert_eq!((&again["accepted"], &again["duplicate"]), (&json!(0), &json!(2)));
    assert_eq!(app.json("/api/v1/tasks").await["total"], 1, "the dead stay dead");
}
