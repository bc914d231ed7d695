//! What needs the founder, and why.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    agent::AgentRecord,
    attention::{AttentionItem, AttentionReason, Severity},
    decision::{Decision, DecisionKind, Subject},
    facts::{Facts, Gap, LastCompleted, ProductTasks, StatusCounts},
    id::{AgentId, ProductId, TaskId},
    insight::{
        attention::queue,
        best_action::{Verb, best_actions},
    },
    product::{Product, ProductRecord, ProductStatus},
    settings::Rules,
    task::{Priority, Task, TaskRecord, TaskStatus, TaskType},
};

fn now() -> DateTime<Utc> {
    "2026-11-20T09:00:00Z".parse().unwrap()
}

fn task(id: &str, status: TaskStatus, hours: i64, told: impl FnOnce(&mut TaskRecord)) -> Task {
    let at = now() - TimeDelta::hours(hours);
    let mut record = TaskRecord::placeholder(TaskId::new(id).unwrap(), at);
    record.status = Some(status);
    record.title = Some(format!("Title of {id}"));
    record.product_id = Some(ProductId::new("p").unwrap());
    if !status.is_open() {
        record.completed_at = Some(at);
    }
    told(&mut record);
    record.into()
}

fn product(id: &str, told: impl FnOnce(&mut ProductRecord)) -> Product {
    let mut record = ProductRecord::placeholder(ProductId::new(id).unwrap(), now() - TimeDelta::days(90));
    record.name = Some(id.to_uppercase());
    record.last_hermes_activity_at = Some(now());
    told(&mut record);
    record.view(None)
}

fn items(facts: &Facts) -> Vec<AttentionItem> {
    queue(facts, now(), &Rules::default()).items
}

fn one(facts: &Facts) -> AttentionItem {
    let mut items = items(facts);
    assert_eq!(items.len(), 1, "{items:#?}");
    items.remove(0)
}

#[test]
fn a_blocked_task_has_the_reason_that_its_source_tells() {
    let blocked = |record: &mut TaskRecord| {
        record.attention = Some(vec![AttentionReason::FailingTests, AttentionReason::ApprovalNeeded]);
        record.blocker_reason = Some("The API key expired".to_owned());
        record.priority = Some(Priority::P0);
    };
    let facts = Facts { blocked: vec![task("t", TaskStatus::Blocked, 2, blocked)], ..Facts::default() };
    let item = one(&facts);
    assert_eq!((item.reason, item.reason_inferred), (AttentionReason::ApprovalNeeded, false), "the worst");
    assert_eq!(item.severity, Severity::Critical, "high by its reason, one step worse for P0");
    assert_eq!(item.why.as_deref(), Some("The API key expired"));
    assert_eq!((item.key.as_str(), item.since), ("task:t", now() - TimeDelta::hours(2)));
}

#[test]
fn a_reason_that_nobody_told_is_guessed_from_the_words_and_marked() {
    for (words, reason) in [
        ("Waiting for your approval of the migration", AttentionReason::ApprovalNeeded),
        ("Needs the DocuSign client secret", AttentionReason::MissingCredentials),
        ("Stripe restricted key expired", AttentionReason::ExpiredCredential),
        ("Embedding spend is on pace for $412", AttentionReason::CostOrRisk),
        ("Should a late fee apply?", AttentionReason::UnclearRequirement),
        ("the disk is full", AttentionReason::Blocked),
    ] {
        let blocked = |record: &mut TaskRecord| record.blocker_reason = Some(words.to_owned());
        let facts = Facts { blocked: vec![task("t", TaskStatus::Blocked, 2, blocked)], ..Facts::default() };
        let item = one(&facts);
        assert_eq!((item.reason, item.reason_inferred), (reason, true), "{words}");
    }
    let facts = Facts { blocked: vec![task("t", TaskStatus::Blocked, 2, |_| {})], ..Facts::default() };
    assert_eq!((one(&facts).reason, one(&facts).reason_inferred), (AttentionReason::Blocked, false));
}

