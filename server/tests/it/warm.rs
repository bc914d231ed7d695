//! What is read ahead as the server begins.

use server::jobs::warm;
use tokio_util::sync::CancellationToken;

use crate::harness::{TestApp, lines};

#[tokio::test]
async fn reading_ahead_ends_by_itself_and_changes_nothing() {
    let (empty, some) = (TestApp::new().await, TestApp::with(&[lines::task("t_1", "Fix it")]).await);
    for (app, tasks) in [(empty, 0), (some, 1)] {
        let before = app.json("/api/v1/overview").await;
        warm::run(app.hermes.clone(), CancellationToken::new()).await;
        assert_eq!(app.json("/api/v1/overview").await, before);
        assert_eq!(app.json("/api/v1/tasks/facets").await["total"], tasks);
    }
}

#[tokio::test]
async fn nothing_is_read_ahead_once_the_end_has_begun() {
    let (app, end) = (TestApp::new().await, CancellationToken::new());
    end.cancel();
    warm::run(app.hermes.clone(), end).await;
}
