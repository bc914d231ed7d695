//! Rows depend on the set of lines alone.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    fold::{Key, Ledger},
    id::{LineId, TaskId},
    patch::Patch,
    task::{Task, TaskPatch, TaskStatus},
    telemetry::{Body, Telemetry},
};
use proptest::{prelude::*, sample::select};

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).unwrap()
}

fn task() -> TaskId {
    TaskId::new("t").unwrap()
}

fn line(number: usize, ts: DateTime<Utc>, patch: TaskPatch) -> Telemetry {
    let id = LineId::new(format!("l_{number}")).unwrap();
    Telemetry { id, ts, digest: [0; 16], body: Body::Task(task(), Box::new(patch)) }
}

fn field<T: Clone + std::fmt::Debug + 'static>(
    value: impl Strategy<Value = T>,
) -> impl Strategy<Value = Patch<T>> {
    prop_oneof![Just(Patch::Keep), Just(Patch::Clear), value.prop_map(Patch::Set)]
}

prop_compose! {
    fn patch()(
        title in field("[a-z]{1,5}"),
        status in field(select(TaskStatus::ALL)),
        error in field("[a-z]{1,5}"),
    ) -> TaskPatch {
        TaskPatch { title, status, error, ..TaskPatch::default() }
    }
}

proptest! {
    #[test]
    fn neither_order_nor_repetition_changes_a_row(
        patches in prop::collection::vec((patch(), 0_i64..20), 1..12),
        order in prop::collection::vec(any::<prop::sample::Index>(), 0..40),
    ) {
        // Times collide often, so that ties are decided by the line's id.
        let lines: Vec<_> = patches
            .into_iter()
            .enumerate()
            .map(|(number, (patch, minutes))| line(number, now() + TimeDelta::minutes(minutes - 10), patch))
            .collect();
        let (mut straight, mut shuffled) = (Ledger::default(), Ledger::default());
        lines.iter().for_each(|line| straight.merge(line, now()));
        order.iter().for_each(|index| shuffled.merge(index.get(&lines), now()));
        lines.iter().rev().for_each(|line| shuffled.merge(line, now()));
        prop_assert_eq!(&Task::from(straight.tasks[&task()].clone()), &Task::from(shuffled.tasks[&task()].clone()));
    }
}

#[test]
fn a_field_that_a_line_does_not_name_stays_and_null_clears_it() {
    let mut ledger = Ledger::default();
    let told = TaskPatch {
        title: Patch::Set("Deploy".into()),
        error: Patch::Set("x".into()),
        ..TaskPatch::default()
    };
    ledger.merge(&line(1, now(), told), now());
    let cleared = TaskPatch { error: Patch::Clear, ..TaskPatch::default() };
    ledger.merge(&line(2, now() + TimeDelta::seconds(1), cleared), now());
    let task = Task::from(ledger.tasks[&task()].clone());
    assert_eq!((task.title.as_str(), task.error), ("Deploy", None));
}

#[test]
fn what_nobody_told_is_unknown_and_what_we_guessed_is_said() {
    let mut ledger = Ledger::default();
    ledger.merge(&line(1, now(), TaskPatch::default()), now());
    let task = Task::from(ledger.tasks[&task()].clone());
    assert_eq!(task.inferred, ["title", "status", "createdAt"]);
    assert_eq!((task.priority, task.progress_percent, task.duration_ms), (None, None, None));
    let json = serde_json::to_value(&task).unwrap();
    assert!(json["progressPercent"].is_null() && json["priority"].is_null());
}

#[test]
fn a_line_from_the_future_does_not_win_over_lines_that_come_later() {
    let mut ledger = Ledger::default();
    let title = |text: &str| TaskPatch { title: Patch::Set(text.into()), ..TaskPatch::default() };
    ledger.merge(&line(1, now() + TimeDelta::days(900), title("from the future")), now());
    let later = now() + TimeDelta::minutes(1);
    ledger.merge(&line(2, later, title("an hour later")), later);
    assert_eq!(ledger.tasks[&task()].title.as_deref(), Some("an hour later"));
}

#[test]
fn stored_stamps_still_find_their_fields() {
    // Stored rows know their stamps by the fields' order: append to this list, never change it.
    let fields = "title description productId status priority type source createdAt startedAt completedAt durationMs \
        retryCount assignedAgent tags progressPercent currentStep lastAction nextAction blockerReason summary result \
        error inferred attention";
    let known: Vec<_> = fields.split_whitespace().collect();
    assert_eq!(TaskPatch::FIELDS[..known.len()], known[..]);
}

#[test]
fn a_start_in_the_year_one_gives_no_duration() {
    let mut ledger = Ledger::default();
    let started_at = Patch::Set("0001-01-01T00:00:00Z".parse().unwrap());
    let patch = TaskPatch { started_at, completed_at: Patch::Set(now()), ..TaskPatch::default() };
    ledger.merge(&line(1, now(), patch), now());
    assert_eq!(Task::from(ledger.tasks[&task()].clone()).duration_ms, None);
}

#[test]
fn two_tasks_that_are_one_come_out_as_if_all_lines_had_named_it() {
    let (card, session) = (TaskId::new("card").unwrap(), TaskId::new("session").unwrap());
    let set = |text: &str| Patch::Set(text.to_owned());
    let told = |number, task: &TaskId, patch| {
        let ts = now() + TimeDelta::seconds(i64::try_from(number).unwrap());
        Telemetry {
            body: Body::Task(task.clone(), Box::new(patch)),
            ..line(number, ts, TaskPatch::default())
        }
    };
    let lines = [
        told(1, &card, TaskPatch { title: set("early"), error: set("gone"), ..TaskPatch::default() }),
        told(2, &session, TaskPatch { title: set("late"), error: Patch::Clear, ..TaskPatch::default() }),
        told(3, &card, TaskPatch { summary: set("kept"), ..TaskPatch::default() }),
    ];
    let body = Body::TaskMerged { from: session.clone(), into: card.clone() };
    let merge = Telemetry { body, ..line(4, now(), TaskPatch::default()) };
    for place in 0..=lines.len() {
        let mut ledger = Ledger::default();
        let (before, after) = lines.split_at(place);
        before.iter().chain([&merge]).chain(after).for_each(|line| ledger.merge(line, now()));
        assert!(!ledger.tasks.contains_key(&session));
        let task = &ledger.tasks[&card];
        assert_eq!((task.title.as_deref(), task.error.as_deref()), (Some("late"), None), "merged at {place}");
        assert_eq!(task.summary.as_deref(), Some("kept"));
        assert_eq!(task.last_seen_at - task.first_seen_at, TimeDelta::seconds(2));
        let row = ledger.get(&Key::TaskMerged(session.clone())).unwrap();
        let json = serde_json::json!({"kind": "taskMerged", "row": {"from": "session", "into": "card"}});
        assert_eq!(serde_json::to_value(row).unwrap(), json);
    }
}
