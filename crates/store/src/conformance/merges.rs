//! Tasks that turn out to be others.

use std::collections::{BTreeSet, HashMap};

use chrono::TimeDelta;
use domain::{
    change::{Changes, Row, TaskMerged},
    event::{Event, EventLevel, EventType},
    id::{EventId, LineId, RunId, Seq, TaskId},
    patch::Patch,
    query::{PageRequest, TaskQuery},
    run::RunPatch,
    task::{TaskPatch, TaskStatus},
    telemetry::{Body, Telemetry},
};

use super::{
    append,
    history::{self, History, Merging},
    now, queries, spans,
};
use crate::{MemoryStore, Store};

const ALL: PageRequest = PageRequest { page: 1, per_page: 100 };

/// Merges anywhere among the lines, in any order and more than once, give what the lines would have given, had they
/// all named the task that it is.
pub(super) async fn all_lines_count_as_if_they_had_named_the_one_task(store: &impl Store, seed: u64) {
    let mut history = History::merging(seed, Merging::Orderly(BTreeSet::new()));
    let mut lines = history.lines(400);
    let merges: HashMap<TaskId, TaskId> = lines.iter().filter_map(merged).collect();
    assert!(merges.len() > 2, "seed {seed} has hardly any merge");
    let meant =
        |id: &TaskId| std::iter::successors(Some(id), |id| merges.get(*id)).last().unwrap_or(id).clone();
    let direct = lines.iter().filter(|line| merged(line).is_none());
    let direct: Vec<_> =
        direct.map(|line| Telemetry { body: renamed(&line.body, meant), ..line.clone() }).collect();
    let expected = MemoryStore::new();
    append(&expected, &direct).await;

    lines.extend(lines.clone());
    history.shuffle(&mut lines);
    for batch in lines.chunks(61) {
        append(store, batch).await;
    }
    queries::same_tasks(store, &expected, seed).await;
    assert_eq!(store.products().await.expect("products"), expected.products().await.expect("products"));
    for id in (0..history::TASKS).map(history::task) {
        let (known, meant) = (queries::of_task(store, &id).await, meant(&id));
        assert_eq!(known, queries::of_task(&expected, &meant).await, "{id}, which is {meant}, seed {seed}");
    }
    let mut facts = store.facts(spans()).await.expect("facts");
    let scan = expected.facts(spans()).await.expect("facts");
    facts.seq = scan.seq;
    assert_eq!(facts, scan, "facts, seed {seed}");
    assert_eq!(store.info().await.expect("info").tasks, expected.info().await.expect("info").tasks);
}

fn merged(line: &Telemetry) -> Option<(TaskId, TaskId)> {
    match &line.body {
        Body::TaskMerged { from, into } => Some((from.clone(), into.clone())),
        _ => None,
    }
}

/// The same said of the tasks that are meant.
fn renamed(body: &Body, meant: impl Fn(&TaskId) -> TaskId) -> Body {
    let mut body = body.clone();
    match &mut body {
        Body::Task(id, _) => *id = meant(id),
        Body::Event(event, _) => event.task_id = meant(&event.task_id),
        Body::Run(_, patch) => {
            if let Some(task) = patch.task_id.value_mut() {
                *task = meant(task);
            }
        }
        Body::Product(..) | Body::Agent(..) | Body::Job(..) | Body::TaskMerged { .. } => {}
    }
    body
}

/// A few lines by hand.
struct Lines(i64);

impl Lines {
    fn line(&mut self, body: Body) -> Telemetry {
        self.0 += 1;
        let id = LineId::new(format!("m_{}", self.0)).expect("an id");
        let mut digest = [0; 16];
        digest[..8].copy_from_slice(&self.0.to_le_bytes());
        Telemetry { id, ts: now() - TimeDelta::hours(9) + TimeDelta::minutes(self.0), digest, body }
    }

    fn task(&mut self, id: &TaskId, title: &str, status: TaskStatus) -> Telemetry {
        let patch = TaskPatch {
            title: Patch::Set(title.to_owned()),
            status: Patch::Set(status),
            ..TaskPatch::default()
        };
        self.line(Body::Task(id.clone(), Box::new(patch)))
    }

    fn event(&mut self, id: &str, task: &TaskId) -> Telemetry {
        let event = Event {
            id: EventId::new(id).expect("an id"),
            task_id: task.clone(),
            timestamp: now(),
            level: EventLevel::Info,
            event_type: EventType::Started,
            message: id.to_owned(),
            metadata: None,
            tool_name: None,
            command: None,
            artifact_url: None,
        };
        self.line(Body::Event(Box::new(event), None))
    }

