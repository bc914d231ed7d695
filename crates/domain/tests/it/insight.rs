//! The overview's figures, by hand.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    agent::Rate,
    attention::AttentionReason,
    facts::{Ended, Facts, bucket},
    id::{JobId, ProductId, Seq, TaskId},
    insight::{
        attention::queue,
        overview::{overview, spans},
    },
    job::{Job, JobRecord},
    overview::{HermesStatus, NextKind, OverviewAnswer, StatusReason},
    settings::Rules,
    task::{Percent, Priority, Task, TaskRecord, TaskStatus},
    zone::Calendar,
};

fn now() -> DateTime<Utc> {
    "2026-11-20T09:00:00Z".parse().unwrap()
}

fn calendar() -> Calendar {
    let today = "2026-11-20T00:00:00Z".parse::<DateTime<Utc>>().unwrap();
    let days = (0..14).rev().map(|back| today - TimeDelta::days(back)).collect();
    Calendar { days, week: "2026-11-16T00:00:00Z".parse().unwrap() }
}

fn empty() -> Facts {
    Facts { seq: Seq(1), ..Facts::default() }
}

fn task(id: &str, status: TaskStatus, silent: TimeDelta) -> Task {
    let mut record = TaskRecord::placeholder(TaskId::new(id).unwrap(), now() - silent);
    record.status = Some(status);
    record.into()
}

fn ended(at: &str, completed: u64, failed: u64, minutes: u64) -> (DateTime<Utc>, Ended) {
    let duration_ms = completed * minutes * 60_000;
    (bucket(at.parse().unwrap()), Ended { completed, failed, dropped: 0, duration_ms, timed: completed })
}

fn answer(facts: &Facts) -> OverviewAnswer {
    let rules = Rules::default();
    overview(facts, &queue(facts, now(), &rules), calendar(), now(), &rules)
}

#[test]
fn nothing_heard_is_unknown_and_never_zero_percent() {
    let answer = answer(&empty());
    assert_eq!((answer.overview.status, answer.status_reason), (None, StatusReason::Silent));
    assert_eq!((answer.overview.success_rate, answer.overview.average_duration_ms), (None, None));
    assert!(answer.next_action.is_none() && answer.last_action.is_none());
}

#[test]
fn spans_count_what_they_say() {
    let mut facts = empty();
    *facts.counts.get_mut(TaskStatus::Completed) = 10;
    facts.ended = vec![
        ended("2026-10-20T12:00:00Z", 100, 0, 1), // older than 30 days
        ended("2026-10-25T12:00:00Z", 3, 1, 2),
        ended("2026-11-15T23:45:00Z", 2, 0, 4), // Sunday
        ended("2026-11-16T00:00:00Z", 1, 0, 4), // Monday
        ended("2026-11-19T08:30:00Z", 4, 0, 4), // yesterday, before 9:00
        ended("2026-11-19T09:00:00Z", 8, 0, 4), // yesterday, from 9:00 on
        ended("2026-11-20T08:45:00Z", 2, 1, 4), // today
    ];
    let answer = answer(&facts);
    let figures = &answer.overview;
    assert_eq!((figures.completed_today, figures.completed_this_week), (2, 15));
    assert_eq!(figures.failed_tasks, 2);
    assert_eq!(figures.success_rate.map(Rate::get), Some(20.0 / 22.0));
    assert_eq!(figures.average_duration_ms, Some((3 * 2 + 17 * 4) * 60_000 / 20));
    assert_eq!(answer.completed_yesterday_by_now, 4);
    assert_eq!(answer.completed_by_day[8..], [2, 1, 0, 0, 12, 2][..], "Sunday to today");
}