#[test]
fn a_failed_deployment_needs_the_founder_until_a_later_one_was_completed() {
    let deploy = |record: &mut TaskRecord| record.task_type = Some(TaskType::Deploy);
    let mut facts = Facts {
        failed: vec![task("new", TaskStatus::Failed, 2, deploy), task("old", TaskStatus::Failed, 3, deploy)],
        ..Facts::default()
    };
    let item = one(&facts);
    assert_eq!((item.reason, item.key.as_str()), (AttentionReason::FailedDeployment, "task:new"));
    let last = |hours| LastCompleted {
        product_id: ProductId::new("p").unwrap(),
        task_type: Some(TaskType::Deploy),
        at: now() - TimeDelta::hours(hours),
    };
    facts.last_completed = vec![last(3)];
    assert_eq!(items(&facts).len(), 1, "one before it mends nothing");
    facts.last_completed = vec![last(1)];
    assert_eq!(items(&facts), [], "mended");
}

#[test]
fn other_failures_need_the_founder_by_their_words_and_only_lately() {
    let failed = |words: &'static str| move |record: &mut TaskRecord| record.error = Some(words.to_owned());
    let facts = Facts {
        failed: vec![
            task("a", TaskStatus::Failed, 1, failed("11 of 842 tests fail")),
            task("b", TaskStatus::Failed, 1, failed("exit 1: no space left")),
            task("c", TaskStatus::Failed, 24 * 8, failed("401 unauthorized")),
        ],
        ..Facts::default()
    };
    let item = one(&facts);
    assert_eq!((item.reason, item.reason_inferred), (AttentionReason::FailingTests, true));
}

#[test]
fn a_task_is_in_the_queue_once() {
    let flagged = |record: &mut TaskRecord| {
        record.attention = Some(vec![AttentionReason::DeadSession]);
        record.task_type = Some(TaskType::Deploy);
    };
    let task = task("t", TaskStatus::Failed, 1, flagged);
    let facts =
        Facts { flagged: vec![task.clone()], flagged_total: 1, failed: vec![task], ..Facts::default() };
    assert_eq!(one(&facts).reason, AttentionReason::DeadSession);
}

#[test]
fn products_that_keep_failing_or_lie_idle_are_in_it() {
    let failed = |id: &str, hours| {
        task(id, TaskStatus::Failed, hours, |record| record.error = Some("disk full at /var".to_owned()))
    };
    let idle = |days| {
        move |record: &mut ProductRecord| record.last_hermes_activity_at = Some(now() - TimeDelta::days(days))
    };
    let paused = |record: &mut ProductRecord| {
        idle(80)(record);
        record.status = Some(ProductStatus::Paused);
    };
    let facts = Facts {
        products: vec![
            product("p", |_| {}),
            product("idle", idle(34)),
            product("fresh", idle(13)),
            product("paused", paused),
        ],
        failed: vec![failed("3", 2), failed("2", 20), failed("1", 50)],
        recent_failures: vec![(ProductId::new("p").unwrap(), 3)],
        ..Facts::default()
    };
    let items = items(&facts);
    let titles: Vec<_> = items.iter().map(|item| item.title.as_str()).collect();
    assert_eq!(
        titles,
        ["P: 3 tasks failed in 7 days", "IDLE: no activity for 34 days. Keep, pause or archive?"]
    );
    assert_eq!(items[0].consequence.as_deref(), Some("The same error each time"));
    assert_eq!((items[0].evidence.len(), items[0].since), (3, now() - TimeDelta::hours(50)));
    assert_eq!(items[1].severity, Severity::Low);
}

#[test]
fn a_worker_with_a_configuration_issue_is_in_it() {
    let mut record = AgentRecord::placeholder(AgentId::new("github").unwrap(), now());
    record.config_issue = Some("token expired".to_owned());
    let facts = Facts { agents: vec![record.into()], ..Facts::default() };
    let item = one(&facts);
    assert_eq!(item.reason, AttentionReason::ExpiredCredential);
    assert_eq!(item.subject, Subject::Agent(AgentId::new("github").unwrap()));
}

#[test]
fn the_worst_comes_first_then_the_priority_then_the_oldest() {
    let blocked = |id: &str, hours, priority, reason: AttentionReason| {
        task(id, TaskStatus::Blocked, hours, move |record| {
            record.priority = priority;
            record.attention = Some(vec![reason]);
        })
    };
    let p = |priority| Some(priority);
    let facts = Facts {
        blocked: vec![
            blocked("e", 1, None, AttentionReason::ApprovalNeeded),
            blocked("d", 5, None, AttentionReason::ApprovalNeeded),
            blocked("f", 9, None, AttentionReason::FailingTests),
            blocked("b", 1, p(Priority::P0), AttentionReason::FailingTests),
            blocked("c", 1, p(Priority::P1), AttentionReason::ApprovalNeeded),
            blocked("a", 1, p(Priority::P0), AttentionReason::ApprovalNeeded),
        ],
        ..Facts::default()
    };
    let keys: Vec<_> = items(&facts).into_iter().map(|item| item.key.to_string()).collect();
    assert_eq!(keys, ["task:a", "task:b", "task:c", "task:d", "task:e", "task:f"]);
}

