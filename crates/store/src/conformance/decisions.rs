//! Decisions about items that need attention, and their log.

pub(super) mod random;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    agent::AgentPatch,
    attention::AttentionReason,
    decision::{AuditAction, AuditEntry, Decision, DecisionKind, NewDecision, Subject},
    id::{AgentId, ItemKey, LineId, ProductId, TaskId},
    patch::Patch,
    query::PageRequest,
    task::{TaskPatch, TaskStatus},
    telemetry::{Body, Telemetry},
};

use super::{append, history, now};
use crate::Store;

const ALL: PageRequest = PageRequest { page: 1, per_page: 100 };

fn key(text: &str) -> ItemKey {
    ItemKey::new(text).expect("a key")
}

fn later(minutes: i64) -> DateTime<Utc> {
    now() + TimeDelta::minutes(minutes)
}

/// A decision of that kind on the item, with its item's own subject.
fn new(kind: DecisionKind, item: &str) -> NewDecision {
    NewDecision {
        item: key(item),
        cause: "No key".to_owned(),
        title: format!("The title of {item}"),
        kind,
        subject: Subject::of(&key(item)),
        until: None,
        note: (kind == DecisionKind::Resolved).then(|| "put in by hand".to_owned()),
        by: "laptop".to_owned(),
    }
}

async fn decide(store: &impl Store, kind: DecisionKind, item: &str) -> AuditEntry {
    store.decide(&new(kind, item), now()).await.expect("decide")
}

/// The entries in force: id and item.
async fn in_force(store: &impl Store) -> Vec<(u64, String)> {
    let decisions = store.decisions().await.expect("decisions");
    decisions.into_iter().map(|decision| (decision.id, decision.item.to_string())).collect()
}

fn forced(expected: &[(u64, &str)]) -> Vec<(u64, String)> {
    expected.iter().map(|(id, item)| (*id, (*item).to_owned())).collect()
}

/// Lines, each a minute after the one before.
struct Lines(i64);

impl Lines {
    fn line(&mut self, body: Body) -> Telemetry {
        self.0 += 1;
        let id = LineId::new(format!("d_{}", self.0)).expect("an id");
        let mut digest = [0; 16];
        digest[..8].copy_from_slice(&self.0.to_le_bytes());
        Telemetry { id, ts: now() - TimeDelta::days(9) + TimeDelta::minutes(self.0), digest, body }
    }

    fn task(&mut self, id: &TaskId, patch: TaskPatch) -> Telemetry {
        self.line(Body::Task(id.clone(), Box::new(patch)))
    }

    fn status(&mut self, id: &TaskId, status: TaskStatus) -> Telemetry {
        self.task(id, TaskPatch { status: Patch::Set(status), ..TaskPatch::default() })
    }
}

pub(super) async fn the_latest_is_in_force_and_undoing_brings_back_the_one_before(store: &impl Store) {
    assert!(in_force(store).await.is_empty());
    let mut snooze = new(DecisionKind::Snoozed, "job:j_1:missed");
    snooze.until = Some(later(60));
    let first = store.decide(&snooze, now()).await.expect("decide");
    assert_eq!((first.id, first.action, first.until), (1, AuditAction::Snoozed, Some(later(60))));
    assert!(first.in_force && first.undoes.is_none() && first.ended_at.is_none());
    assert_eq!(store.decide(&snooze, later(1)).await.expect("decide"), first, "sent twice is decided once");
    let resolved = decide(store, DecisionKind::Resolved, "job:j_1:missed").await;
    let other = decide(store, DecisionKind::Acknowledged, "agent:github").await;
    assert_eq!(in_force(store).await, forced(&[(2, "job:j_1:missed"), (3, "agent:github")]));
    let kept = store.decisions().await.expect("decisions").remove(0);
    let expected = Decision {
        id: 2,
        item: key("job:j_1:missed"),
        cause: "No key".to_owned(),
        kind: DecisionKind::Resolved,
        until: None,
        note: Some("put in by hand".to_owned()),
        title: "The title of job:j_1:missed".to_owned(),
        at: now(),
        by: "laptop".to_owned(),
    };
    assert_eq!(kept, expected);

    assert_eq!(
        store.undo(first.id, "me", later(2)).await.expect("undo"),
        None,
        "a later one stands above it"
    );
    let undone = store.undo(resolved.id, "me", later(2)).await.expect("undo").expect("it is in force");
    let facts = (undone.id, undone.action, undone.undoes, undone.by.as_str(), undone.at, undone.note.clone());
    assert_eq!(facts, (4, AuditAction::Undone, Some(2), "me", later(2), None));
    assert_eq!(undone.title, resolved.title);
    assert_eq!(in_force(store).await, forced(&[(1, "job:j_1:missed"), (3, "agent:github")]));
    store.undo(first.id, "me", later(3)).await.expect("undo").expect("it is in force again");
    assert_eq!(in_force(store).await, forced(&[(3, "agent:github")]));
    let again = decide(store, DecisionKind::Resolved, "job:j_1:missed").await;
    assert_eq!(again.id, 6, "to redo is to decide again");

    let log = store.audit(ALL).await.expect("audit");
    assert_eq!(log.items.iter().map(|entry| entry.id).collect::<Vec<_>>(), [6, 5, 4, 3, 2, 1]);
    assert_eq!(log.items[0], again);
    assert_eq!(log.items[3], other);
    let was = AuditEntry {
        undone_at: Some(later(2)),
        undone_by: Some("me".to_owned()),
        in_force: false,
        ..resolved.clone()
    };
    assert_eq!(log.items[4], was, "what was decided stays as it was, with what became of it");
    assert_eq!(store.audit_entry(2).await.expect("entry"), Some(was));
}