#[test]
fn running_needs_fresh_evidence() {
    let mut facts = empty();
    *facts.counts.get_mut(TaskStatus::Running) = 2;
    facts.running = vec![task("a", TaskStatus::Running, TimeDelta::minutes(30))];
    assert_eq!(answer(&facts).overview.status, Some(HermesStatus::Running));
    facts.running.push(task("b", TaskStatus::Running, TimeDelta::minutes(31)));
    facts.stuck_total = 1;
    let answer = answer(&facts);
    assert_eq!(answer.overview.status, Some(HermesStatus::Degraded));
    assert_eq!((answer.status_reason, answer.quiet_tasks), (StatusReason::Quiet { count: 1 }, 1));
}

#[test]
fn failing_altogether_is_an_error() {
    let mut facts = empty();
    *facts.counts.get_mut(TaskStatus::Failed) = 5;
    facts.ended = vec![ended("2026-11-20T01:00:00Z", 0, 5, 0)];
    assert_eq!(answer(&facts).overview.status, Some(HermesStatus::Error));
    facts.ended.push(ended("2026-11-20T02:00:00Z", 1, 0, 0));
    assert_eq!(answer(&facts).overview.status, Some(HermesStatus::Idle));
}

#[test]
fn attention_counts_what_the_queue_lists_and_what_is_beyond_it() {
    let mut facts = empty();
    *facts.counts.get_mut(TaskStatus::Blocked) = 3;
    facts.blocked = vec![task("b", TaskStatus::Blocked, TimeDelta::hours(1))];
    facts.flagged_total = 4;
    let product = |name| ProductId::new(name).unwrap();
    facts.recent_failures = vec![(product("a"), 3), (product("b"), 2), (ProductId::unassigned(), 9)];
    facts.jobs = vec![job("failed", |job| job.last_status = Some("error".to_owned()))];
    let answer = answer(&facts);
    assert_eq!(answer.attention.total(), 3, "the blocked task, the product that keeps failing, the job");
    assert_eq!(answer.overview.founder_attention_count, 3 + 2 + 4);
}

fn job(id: &str, told: impl Fn(&mut JobRecord)) -> Job {
    let mut record = JobRecord::placeholder(JobId::new(id).unwrap(), now());
    told(&mut record);
    record.into()
}

#[test]
fn jobs_that_failed_or_are_late_need_the_founder_unless_they_are_off() {
    let due =
        |minutes| move |job: &mut JobRecord| job.next_run_at = Some(now() + TimeDelta::minutes(minutes));
    let state = |state: &'static str, minutes| {
        move |job: &mut JobRecord| {
            due(minutes)(job);
            job.state = Some(state.to_owned());
        }
    };
    let off = |minutes| {
        move |job: &mut JobRecord| {
            due(minutes)(job);
            (job.enabled, job.last_status) = (Some(false), Some("failed".to_owned()));
        }
    };
    let mut facts = empty();
    facts.jobs = vec![
        job("a little late", due(-15)),
        job("late", due(-16)),
        job("late and scheduled", state("scheduled", -16)),
        job("paused", state("paused", -16)),
        job("done", state("completed", -16)),
        job("off", off(-16)),
        job("failed", |job| (job.enabled, job.last_status) = (Some(true), Some("failed".to_owned()))),
        job("soon", due(15)),
        job("soon, but paused", state("paused", 15)),
        job("soon, but off", off(15)),
        job("next week", due(8 * 24 * 60)),
    ];
    let items = queue(&facts, now(), &Rules::default()).items;
    let keys: Vec<_> = items.iter().map(|item| item.key.as_str()).collect();
    assert_eq!(keys, ["job:failed:failed-job", "job:late and scheduled:missed-job", "job:late:missed-job"]);
    let answer = answer(&facts);
    let soon: Vec<_> = answer.upcoming_jobs.iter().map(|job| job.id.as_str()).collect();
    assert_eq!(soon, ["soon"]);
}

#[test]
fn readers_see_the_jobs_that_their_source_still_has() {
    let record = |id: &str, removed| {
        let mut record = JobRecord::placeholder(JobId::new(id).unwrap(), now());
        record.removed = removed;
        record
    };
    let jobs = Job::list([record("c", None), record("b", Some(true)), record("a", Some(false))]);
    assert_eq!(jobs.iter().map(|job| job.id.as_str()).collect::<Vec<_>>(), ["a", "c"]);
}

