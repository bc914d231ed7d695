//! Who may change something.

use axum::http::{Request, header, request::Builder};

use crate::harness::{TestApp, lines};

fn post(path: &str) -> Builder {
    Request::post(path)
}

/// A path that exists for reading only: with proof it answers 405, without it never comes that far.
const PATH: &str = "/api/v1/overview";

#[tokio::test]
async fn a_program_needs_a_valid_token() {
    let app = TestApp::new().await;
    let answer = app.send(post("/api/v1/ingest"), "{}").await;
    answer.check_refused(401, "missing_token");
    assert_eq!(answer.header("www-authenticate"), "Bearer realm=\"Mission Control\"");
    assert!(answer.text().contains("mission-control token create NAME"));

    let wrong = ["Bearer hmc_wrong", "Bearer ", "Basic dXNlcjpwYXNz", "hmc_wrong", "Bearer\u{a0}x"];
    for authorization in wrong {
        let answer = app.send(post(PATH).header(header::AUTHORIZATION, authorization.as_bytes()), "").await;
        answer.check_refused(401, "invalid_token");
    }
    let valid = format!("bearer {}", app.token);
    app.send(post(PATH).header(header::AUTHORIZATION, valid), "")
        .await
        .check_refused(405, "method_not_allowed");
}

#[tokio::test]
async fn a_revoked_token_is_refused_at_once() {
    let app = TestApp::new().await;
    let body = || lines::text(&[lines::task("t", "T")]);
    assert_eq!(app.ingest(body()).await.status, 200);
    assert!(app.hermes.revoke_token("tests").await.unwrap());
    app.ingest(body()).await.check_refused(401, "invalid_token");
}

#[tokio::test]
async fn a_browser_needs_same_origin_proof() {
    let app = TestApp::new().await;
    let own = [
        post(PATH).header("sec-fetch-site", "same-origin"),
        post(PATH).header(header::ORIGIN, "http://localhost:3000"),
        post(PATH).header(header::ORIGIN, "http://127.0.0.1:9").header(header::HOST, "127.0.0.1:9"),
    ];
    for request in own {
        app.send(request, "").await.check_refused(405, "method_not_allowed");
    }
    let others = [
        post(PATH).header("sec-fetch-site", "cross-site"),
        post(PATH).header("sec-fetch-site", "same-site"),
        post(PATH).header("sec-fetch-site", "none"),
        post(PATH).header("sec-fetch-site", "cross-site").header(header::ORIGIN, "http://localhost:3000"),
        post(PATH).header(header::ORIGIN, "http://evil.test"),
        post(PATH).header(header::ORIGIN, "http://localhost:4000"),
        post(PATH).header(header::ORIGIN, "https://localhost:3000"),
        post(PATH).header(header::ORIGIN, "null"),
    ];
    for request in others {
        app.send(request, "").await.check_refused(403, "cross_origin");
    }
}

#[tokio::test]
async fn cookies_and_silence_prove_nothing() {
    let app = TestApp::new().await;
    for path in [PATH, "/hermes", "/nothing", "/api/ui/nothing"] {
        for method in ["POST", "PUT", "PATCH", "DELETE"] {
            let request = Request::builder().method(method).uri(path).header(header::COOKIE, "hermes=1");
            app.send(request, "").await.check_refused(401, "missing_token");
        }
    }
}

#[tokio::test]
async fn our_own_page_sends_no_telemetry_without_a_token() {
    let app = TestApp::new().await;
    let request = post("/api/v1/ingest").header("sec-fetch-site", "same-origin");
    app.send(request, "{}").await.check_refused(401, "missing_token");
}

#[tokio::test]
async fn reading_needs_no_token() {
    let app = TestApp::new().await;
    for path in ["/api/v1/overview", "/api/v1/tasks", "/hermes", "/healthz"] {
        let request = Request::get(path).header("sec-fetch-site", "cross-site");
        assert_eq!(app.send(request, "").await.status, 200, "{path}");
    }
}