pub(super) async fn what_cannot_be_undone_is_not(store: &impl Store) {
    let entry = decide(store, DecisionKind::Acknowledged, "product:ledgerly:repeated-failures").await;
    let undone = store.undo(entry.id, "me", now()).await.expect("undo").expect("it is in force");
    for id in [0, entry.id, undone.id, 3, u64::MAX] {
        assert_eq!(store.undo(id, "me", now()).await.expect("undo"), None, "{id}");
    }
    assert_eq!(store.audit(ALL).await.expect("audit").total, 2, "nothing was noted");
    assert_eq!(store.audit_entry(3).await.expect("entry"), None);
    assert_eq!(store.audit_entry(0).await.expect("entry"), None);
}

pub(super) async fn they_end_when_their_task_leaves_its_state(store: &impl Store) {
    let (task, mut lines) = (history::task(1), Lines(0));
    let blocked = TaskPatch {
        status: Patch::Set(TaskStatus::Blocked),
        blocker_reason: Patch::Set("No key".to_owned()),
        ..TaskPatch::default()
    };
    let late = lines.status(&task, TaskStatus::Running);
    append(store, &[lines.task(&task, blocked.clone())]).await;
    let step = TaskPatch { current_step: Patch::Set("waiting".to_owned()), ..blocked.clone() };
    let flagged = |reasons: &[AttentionReason]| TaskPatch {
        attention: Patch::Set(reasons.to_vec()),
        ..TaskPatch::default()
    };
    let reason =
        |text: &str| TaskPatch { blocker_reason: Patch::Set(text.to_owned()), ..TaskPatch::default() };
    let [risk, tests] = [AttentionReason::CostOrRisk, AttentionReason::FailingTests];
    let other = lines.status(&history::task(2), TaskStatus::Failed);
    let cases = [
        (vec![late], true, "a line that comes too late changes nothing"),
        (vec![lines.task(&task, step)], true, "the state is the same"),
        (vec![other], true, "another task"),
        (vec![lines.task(&task, reason("No disk"))], false, "another blocker"),
        (vec![lines.task(&task, flagged(&[risk, tests]))], false, "reasons for attention"),
        (vec![lines.task(&task, flagged(&[tests, risk]))], true, "the same reasons in another order"),
        (vec![lines.task(&task, flagged(&[]))], false, "no reasons any more"),
        (vec![lines.status(&task, TaskStatus::Completed)], false, "another status"),
        (
            vec![lines.status(&task, TaskStatus::Blocked), lines.status(&task, TaskStatus::Completed)],
            false,
            "another status in between, in one batch",
        ),
    ];
    let product = NewDecision {
        subject: None,
        ..new(DecisionKind::Acknowledged, "product:ledgerly:repeated-failures")
    };
    store.decide(&product, now()).await.expect("decide");
    for (lines, holds, why) in cases {
        let one = decide(store, DecisionKind::Acknowledged, "task:t_1").await;
        let two = decide(store, DecisionKind::Snoozed, "task:t_1").await;
        append(store, &lines).await;
        let found = in_force(store).await;
        assert_eq!(found.iter().any(|(id, _)| *id == two.id), holds, "{why}");
        assert_eq!(found[0].1, "product:ledgerly:repeated-failures", "{why}: others are not touched");
        if !holds {
            for id in [one.id, two.id] {
                let entry = store.audit_entry(id).await.expect("entry").expect("nothing is deleted");
                assert_eq!((entry.ended_at, entry.in_force), (Some(now()), false), "{why}");
                assert_eq!(store.undo(id, "me", now()).await.expect("undo"), None, "{why}");
            }
        }
    }
    let fresh = decide(store, DecisionKind::Resolved, "task:t_1").await;
    store.undo(fresh.id, "me", now()).await.expect("undo").expect("it is in force");
    assert_eq!(in_force(store).await.len(), 1, "what ended does not come back by undoing");
}