#[test]
fn a_task_is_flagged_while_its_source_gives_a_reason_and_its_status_gives_none() {
    let mut record = TaskRecord::placeholder(TaskId::new("t").unwrap(), now());
    assert!(!record.is_flagged());
    record.attention = Some(Vec::new());
    assert!(!record.is_flagged(), "the reasons are gone");
    record.attention = Some(vec![AttentionReason::DeadSession]);
    assert!(record.is_flagged());
    record.status = Some(TaskStatus::Blocked);
    assert!(!record.is_flagged(), "it counts as blocked already");
}

#[test]
fn a_product_of_tasks_without_product_is_not_counted() {
    let mut facts = empty();
    let product = |name| ProductId::new(name).unwrap();
    facts.product_activity = vec![
        (product("old"), now() - TimeDelta::days(8)),
        (product("new"), now() - TimeDelta::days(6)),
        (ProductId::unassigned(), now()),
    ];
    assert_eq!(answer(&facts).overview.products_touched_recently, 1);
}

#[test]
fn the_next_action_is_the_first_rung_that_exists() {
    let mut facts = empty();
    let with = |mut task: Task, priority| {
        task.priority = Some(priority);
        task
    };
    facts.queued = vec![with(task("q", TaskStatus::Queued, TimeDelta::days(1)), Priority::P0)];
    assert_eq!(answer(&facts).next_action.map(|next| next.kind), Some(NextKind::Continue));
    facts.stuck = vec![task("r", TaskStatus::Running, TimeDelta::hours(2))];
    assert_eq!(answer(&facts).next_action.map(|next| next.kind), Some(NextKind::Check));
    facts.failed = vec![
        with(task("f2", TaskStatus::Failed, TimeDelta::hours(2)), Priority::P2),
        with(task("f1", TaskStatus::Failed, TimeDelta::hours(2)), Priority::P1),
        with(task("f0", TaskStatus::Failed, TimeDelta::days(8)), Priority::P0),
    ];
    let next = answer(&facts).next_action.unwrap();
    assert_eq!((next.kind, next.task_id.as_str()), (NextKind::Investigate, "f1"));
    facts.blocked = vec![
        with(task("b1", TaskStatus::Blocked, TimeDelta::days(3)), Priority::P1),
        with(task("b0", TaskStatus::Blocked, TimeDelta::days(1)), Priority::P0),
    ];
    let next = answer(&facts).next_action.unwrap();
    assert_eq!((next.kind, next.task_id.as_str()), (NextKind::Unblock, "b0"));
}

#[test]
fn what_is_left_is_estimated_from_progress_and_time() {
    let mut facts = empty();
    let mut mission = task("m", TaskStatus::Running, TimeDelta::minutes(10));
    mission.started_at = Some(now() - TimeDelta::minutes(40));
    for (percent, left) in [(75.0, Some(10)), (4.0, None), (100.0, None)] {
        mission.progress_percent = Percent::new(percent);
        facts.running = vec![mission.clone()];
        let remaining = answer(&facts).missions[0].remaining_ms;
        assert_eq!(remaining, left.map(|minutes: u64| minutes * 60_000), "{percent} %");
    }
    mission.progress_percent = Percent::new(75.0);
    mission.last_activity_at = now() - TimeDelta::minutes(31);
    facts.running = vec![mission];
    assert_eq!(answer(&facts).missions[0].remaining_ms, None, "of a quiet task nobody can tell");
}

#[test]
fn facts_reach_as_far_back_as_the_figures_look() {
    let spans = spans(now(), &Rules::default(), &calendar());
    assert_eq!(spans.since.to_rfc3339(), "2026-10-21T09:00:00+00:00");
    assert_eq!(spans.recent.to_rfc3339(), "2026-11-13T09:00:00+00:00");
    assert_eq!((now() - spans.quiet, spans.until), (TimeDelta::minutes(30), now()));
}
