use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, TimeDelta, Timelike, Weekday};
use domain::{
    id::ProductId,
    patch::Patch,
    task::{TaskRecord, TaskStatus},
    telemetry::Body,
};
use seed::Plan;

use crate::{World, now};

fn world() -> World {
    World::of(&Plan::new(1, now(), 2000))
}

#[test]
fn hermes_is_at_work_and_things_wait() {
    let world = world();
    let of =
        |status| world.tasks.values().filter(move |task| task.status == Some(status)).collect::<Vec<_>>();
    let running = of(TaskStatus::Running);
    assert!((6..=15).contains(&running.len()), "{}", running.len());
    for task in &running {
        assert!(task.current_step.is_some() && task.next_action.is_some(), "{task:?}");
        assert!((1.0..100.0).contains(&task.progress_percent.unwrap().get()), "{task:?}");
    }
    let quiet = running.iter().filter(|task| now() - task.last_seen_at > TimeDelta::minutes(30)).count();
    assert_eq!(quiet, 2);
    assert!((4..=20).contains(&of(TaskStatus::Queued).len()));
    assert!((4..=12).contains(&of(TaskStatus::Blocked).len()));
}

#[test]
fn some_products_are_left_alone_and_one_fails_again_and_again() {
    let world = world();
    let mut latest: BTreeMap<&ProductId, _> = BTreeMap::new();
    let mut failures: BTreeMap<&ProductId, usize> = BTreeMap::new();
    for task in world.tasks.values() {
        let product = task.product_id.as_ref().unwrap();
        let seen = latest.entry(product).or_insert(task.last_seen_at);
        *seen = task.last_seen_at.max(*seen);
        let lately = now() - task.last_seen_at < TimeDelta::days(7);
        *failures.entry(product).or_default() +=
            usize::from(lately && task.status == Some(TaskStatus::Failed));
    }
    let left = latest.values().filter(|at| now() - **at >= TimeDelta::days(14)).count();
    assert!((5..=9).contains(&left), "{left}");
    let often: Vec<&str> =
        failures.iter().filter(|(_, count)| **count >= 3).map(|(id, _)| id.as_str()).collect();
    assert!(often.contains(&"stockroom") && often.len() <= 3, "{often:?}");
}

#[test]
fn every_product_has_its_own_list_of_titles() {
    let world = world();
    let mut lists: BTreeMap<&ProductId, BTreeSet<&str>> = BTreeMap::new();
    for task in world.tasks.values() {
        let titles = lists.entry(task.product_id.as_ref().unwrap()).or_default();
        titles.insert(task.title.as_deref().unwrap());
    }
    let different: BTreeSet<&BTreeSet<&str>> = lists.values().collect();
    assert_eq!(different.len(), lists.len());
    let titles: BTreeSet<&str> = lists.into_values().flatten().collect();
    assert!(titles.len() > 1200, "{}", titles.len());
}

#[test]
fn work_follows_the_day_and_the_week() {
    let world = world();
    let created = |task: &TaskRecord| task.created_at.unwrap();
    let by_day = world.tasks.values().filter(|task| (8..20).contains(&created(task).hour())).count();
    assert!(by_day * 10 > world.tasks.len() * 6, "{by_day}");
    let weekend = |task: &&TaskRecord| matches!(created(task).weekday(), Weekday::Sat | Weekday::Sun);
    let weekend = world.tasks.values().filter(weekend).count();
    assert!(weekend * 5 < world.tasks.len(), "{weekend}");
}

#[test]
fn tasks_have_about_eight_events_and_most_go_well() {
    let world = world();
    let mean = world.events.len() * 10 / world.tasks.len();
    assert!((65..=95).contains(&mean), "{mean} tenths");
    let ended = |status| world.tasks.values().filter(|task| task.status == Some(status)).count();
    let (done, failed) = (ended(TaskStatus::Completed), ended(TaskStatus::Failed));
    assert!(done > failed * 6 && failed > 60, "{done} done, {failed} failed");
    let recovered =
        |task: &&TaskRecord| task.status == Some(TaskStatus::Completed) && task.retry_count > Some(0);
    assert!(world.tasks.values().filter(recovered).count() > 50);
}

#[test]
fn jobs_wait_failed_or_were_missed() {
    let world = world();
    let jobs: Vec<_> = world
        .lines
        .iter()
        .filter_map(|line| match &line.body {
            Body::Job(_, patch) => Some(patch),
            _ => None,
        })
        .collect();
    assert!((18..=24).contains(&jobs.len()), "{}", jobs.len());
    let told = |word: &Patch<String>, wanted: &str| word.value().is_some_and(|word| word == wanted);
    assert_eq!(jobs.iter().filter(|job| told(&job.last_status, "failed")).count(), 1);
    assert_eq!(jobs.iter().filter(|job| told(&job.state, "paused")).count(), 1);
    assert_eq!(jobs.iter().filter(|job| job.next_run_at.value().is_some_and(|at| *at < now())).count(), 1);
}

#[test]
fn nothing_in_it_looks_like_a_secret() {
    let text = String::from_utf8(crate::bytes(&Plan::new(1, now(), 400))).unwrap();
    for line in text.lines() {
        assert_eq!(ingest::redact::redact(line), line);
    }
}