pub(super) async fn they_end_when_what_is_wrong_with_their_agent_changes(store: &impl Store) {
    let (agent, mut lines) = (AgentId::new("github").expect("an id"), Lines(0));
    let mut told = |issue: Patch<String>, calls: u64| {
        let patch =
            AgentPatch { config_issue: issue, calls_today: Patch::Set(calls), ..AgentPatch::default() };
        lines.line(Body::Agent(agent.clone(), Box::new(patch)))
    };
    append(store, &[told(Patch::Set("no key".to_owned()), 1)]).await;
    let first = decide(store, DecisionKind::Acknowledged, "agent:github").await;
    append(store, &[told(Patch::Set("no key".to_owned()), 2), told(Patch::Keep, 3)]).await;
    assert_eq!(in_force(store).await, forced(&[(first.id, "agent:github")]));
    append(store, &[told(Patch::Clear, 4), told(Patch::Set("no key".to_owned()), 5)]).await;
    assert!(in_force(store).await.is_empty(), "it was mended, and is broken again");
}

pub(super) async fn they_move_along_with_a_task_that_is_another(store: &impl Store) {
    let [session, card, third] = [1, 2, 3].map(history::task);
    let mut lines = Lines(0);
    let merge = |lines: &mut Lines, from: &TaskId, into: &TaskId| {
        lines.line(Body::TaskMerged { from: from.clone(), into: into.clone() })
    };
    let told = [lines.status(&session, TaskStatus::Blocked), lines.status(&third, TaskStatus::Running)];
    append(store, &told).await;
    let whole = decide(store, DecisionKind::Acknowledged, "task:t_1").await;
    let product = ProductId::new("ledgerly").expect("an id");
    let elsewhere = NewDecision {
        subject: Some(Subject::Product(product)),
        ..new(DecisionKind::Acknowledged, "product:ledgerly:repeated-failures")
    };
    store.decide(&elsewhere, now()).await.expect("decide");
    append(store, &[merge(&mut lines, &session, &card)]).await;
    let moved = forced(&[(1, "task:t_2"), (2, "product:ledgerly:repeated-failures")]);
    assert_eq!(in_force(store).await, moved, "the card is what the session was");
    let entry = store.audit_entry(whole.id).await.expect("entry").expect("it is there");
    assert_eq!(entry, whole, "the log says what was decided then");
    let stale = decide(store, DecisionKind::Snoozed, "task:t_1").await;
    assert_eq!(stale.item, key("task:t_2"), "who still knows the session means the card");
    let undone = store.undo(stale.id, "me", now()).await.expect("undo").expect("it is in force");
    assert_eq!((undone.item, in_force(store).await), (key("task:t_2"), moved));

    let running = decide(store, DecisionKind::Acknowledged, "task:t_3").await;
    append(store, &[merge(&mut lines, &card, &third)]).await;
    let left = in_force(store).await;
    assert_eq!(left[0].1, "product:ledgerly:repeated-failures", "the later word, running, is another state");
    assert_eq!(left.get(1).map(|(id, _)| *id), Some(running.id), "for the third task it is the same");
    assert_eq!(left.len(), 2);
}

pub(super) async fn the_log_is_paged_the_newest_first(store: &impl Store) {
    for number in 1..=7 {
        decide(store, DecisionKind::Acknowledged, &format!("job:j_{number}:missed")).await;
    }
    let ids = async |page, per_page| {
        let page = store.audit(PageRequest { page, per_page }).await.expect("audit");
        assert_eq!(page.total, 7);
        page.items.iter().map(|entry| entry.id).collect::<Vec<_>>()
    };
    assert_eq!(ids(1, 3).await, [7, 6, 5]);
    assert_eq!(ids(3, 3).await, [1]);
    assert!(ids(4, 3).await.is_empty());
}
