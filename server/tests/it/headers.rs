//! What every answer carries, and who is answered at all.

use axum::http::{Request, header};

use crate::harness::TestApp;

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let app = TestApp::new().await;
    for path in ["/hermes", "/api/v1/overview", "/api/v1/nothing", "/nothing", "/healthz", "/favicon.svg"] {
        let answer = app.get(path).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("x-frame-options"), "DENY", "{path}");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{path}");
        assert!(answer.header("permissions-policy").contains("camera=()"), "{path}");
        assert_eq!(answer.header("x-hermes-build"), "build-1", "{path}");
        assert!(answer.header("content-security-policy").contains("default-src 'self'"), "{path}");
    }
}

#[tokio::test]
async fn the_policy_is_exactly_this_with_another_nonce_each_time() {
    let app = TestApp::new().await;
    let mut nonces = Vec::new();
    for _ in 0..2 {
        let answer = app.get("/hermes").await;
        let policy = answer.header("content-security-policy").to_owned();
        let (before, rest) = policy.split_once("'nonce-").unwrap();
        let (nonce, after) = rest.split_once('\'').unwrap();
        assert_eq!(before, "default-src 'self'; script-src 'self' ");
        assert_eq!(
            after,
            " 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; style-src-attr 'unsafe-inline'; \
             img-src 'self' data:; connect-src 'self'; worker-src 'self'; object-src 'none'; base-uri 'none'; \
             frame-ancestors 'none'; form-action 'self'"
        );
        assert!(nonce.len() >= 22, "{nonce}");
        assert!(
            answer.text().contains(&format!("nonce=\"{nonce}\"")),
            "the page uses the nonce of its header"
        );
        nonces.push(nonce.to_owned());
    }
    assert_ne!(nonces[0], nonces[1]);
}

#[tokio::test]
async fn every_request_has_an_id_and_keeps_its_own() {
    let app = TestApp::new().await;
    assert_eq!(app.get("/healthz").await.header("x-request-id").len(), 36);
    let answer = app.send(Request::get("/healthz").header("x-request-id", "mine-7"), "").await;
    assert_eq!(answer.header("x-request-id"), "mine-7");
}

#[tokio::test]
async fn only_loopback_names_are_answered() {
    let app = TestApp::new().await;
    for host in ["localhost", "localhost:3000", "127.0.0.1:1", "127.8.9.1", "[::1]:3000"] {
        let answer = app.send(Request::get("/healthz").header(header::HOST, host), "").await;
        assert_eq!(answer.status, 200, "{host}");
    }
    for host in ["evil.test", "localhost.evil.test", "192.168.1.9:3000", "[::]:3000", "0.0.0.0"] {
        for path in ["/healthz", "/hermes", "/api/v1/overview", "/pkg/hermes.aaaa1111.js"] {
            let answer = app.send(Request::get(path).header(header::HOST, host), "").await;
            answer.check_refused(421, "not_loopback");
        }
    }
    let two = Request::get("/healthz").header(header::HOST, "localhost").header(header::HOST, "evil.test");
    app.send(two, "").await.check_refused(421, "not_loopback");
}

#[tokio::test]
async fn a_refusal_is_a_page_for_people() {
    let app = TestApp::new().await;
    let request =
        Request::get("/hermes").header(header::HOST, "evil.test").header(header::ACCEPT, "text/html,*/*");
    let answer = app.send(request, "").await;
    assert_eq!(answer.status, 421);
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    assert!(answer.text().contains("this server answers only to localhost"), "{}", answer.text());
}

#[tokio::test]
async fn what_is_made_for_the_request_is_compressed() {
    let app = TestApp::new().await;
    for path in ["/hermes", "/api/v1/overview"] {
        for (accepted, used) in [("gzip, br", "br"), ("gzip", "gzip"), ("identity", "")] {
            let answer = app.send(Request::get(path).header(header::ACCEPT_ENCODING, accepted), "").await;
            assert_eq!(answer.header("content-encoding"), used, "{path} {accepted}");
        }
    }
}

#[tokio::test]
async fn answers_are_not_kept_by_browsers() {
    let app = TestApp::new().await;
    assert_eq!(app.get("/hermes").await.header("cache-control"), "no-cache");
    for path in ["/api/v1/overview", "/api/v1/tasks/none", "/api/v1/none", "/healthz"] {
        assert_eq!(app.get(path).await.header("cache-control"), "no-store", "{path}");
    }
}
