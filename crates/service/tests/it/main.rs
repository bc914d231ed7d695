//! Use cases over the in-memory store and a fixed clock.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod decisions;
mod export;
mod home;
mod live;
mod truth;

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    id::TaskId,
    query::{PageRequest, TaskQuery},
};
use service::{Admission, Clock, FixedClock, Hermes, IngestError, ServiceError};
use store::MemoryStore;

fn now() -> DateTime<Utc> {
    "2026-11-20T09:00:00Z".parse().unwrap()
}

fn hermes() -> (Hermes, Arc<FixedClock>) {
    let clock = Arc::new(FixedClock::new(now()));
    (Hermes::new(Arc::new(MemoryStore::new()), Arc::clone(&clock) as Arc<dyn Clock>), clock)
}

fn task(line: &str, id: &str, title: &str) -> String {
    format!(
        r#"{{"id":"{line}","ts":"2026-11-20T08:00:00Z","kind":"task","task":{{"id":"{id}","title":"{title}"}}}}"#
    )
}

#[tokio::test]
async fn good_lines_are_stored_and_every_other_line_is_accounted_for() {
    let (hermes, _) = hermes();
    let lines = [
        task("l1", "t1", "one"),
        "broken".to_owned(),
        task("l1", "t1", "one"),
        task("l1", "t1", "changed"),
        task("l2", "t2", "two"),
    ];
    let receipt = hermes.ingest(lines.join("\n").into_bytes(), 11, None, Admission::Refuse).await.unwrap();
    assert_eq!((receipt.accepted, receipt.duplicate), (2, 1));
    assert_eq!(receipt.conflicting.first.iter().map(|conflict| conflict.line).collect::<Vec<_>>(), [14]);
    assert_eq!(receipt.rejected.first.iter().map(|error| error.line).collect::<Vec<_>>(), [12]);
    let tasks = hermes.tasks(&TaskQuery::default()).await.unwrap();
    assert_eq!(tasks.total, 2);
    let first = hermes.task(&TaskId::new("t1").unwrap()).await.unwrap().unwrap();
    assert_eq!(first.title, "one", "of two contents the first stands");
}

#[tokio::test]
async fn what_is_in_flight_is_bounded_and_more_is_refused() {
    let (hermes, _) = hermes();
    // Larger than all the room there is: taken alone, but nothing beside it.
    let flood = vec![b' '; 70 * 1024 * 1024];
    let first = hermes.ingest(flood, 1, None, Admission::Refuse);
    let second = hermes.ingest(task("l1", "t1", "one").into_bytes(), 1, None, Admission::Refuse);
    let (first, second) = tokio::join!(biased; first, second);
    assert!(first.is_ok());
    assert!(matches!(second, Err(IngestError::Busy(busy)) if busy.retry_after.as_secs() >= 1));
    let later = hermes.ingest(task("l1", "t1", "one").into_bytes(), 1, None, Admission::Refuse).await;
    assert_eq!(later.unwrap().accepted, 1, "there is room again");
}

#[tokio::test]
async fn a_token_is_shown_once_kept_as_a_hash_and_can_be_revoked() {
    let (hermes, clock) = hermes();
    let made = hermes.create_token(" laptop ").await.unwrap();
    assert!(made.text.starts_with("hmc_") && made.text.len() > 40);
    assert!(!format!("{:?}", hermes.tokens().await.unwrap()).contains(&made.text));
    assert!(matches!(hermes.create_token("laptop").await, Err(ServiceError::Conflict(_))));
    assert!(matches!(hermes.create_token("  ").await, Err(ServiceError::Invalid(_))));
    assert!(
        matches!(hermes.create_token("Founder").await, Err(ServiceError::Invalid(_))),
        "the log's own word"
    );
    clock.advance(TimeDelta::hours(2));
    let used = hermes.check_token(&made.text).await.unwrap().unwrap();
    assert_eq!(used.last_used_at, Some(now() + TimeDelta::hours(2)));
    assert_eq!(hermes.check_token("hmc_guess").await.unwrap(), None);
    assert!(hermes.revoke_token("laptop").await.unwrap());
    assert_eq!(hermes.check_token(&made.text).await.unwrap(), None);
}

#[tokio::test]
async fn an_unknown_task_has_no_page_of_events() {
    let (hermes, _) = hermes();
    let unknown = TaskId::new("nobody").unwrap();
    assert_eq!(hermes.events(&unknown, PageRequest::default()).await.unwrap(), None);
    assert_eq!(hermes.runs(&unknown, PageRequest::default()).await.unwrap(), None);
}

#[tokio::test]
async fn a_product_is_found_by_its_slug_before_its_id() {
    let (hermes, _) = hermes();
    let product = |line: &str, id: &str, name: &str| {
        format!(
            r#"{{"id":"{line}","ts":"2026-11-20T08:00:00Z","kind":"product","product":{{"id":"{id}","name":"{name}"}}}}"#
        )
    };
    let lines = [product("p1", "payloop", "Ledgerly"), product("p2", "b", "Payloop")].join("\n");
    hermes.ingest(lines.into_bytes(), 1, None, Admission::Wait).await.unwrap();
    assert_eq!(hermes.product("payloop").await.unwrap().unwrap().id.as_str(), "b");
    assert_eq!(hermes.product("b").await.unwrap().unwrap().name, "Payloop");
    assert_eq!(hermes.product("nothing").await.unwrap(), None);
}