    fn run(&mut self, id: &str, task: &TaskId) -> Telemetry {
        let patch = RunPatch { task_id: Patch::Set(task.clone()), ..RunPatch::default() };
        self.line(Body::Run(RunId::new(id).expect("an id"), Box::new(patch)))
    }

    fn merge(&mut self, from: &TaskId, into: &TaskId) -> Telemetry {
        self.line(Body::TaskMerged { from: from.clone(), into: into.clone() })
    }
}

pub(super) async fn two_tasks_become_one(store: &impl Store) {
    let (session, card) = (history::task(1), history::task(2));
    let mut lines = Lines(0);
    let before = [
        lines.task(&card, "The card", TaskStatus::Queued),
        lines.task(&session, "Wonderful session", TaskStatus::Running),
        lines.event("e_session", &session),
        lines.run("r_session", &session),
        lines.event("e_card", &card),
    ];
    append(store, &before).await;
    let seq = store.info().await.expect("info").seq;
    append(store, &[lines.merge(&session, &card), lines.event("e_late", &session)]).await;

    let found = store.task(&card).await.expect("task").expect("the one task");
    assert_eq!(
        (found.title.as_str(), found.status),
        ("Wonderful session", TaskStatus::Running),
        "the later line"
    );
    assert_eq!(store.task(&session).await.expect("task"), Some(found), "old links keep working");
    let events = store.events(&session, ALL).await.expect("events");
    assert!(events.items.iter().all(|event| event.task_id == card));
    assert_eq!(events.total, 3);
    let runs = store.runs(&session, ALL).await.expect("runs");
    assert_eq!(runs.items.iter().map(|run| run.task_id.clone()).collect::<Vec<_>>(), [Some(card.clone())]);
    for (query, total) in [("", 1), ("q=wonderful", 1), ("q=t_1", 0), ("status=queued", 0)] {
        let query = TaskQuery::parse(query).expect(query);
        assert_eq!(store.tasks(&query).await.expect("tasks").total, total, "{query:?}");
    }
    let facts = store.facts(spans()).await.expect("facts");
    assert_eq!((facts.counts.total(), facts.counts.get(TaskStatus::Running)), (1, 1));
    assert_eq!(facts.last_event.expect("an event").task.id, card);

    let Changes::Some { changes, .. } = store.changes_after(seq, 99).await.expect("changes") else {
        panic!("a log that was never trimmed asked for a resync");
    };
    let names: Vec<String> = changes.iter().map(|change| name(&change.row)).collect();
    let expected = ["t_1 is t_2", "e_session of t_2", "r_session of t_2", "t_2", "e_late of t_2"];
    assert_eq!(names, expected, "all that changed is in the log");
}

fn name(row: &Row) -> String {
    match row {
        Row::Task(row) => row.id.to_string(),
        Row::Event(row) => format!("{} of {}", row.event.id, row.event.task_id),
        Row::Run(row) => {
            format!("{} of {}", row.id, row.task_id.as_ref().map_or("nobody", |task| task.as_str()))
        }
        Row::TaskMerged(TaskMerged { from, into }) => format!("{from} is {into}"),
        Row::Product(_) | Row::Agent(_) | Row::Job(_) => "another".to_owned(),
    }
}

pub(super) async fn chains_resolve_and_circles_do_not_close(store: &impl Store) {
    let [a, b, c, d] = [1, 2, 3, 4].map(history::task);
    let mut lines = Lines(0);
    let told = [
        lines.merge(&a, &a),
        lines.task(&a, "a", TaskStatus::Running),
        lines.merge(&a, &b),
        lines.merge(&b, &c),
        lines.merge(&c, &a),
        lines.merge(&a, &d),
        lines.task(&d, "d", TaskStatus::Queued),
    ];
    for line in told {
        append(store, &[line]).await;
    }
    let title = async |id| store.task(id).await.expect("task").map(|task| (task.id, task.title));
    for id in [&a, &b, &c] {
        assert_eq!(title(id).await, Some((c.clone(), "a".to_owned())), "{id} is c, and stays it");
    }
    assert_eq!(title(&d).await, Some((d.clone(), "d".to_owned())));
    let Changes::Some { changes, .. } = store.changes_after(Seq(0), 99).await.expect("changes") else {
        panic!("a log that was never trimmed asked for a resync");
    };
    let merges: Vec<String> =
        changes.iter().map(|change| name(&change.row)).filter(|name| name.contains("is")).collect();
    assert_eq!(merges, ["t_1 is t_3", "t_2 is t_3"], "where each is now, at the end of its chain");
}
