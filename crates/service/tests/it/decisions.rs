//! The founder's decisions.

use chrono::TimeDelta;
use domain::{
    decision::{AuditAction, DecisionKind, DecisionRequest, FOUNDER},
    id::ItemKey,
    query::PageRequest,
};
use service::{Admission, Hermes, ServiceError};

use super::{hermes, now};

fn request(kind: DecisionKind) -> DecisionRequest {
    DecisionRequest {
        item: ItemKey::new("task:t1").unwrap(),
        cause: "No key".to_owned(),
        title: "Deploy".to_owned(),
        kind,
        subject: None,
        until: None,
        note: None,
    }
}

async fn tell(hermes: &Hermes, line: &str, status: &str) {
    let line = format!(
        r#"{{"id":"{line}","ts":"2026-11-20T08:00:00Z","kind":"task","task":{{"id":"t1","status":"{status}","blockerReason":"No key"}}}}"#
    );
    let receipt = hermes.ingest(line.into_bytes(), 1, None, Admission::Wait).await.unwrap();
    assert_eq!(receipt.accepted, 1);
}

#[tokio::test]
async fn a_decision_is_checked_kept_and_taken_back() {
    let (hermes, clock) = hermes();
    let bad = hermes.decide(request(DecisionKind::Resolved), FOUNDER).await.unwrap_err();
    assert!(matches!(bad, ServiceError::Field { field: "note", .. }), "{bad}");
    let snooze =
        DecisionRequest { until: Some(now() + TimeDelta::hours(1)), ..request(DecisionKind::Snoozed) };
    let entry = hermes.decide(snooze, "laptop").await.unwrap();
    let decision = hermes.decisions().await.unwrap().remove(0);
    assert!(decision.holds("No key", hermes.now()));
    clock.advance(TimeDelta::hours(1));
    assert!(!decision.holds("No key", hermes.now()), "the hour is over");
    assert!(!entry.can_be_undone(hermes.now()));
    let undone = hermes.undo(entry.id, FOUNDER).await.unwrap();
    assert_eq!((undone.action, undone.by.as_str()), (AuditAction::Undone, FOUNDER));
    assert!(hermes.decisions().await.unwrap().is_empty());
    assert_eq!(hermes.audit(PageRequest::default()).await.unwrap().total, 2);
}

#[tokio::test]
async fn an_item_comes_back_with_its_cause() {
    let (hermes, _) = hermes();
    tell(&hermes, "l1", "blocked").await;
    let entry = hermes.decide(request(DecisionKind::Acknowledged), FOUNDER).await.unwrap();
    assert!(entry.can_be_undone(hermes.now()));
    tell(&hermes, "l2", "running").await;
    tell(&hermes, "l3", "blocked").await;
    assert!(hermes.decisions().await.unwrap().is_empty(), "blocked in the same words, but once more");
    assert!(hermes.audit_entry(entry.id).await.unwrap().unwrap().ended_at.is_some());
}

#[tokio::test]
async fn what_cannot_be_undone_is_told_with_its_reason() {
    let (hermes, _) = hermes();
    let refused = async |id, word: &str| {
        let error = hermes.undo(id, FOUNDER).await.unwrap_err();
        assert!(error.to_string().contains(word), "{error}");
        error
    };
    assert!(matches!(refused(1, "no entry 1").await, ServiceError::NotFound(_)));
    let note = Some("by hand".to_owned());
    hermes.decide(request(DecisionKind::Acknowledged), FOUNDER).await.unwrap();
    hermes.decide(DecisionRequest { note, ..request(DecisionKind::Resolved) }, FOUNDER).await.unwrap();
    assert!(matches!(refused(1, "undo that one first").await, ServiceError::Conflict(_)));
    hermes.undo(2, "laptop").await.unwrap();
    refused(2, "undone already, by laptop").await;
    refused(3, "decide again").await;
    tell(&hermes, "l1", "running").await;
    refused(1, "ended").await;
}
