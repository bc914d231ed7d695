//! Deleting what is too old.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    change::Changes,
    decision::{DecisionKind, NewDecision, Subject},
    id::{ItemKey, Seq},
    query::{PageRequest, TaskQuery},
    telemetry::Outcome,
};

use super::{
    append,
    history::{self, History},
    now, queries, spans,
};
use crate::{MemoryStore, Prune, Pruned, Store};

/// Deletes in steps of `limit` tasks until there is no more.
async fn all(
    store: &impl Store,
    events: Option<DateTime<Utc>>,
    tasks: Option<DateTime<Utc>>,
    limit: usize,
) -> Pruned {
    let mut prune = Prune { events, tasks, after: None };
    let mut sum = Pruned::default();
    loop {
        let step = store.prune(&prune, limit).await.expect("prune");
        sum.tasks += step.tasks;
        sum.events += step.events;
        sum.runs += step.runs;
        prune.after = step.next;
        if prune.after.is_none() {
            return sum;
        }
    }
}

pub(super) async fn what_is_left_equals_a_full_scan(store: &impl Store, mut history: History) {
    let scan = MemoryStore::new();
    let seed = history.seed();
    let lines = history.lines(500);
    append(store, &lines).await;
    append(&scan, &lines).await;
    let back = |days| Some(now() - TimeDelta::days(days));
    for (events, tasks) in
        [(None, None), (back(8), None), (back(4), back(15)), (None, back(2)), (back(0), back(0))]
    {
        let (deleted, expected) = (all(store, events, tasks, 7).await, all(&scan, events, tasks, 1000).await);
        assert_eq!(deleted, expected, "seed {seed}");
        let facts = (store.facts(spans()).await.expect("facts"), scan.facts(spans()).await.expect("facts"));
        // How many steps it took is no fact.
        let (mut facts, expected) = facts;
        facts.seq = expected.seq;
        assert_eq!(facts, expected, "facts after deleting, seed {seed}");
        assert_eq!(queries::readings(store).await, queries::readings(&scan).await, "seed {seed}");
        queries::same_history(store, &scan, seed).await;
    }
    Box::pin(queries::same_tasks(store, &scan, seed)).await;

    let before = queries::readings(store).await;
    assert!(
        append(store, &lines).await.iter().all(|outcome| *outcome == Outcome::Duplicate),
        "a line that is sent again does not raise the dead"
    );
    assert_eq!(queries::readings(store).await, before, "seed {seed}");

    let more = history.lines(60);
    append(store, &more).await;
    append(&scan, &more).await;
    assert_eq!(queries::readings(store).await, queries::readings(&scan).await, "it goes on, seed {seed}");
    queries::same_history(store, &scan, seed).await;
    Box::pin(queries::same_tasks(store, &scan, seed)).await;

    let behind = store.changes_after(Seq(1), 10).await.expect("changes");
    assert_eq!(behind, Changes::Resync, "a reader that is behind reads everything anew");
    let seq = store.info().await.expect("info").seq;
    assert!(matches!(store.changes_after(seq, 10).await.expect("changes"), Changes::Some { .. }));
}

pub(super) async fn what_must_stay_stays(store: &impl Store) {
    append(store, &History::new(4).lines(400)).await;
    let tasks = async || {
        let page = PageRequest { page: 1, per_page: 1000 };
        store.tasks(&TaskQuery { page, ..TaskQuery::default() }).await.expect("tasks").items
    };
    let before = tasks().await;
    let ended = before.iter().filter(|task| !task.status.is_open()).count() as u64;
    assert_eq!(store.ended_before(now() + TimeDelta::days(9000)).await.expect("ended"), ended);
    let decided = before.iter().find(|task| !task.status.is_open()).expect("one that ended").clone();
    let decision = NewDecision {
        item: ItemKey::new(format!("task:{}", decided.id)).expect("key"),
        cause: String::new(),
        title: decided.title.clone(),
        kind: DecisionKind::Acknowledged,
        subject: Some(Subject::Task(decided.id.clone())),
        until: None,
        note: None,
        by: "founder".to_owned(),
    };
    store.decide(&decision, now()).await.expect("decide");
    let last = store.facts(spans()).await.expect("facts").last_event.expect("an event");
    let far = Some(now() + TimeDelta::days(9000));
    let pruned = all(store, far, far, 50).await;
    assert!(pruned.tasks > 0 && pruned.events > 0, "{pruned:?}");
    let after = tasks().await;
    for task in &before {
        let stays = task.status.is_open() || task.id == decided.id || task.id == last.task.id;
        assert_eq!(after.iter().any(|left| left.id == task.id), stays, "{}", task.id);
    }
    assert_eq!(store.facts(spans()).await.expect("facts").last_event, Some(last));
    assert_eq!(all(store, far, far, 50).await, Pruned::default(), "once is enough");
    assert_eq!(store.task(&history::task(9999)).await.expect("task"), None);
}
