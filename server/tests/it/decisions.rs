//! Decisions about items that need attention, over HTTP: who may decide, what is refused, the log.

use axum::http::{Request, header, request::Builder};
use serde_json::{Value, json};

use crate::harness::{Answer, TestApp, lines};

const DECISIONS: &str = "/api/v1/attention/decisions";

fn decision(kind: &str) -> Value {
    json!({ "item": "task:t1", "cause": "No key", "title": "Deploy", "kind": kind })
}

fn with_token(app: &TestApp, path: &str) -> Builder {
    Request::post(path).header(header::AUTHORIZATION, format!("Bearer {}", app.token))
}

async fn send(app: &TestApp, body: &Value) -> Answer {
    app.post_json(DECISIONS, body).await
}

async fn undo(app: &TestApp, id: u64) -> Answer {
    app.send(with_token(app, &format!("{DECISIONS}/{id}/undo")), "").await
}

#[tokio::test]
async fn a_decision_without_proof_is_refused() {
    let app = TestApp::new().await;
    let body = decision("acknowledged").to_string();
    for path in [DECISIONS, "/api/v1/attention/decisions/1/undo"] {
        app.send(Request::post(path), body.clone()).await.check_refused(401, "missing_token");
        let elsewhere = Request::post(path).header("sec-fetch-site", "cross-site");
        app.send(elsewhere, body.clone()).await.check_refused(403, "cross_origin");
        let wrong = Request::post(path).header(header::AUTHORIZATION, "Bearer hmc_wrong");
        app.send(wrong, body.clone()).await.check_refused(401, "invalid_token");
    }
    assert_eq!(app.json("/api/v1/audit").await["total"], 0, "nothing was decided");
}

#[tokio::test]
async fn a_token_is_named_in_the_log_and_a_page_is_the_founder() {
    let app = TestApp::new().await;
    let answer = send(&app, &decision("acknowledged")).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let entry = answer.json();
    assert_eq!((&entry["by"], &entry["action"]), (&json!("tests"), &json!("acknowledged")));
    assert_eq!(entry["subject"], json!({ "kind": "task", "id": "t1" }), "known by the key");
    assert_eq!(entry["at"], "2026-11-20T09:00:00Z");
    let page = Request::post(DECISIONS).header("sec-fetch-site", "same-origin");
    let mut snooze = decision("snoozed");
    snooze["until"] = json!("2026-11-21T08:00:00Z");
    let answer = app.send(page, snooze.to_string()).await;
    assert_eq!((answer.status.as_u16(), &answer.json()["by"]), (201, &json!("founder")));
    assert_eq!(answer.header("cache-control"), "no-store");
}

#[tokio::test]
async fn a_wrong_decision_is_named_by_its_field() {
    let app = TestApp::new().await;
    let mut cases = vec![
        ("kind", decision("done"), "acknowledged, snoozed, resolved"),
        ("note", decision("resolved"), "1 to 500"),
    ];
    let mut with = |field: &'static str, value: Value, reason: &'static str| {
        let mut body = decision("snoozed");
        body[field] = value;
        cases.push((field, body, reason));
    };
    with("item", json!(""), "must not be empty");
    with("item", json!("x".repeat(513)), "at most 512 bytes");
    with("cause", json!(7), "invalid type");
    with("title", json!(" "), "its title");
    with("until", json!("tomorrow"), "");
    with("until", json!("2026-11-20T09:00:00Z"), "later");
    with("until", json!("2028-11-20T09:00:00Z"), "366 days");
    with("note", json!("x".repeat(501)), "at most 500");
    with("colour", json!("red"), "unknown field");
    with("subject", json!({ "kind": "planet", "id": "x" }), "unknown variant");
    for (field, body, reason) in cases {
        let answer = send(&app, &body).await;
        answer.check_refused(400, "invalid_parameter");
        let error = &answer.json()["error"];
        assert!(error["field"].as_str().unwrap().starts_with(field), "{error}");
        assert!(error["message"].as_str().unwrap().contains(reason), "{error}");
    }
    let mut missing = decision("snoozed");
    missing.as_object_mut().unwrap().remove("cause");
    assert_eq!(send(&app, &missing).await.json()["error"]["field"], "cause");
    for body in ["", "{", "nonsense", "[1]", "{} {}", "7"] {
        let answer = app.send(with_token(&app, DECISIONS), body).await;
        answer.check_refused(400, "invalid_parameter");
    }
    let flood = app.send(with_token(&app, DECISIONS), " ".repeat(65 * 1024)).await;
    flood.check_refused(413, "too_large");
    assert_eq!(app.json("/api/v1/audit").await["total"], 0, "nothing was decided");
}

