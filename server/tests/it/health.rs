//! The health checks, and a store that fails.

use std::sync::Arc;

use server::limits::Limits;

use crate::harness::{
    TestApp,
    broken::{BrokenStore, SECRET},
    lines,
};

#[tokio::test]
async fn a_server_with_a_store_is_alive_and_ready() {
    let app = TestApp::new().await;
    assert_eq!(app.json("/healthz").await["status"], "alive");
    assert_eq!(app.json("/readyz").await["status"], "ready");
}

#[tokio::test]
async fn without_its_store_it_is_alive_and_not_ready() {
    let app = TestApp::on(Arc::new(BrokenStore), Limits::default()).await;
    assert_eq!(app.json("/healthz").await["status"], "alive");
    for path in ["/readyz", "/api/v1/overview", "/api/v1/tasks", "/api/v1/tasks/t/events", "/api/v1/agents"] {
        let answer = app.get(path).await;
        answer.check_refused(503, "unavailable");
        assert!(!answer.text().contains(SECRET), "inner text stays inside");
        assert!(!answer.header("retry-after").is_empty());
    }
}

#[tokio::test]
async fn lines_that_cannot_be_stored_are_not_acknowledged() {
    let mut app = TestApp::on(Arc::new(BrokenStore), Limits::default()).await;
    "hmc_x".clone_into(&mut app.token);
    let answer = app.ingest(lines::text(&[lines::task("t", "T")])).await;
    answer.check_refused(503, "unavailable");
    assert!(answer.json().get("accepted").is_none());
}
