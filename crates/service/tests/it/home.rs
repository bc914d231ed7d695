//! A source that makes rows itself, and the account it gives.

use domain::{
    event::{Event, EventLevel, EventType},
    id::{EventId, LineId, TaskId},
    patch::Patch,
    query::PageRequest,
    source::{HomeFound, HomeProgress, HomeState, HomeStatus},
    task::TaskPatch,
    telemetry::Body,
};
use ingest::Draft;
use serde_json::json;

use super::{hermes, now};

fn title(line: &str, title: &str) -> Draft {
    let patch = TaskPatch { title: Patch::Set(title.to_owned()), ..TaskPatch::default() };
    let body = Body::Task(TaskId::new("t").unwrap(), Box::new(patch));
    Draft { id: LineId::new(line).unwrap(), ts: now(), body }
}

fn status(path: &str) -> HomeStatus {
    HomeStatus {
        path: path.to_owned(),
        found: HomeFound::Default,
        state: HomeState::Following,
        progress: HomeProgress::default(),
        looked_at: None,
        files: Vec::new(),
        skipped: Vec::new(),
        skipped_total: 0,
        unknown: Vec::new(),
        lessons: Vec::new(),
    }
}

#[tokio::test]
async fn drafts_and_cursors_are_taken_together_and_a_source_may_restate_itself() {
    let (hermes, _) = hermes();
    let cursors = vec![("x/1".to_owned(), json!(7)), ("x/2".to_owned(), json!(8))];
    let taken = hermes.take(vec![title("l1", "one"), title("l1", "one")], cursors).await.unwrap();
    assert_eq!((taken.accepted, taken.known), (1, 1));
    let drafts = vec![title("l1", "changed"), title("l2", "two")];
    let taken = hermes.take(drafts, vec![("x/1".to_owned(), json!(null))]).await.unwrap();
    assert_eq!((taken.accepted, taken.known, taken.seq.map(|seq| seq.0)), (1, 1, Some(2)));
    assert_eq!(hermes.cursors("x/", None, 9).await.unwrap(), [("x/2".to_owned(), json!(8))]);
    assert_eq!(hermes.task(&TaskId::new("t").unwrap()).await.unwrap().unwrap().title, "two");
}

#[tokio::test]
async fn what_a_draft_says_is_redacted_before_it_is_stored() {
    let (hermes, _) = hermes();
    let event = |number: u32| {
        let event = Event {
            id: EventId::new(format!("e{number}")).unwrap(),
            task_id: TaskId::new("t").unwrap(),
            timestamp: now(),
            level: EventLevel::Info,
            event_type: EventType::CommandExecuted,
            message: "mysql --password=hunter22".to_owned(),
            metadata: None,
            tool_name: None,
            command: None,
            artifact_url: None,
        };
        let id = LineId::new(format!("l{number}")).unwrap();
        Draft { id, ts: now(), body: Body::Event(Box::new(event), None) }
    };
    // More than are sealed in place.
    let taken = hermes.take((0..100).map(event).collect(), Vec::new()).await.unwrap();
    assert_eq!(taken.accepted, 100);
    let page = PageRequest { page: 1, per_page: 100 };
    let events = hermes.events(&TaskId::new("t").unwrap(), page).await.unwrap().unwrap();
    assert!(events.items.iter().all(|event| event.message == "mysql --password=[redacted]"), "{events:?}");
}

#[tokio::test]
async fn the_account_of_a_home_is_what_was_told_last_else_what_was_stored() {
    let (hermes, _) = hermes();
    assert_eq!(hermes.home().await.unwrap(), None);
    let stored = |value| vec![(service::home::STATUS.to_owned(), value)];
    hermes.take(Vec::new(), stored(json!({"of": "a later version"}))).await.unwrap();
    assert_eq!(hermes.home().await.unwrap(), None);
    hermes.take(Vec::new(), stored(serde_json::to_value(status("stored")).unwrap())).await.unwrap();
    assert_eq!(hermes.home().await.unwrap(), Some(status("stored")));
    hermes.tell_home(status("first"));
    hermes.tell_home(status("told"));
    assert_eq!(hermes.home().await.unwrap(), Some(status("told")));
}