#[tokio::test]
async fn a_decision_is_undone_once() {
    let app = TestApp::new().await;
    send(&app, &decision("acknowledged")).await;
    let mut resolved = decision("resolved");
    resolved["note"] = json!("Put the key in");
    send(&app, &resolved).await;
    let early = undo(&app, 1).await;
    early.check_refused(409, "conflict");
    assert!(early.text().contains("undo that one first"), "{}", early.text());
    let answer = undo(&app, 2).await;
    assert_eq!((answer.status.as_u16(), &answer.json()["undoes"]), (201, &json!(2)));
    undo(&app, 2).await.check_refused(409, "conflict");
    undo(&app, 99).await.check_refused(404, "not_found");
    let answer = app.send(with_token(&app, &format!("{DECISIONS}/x/undo")), "").await;
    answer.check_refused(400, "invalid_parameter");
    assert_eq!(answer.json()["error"]["field"], "id");
    let log = app.json("/api/v1/audit").await;
    let states: Vec<_> =
        log["items"].as_array().unwrap().iter().map(|entry| entry["inForce"].clone()).collect();
    assert_eq!(states, [json!(false), json!(false), json!(true)], "the one before is in force again");
    assert_eq!(log["items"][1]["undoneBy"], "tests");
}

#[tokio::test]
async fn what_the_task_left_cannot_be_undone() {
    let app = TestApp::new().await;
    let told = async |line: &str, status: &str| {
        let mut task = lines::task("t1", "Deploy");
        task["id"] = json!(line);
        task["task"]["status"] = json!(status);
        assert_eq!(app.ingest(lines::text(&[task])).await.json()["accepted"], 1);
    };
    told("a", "blocked").await;
    send(&app, &decision("acknowledged")).await;
    told("b", "running").await;
    undo(&app, 1).await.check_refused(409, "conflict");
    assert_eq!(app.json("/api/v1/audit").await["items"][0]["endedAt"], "2026-11-20T09:00:00Z");
}

#[tokio::test]
async fn the_log_is_paged() {
    let app = TestApp::new().await;
    for number in 1..=5 {
        let mut body = decision("acknowledged");
        body["item"] = json!(format!("job:j_{number}:missed"));
        assert_eq!(send(&app, &body).await.status, 201);
    }
    let ids = async |query: &str| {
        let page = app.json(&format!("/api/v1/audit{query}")).await;
        assert_eq!(page["total"], 5);
        page["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| entry["id"].as_u64().unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(ids("").await, [5, 4, 3, 2, 1]);
    assert_eq!(ids("?perPage=2&page=2").await, [3, 2]);
    assert!(ids("?page=9").await.is_empty());
    app.get("/api/v1/audit?by=me").await.check_refused(400, "invalid_parameter");
    app.get("/api/v1/audit?perPage=101").await.check_refused(400, "invalid_parameter");
}

/// A form as a browser without scripts sends it.
fn form(path: &str) -> Builder {
    Request::post(path)
        .header("sec-fetch-site", "same-origin")
        .header(header::ACCEPT, "text/html,application/xhtml+xml")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
}

#[tokio::test]
async fn a_form_without_scripts_decides_and_leads_back_to_its_page() {
    let app = TestApp::new().await;
    let body =
        "item=task%3At1&cause=No+key&title=Deploy&subject=task%3At1&back=%2Fhermes%23attention&what=tomorrow";
    let answer = app.send(form("/api/ui/decide"), body).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    assert_eq!(answer.header("location"), "/hermes?decided=1#attention");
    let log = app.json("/api/v1/audit").await;
    assert_eq!((&log["items"][0]["by"], &log["items"][0]["action"]), (&json!("founder"), &json!("snoozed")));
    let page = app.get("/hermes?decided=1").await.text();
    assert!(page.contains("Snoozed") && page.contains("action=\"/api/ui/undo\""), "{page}");

    let answer = app.send(form("/api/ui/undo"), "back=%2Fhermes%2Faudit%3Fpage%3D1%26decided%3D1&id=1").await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/hermes/audit?page=1&decided=2"));
    let page = app.get("/hermes/audit?page=1&decided=2").await.text();
    assert!(page.contains("Undone") && page.contains("took back no. 1"), "{page}");
    assert_eq!(app.hermes.decisions().await.unwrap(), []);
}

#[tokio::test]
async fn a_form_that_is_refused_leads_back_with_the_reason() {
    let app = TestApp::new().await;
    let body = "item=task%3At1&cause=No+key&title=Deploy&back=%2F%2Fevil.test&what=resolved&note=+";
    let answer = app.send(form("/api/ui/decide"), body).await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/hermes?refused=note"));
    let answer = app.send(form("/api/ui/undo"), "id=9&back=%2Fhermes%2Faudit").await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/hermes/audit?refused=stale"));
    let page = app.get("/hermes/audit?refused=stale").await.text();
    assert!(page.contains("not in force any more"), "{page}");
    assert_eq!(app.json("/api/v1/audit").await["total"], 0);
}

#[tokio::test]
async fn a_form_from_elsewhere_is_refused_and_a_token_is_named() {
    let app = TestApp::new().await;
    let body = "item=task%3At1&cause=No+key&title=Deploy&what=acknowledged";
    for path in ["/api/ui/decide", "/api/ui/undo"] {
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        app.send(request.header("sec-fetch-site", "cross-site"), body)
            .await
            .check_refused(403, "cross_origin");
        app.send(Request::post(path), body).await.check_refused(401, "missing_token");
    }
    let request = with_token(&app, "/api/ui/decide");
    let answer =
        app.send(request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded"), body).await;
    assert_eq!(
        (answer.status.as_u16(), answer.header("location")),
        (200, "/hermes?decided=1"),
        "{}",
        answer.text()
    );
    assert_eq!(app.json("/api/v1/audit").await["items"][0]["by"], "tests");
}
