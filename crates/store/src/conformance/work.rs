//! What is counted of workers, in ways that random histories may not come to.

use chrono::TimeDelta;
use domain::{
    event::{Event, EventLevel, EventType},
    facts::work::{FAILING, MAX_WORKERS, WorkKind, WorkSpan, slot},
    id::{EventId, LineId},
    telemetry::{Body, Telemetry},
};

use super::{append, history, now};
use crate::Store;

#[expect(clippy::expect_used, reason = "a test's constants")]
fn call(line: usize, event: usize, tool: &str, worked: bool) -> Telemetry {
    let mut digest = [0; 16];
    digest[..8].copy_from_slice(&(line as u64).to_le_bytes());
    let minutes = i64::try_from(line % 1_000).unwrap_or(0);
    let ts = now() - TimeDelta::minutes(2_000) + TimeDelta::minutes(minutes);
    let level = if worked { EventLevel::Info } else { EventLevel::Error };
    let event = Event {
        id: EventId::new(format!("e_{event}")).expect("an id"),
        task_id: history::task(1),
        timestamp: ts,
        level,
        event_type: EventType::ToolCalled,
        message: "called".to_owned(),
        metadata: None,
        tool_name: Some(tool.to_owned()),
        command: None,
        artifact_url: None,
    };
    let id = LineId::new(format!("l_{line}")).expect("an id");
    Telemetry { id, ts, digest, body: Body::Event(Box::new(event), None) }
}

fn all() -> WorkSpan {
    WorkSpan { since: slot(now() - TimeDelta::days(30)), until: now() }
}

/// A later line may tell an event otherwise: another outcome, another time, another tool.
pub(super) async fn a_call_that_is_told_otherwise_moves(store: &impl Store) {
    append(store, &[call(1, 1, "hammer", false), call(2, 2, "hammer", true)]).await;
    append(store, &[call(40, 1, "hammer", true)]).await;
    let work = store.work(all(), None).await.expect("work");
    let worker = work.workers.first().expect("the hammer");
    assert_eq!((worker.total, worker.failed_at, worker.slots.len()), (2, None, 2));
    append(store, &[call(41, 1, "saw", true), call(42, 2, "saw", true)]).await;
    let work = store.work(all(), None).await.expect("work");
    let names: Vec<_> = work.workers.iter().map(|worker| worker.key.name.as_str()).collect();
    assert_eq!((names, work.known), (vec!["saw"], [0, 1, 0]), "nothing is left of the hammer");
}

/// However many tools telemetry makes up, those with the most calls are listed, and the others counted.
pub(super) async fn of_many_workers_those_with_the_most_work_are_listed(store: &impl Store) {
    let many = MAX_WORKERS + 20;
    let mut lines: Vec<_> =
        (0..many).map(|number| call(number, number, &format!("tool {number:03}"), true)).collect();
    lines.push(call(many, many, "tool 119", true));
    append(store, &lines).await;
    let work = store.work(all(), None).await.expect("work");
    assert_eq!(work.known, [0, many as u64, 0]);
    let names: Vec<_> = work.workers.iter().map(|worker| worker.key.name.as_str()).collect();
    assert_eq!(
        (names.len(), names.first(), names.get(1)),
        (MAX_WORKERS, Some(&"tool 119"), Some(&"tool 000"))
    );
    assert!(work.workers.iter().all(|worker| worker.key.kind == WorkKind::Call));
}

/// A worker is failing since the first of its last five outcomes, if all of these failed.
pub(super) async fn failures_in_a_row_are_known(store: &impl Store) {
    let mut lines = vec![call(1, 1, "hammer", false), call(2, 2, "hammer", true)];
    lines.extend((3..).take(FAILING - 1).map(|number| call(number, number, "hammer", false)));
    append(store, &lines).await;
    let failing = async || store.work(all(), None).await.expect("work").workers[0].failing_since;
    assert_eq!(failing().await, None, "one of the last five worked");
    append(store, &[call(30, 30, "hammer", false)]).await;
    assert_eq!(failing().await, Some(call(3, 3, "hammer", false).ts));
}