#[test]
fn a_silence_that_is_usual_for_the_type_is_not_stuck() {
    let gap = |p90| Gap { task_type: Some(TaskType::Build), p90_ms: p90, sample: 40 };
    let minute = 60_000;
    let least = TimeDelta::minutes(30);
    assert_eq!(gap(None).limit(least), least);
    assert_eq!(gap(Some(9 * minute)).limit(least), least, "three times nine minutes is less than the least");
    assert_eq!(gap(Some(20 * minute)).limit(least), TimeDelta::hours(1));
}

#[test]
fn actions_are_split_by_who_can_do_them_and_say_their_arithmetic() {
    let blocked = |record: &mut TaskRecord| {
        record.attention = Some(vec![AttentionReason::ApprovalNeeded]);
        record.priority = Some(Priority::P1);
    };
    let mut counts = StatusCounts::default();
    *counts.get_mut(TaskStatus::Queued) = 7;
    let retried = |times| move |record: &mut TaskRecord| record.retry_count = Some(times);
    let facts = Facts {
        blocked: vec![task("b", TaskStatus::Blocked, 36, blocked)],
        failed: vec![
            task("f", TaskStatus::Failed, 0, retried(2)),
            task("g", TaskStatus::Failed, 0, retried(3)),
        ],
        queued: vec![task("q", TaskStatus::Queued, 0, |_| {})],
        product_tasks: vec![ProductTasks { id: ProductId::new("p").unwrap(), counts, days: Vec::new() }],
        ..Facts::default()
    };
    let rules = Rules::default();
    let actions = best_actions(&queue(&facts, now(), &rules), &facts, now(), &rules);
    let [approve] = &actions.founder[..] else { panic!("{actions:#?}") };
    let parts = approve.parts;
    assert_eq!((approve.verb, approve.points), (Verb::Approve, 55));
    assert_eq!((parts.severity, parts.priority, parts.waiting, parts.age), (30.0, 12.0, 10.0, 3.0));
    let automatic: Vec<_> = actions.automatic.iter().map(|action| (action.verb, action.points)).collect();
    assert_eq!(
        automatic,
        [(Verb::Retry, 30), (Verb::Start, 20)],
        "a task that was retried three times is left"
    );
}

#[test]
fn what_the_founder_decided_holds_until_the_cause_is_another() {
    let blocked = |id: &str, words: &'static str| {
        task(id, TaskStatus::Blocked, 2, move |record| record.blocker_reason = Some(words.to_owned()))
    };
    let facts = |words| Facts {
        blocked: vec![blocked("a", words), blocked("b", "disk full"), blocked("c", "disk full")],
        ..Facts::default()
    };
    let rules = Rules::default();
    let before = queue(&facts("no key"), now(), &rules);
    let decided = |index: usize, kind, until| Decision {
        id: index as u64,
        item: before.items[index].key.clone(),
        cause: before.items[index].cause.clone(),
        kind,
        until,
        note: None,
        title: String::new(),
        at: now(),
        by: "founder".to_owned(),
    };
    let decisions = [
        decided(0, DecisionKind::Snoozed, Some(now() + TimeDelta::hours(4))),
        decided(1, DecisionKind::Acknowledged, None),
    ];
    let keys = |words, now| {
        let queue = queue(&facts(words), now, &rules).settle(&decisions, now);
        let keys =
            |items: &[AttentionItem]| items.iter().map(|item| item.key.to_string()).collect::<Vec<_>>();
        (keys(&queue.items), keys(&queue.aside), queue.total())
    };
    let of = |keys: &[&str]| keys.iter().map(|key| format!("task:{key}")).collect::<Vec<_>>();
    assert_eq!(keys("no key", now()), (of(&["c", "b"]), of(&["a"]), 2), "an acknowledged item comes last");
    assert_eq!(keys("no key", now() + TimeDelta::hours(4)).0, of(&["a", "c", "b"]), "the snooze is over");
    assert_eq!(keys("no secret", now()).0, of(&["a", "c", "b"]), "another cause: it came back");
}
