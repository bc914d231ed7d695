//! Laws of the scores, over random products.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    facts::{DayEnds, ProductTasks, StatusCounts, day},
    id::ProductId,
    insight::{
        health::{HealthBasis, health},
        momentum::momentum,
    },
    product::{Product, ProductRecord, ProductStatus},
    settings::Rules,
    task::{Percent, Priority, TaskStatus},
};
use proptest::prelude::*;

fn now() -> DateTime<Utc> {
    "2026-11-20T09:17:31Z".parse().unwrap()
}

/// What rounding of the arithmetic may make of equal scores.
const NOISE: f64 = 1e-9;

/// A product whose last activity lies up to forty days back, with up to forty days of ended tasks.
fn any_product() -> impl Strategy<Value = (Product, ProductTasks)> {
    let days = prop::collection::btree_map(0..40_i64, (0..9_u64, 0..9_u64), 0..20);
    (days, 0..6_u64, 0..6_u64, 0..4_usize, 0..40_i64 * 24 * 60).prop_map(
        |(days, running, blocked, priority, idle)| {
            let id = ProductId::new("p").unwrap();
            let mut record = ProductRecord::placeholder(id.clone(), now() - TimeDelta::days(90));
            record.priority = Some(Priority::ALL[priority]);
            record.last_hermes_activity_at = Some(now() - TimeDelta::minutes(idle));
            let mut counts = StatusCounts::default();
            *counts.get_mut(TaskStatus::Running) = running;
            *counts.get_mut(TaskStatus::Blocked) = blocked;
            let ends = |(back, (completed, failed))| {
                (day(now() - TimeDelta::days(back)), DayEnds { completed, failed })
            };
            let days = days.into_iter().rev().map(ends).collect();
            (record.view(None), ProductTasks { id, counts, days })
        },
    )
}

/// The scores before they are rounded: health, where it is computed, and momentum.
fn scores(product: &Product, tasks: &ProductTasks, now: DateTime<Utc>) -> (Option<f64>, f64) {
    let rules = Rules::default();
    let health = health(product, Some(tasks), now, &rules).parts.map(|parts| parts.total());
    let momentum = momentum(product, Some(tasks), now, &rules).parts.map(|parts| parts.total());
    (health, momentum.unwrap())
}

/// The same with one more task of today.
fn with(tasks: &ProductTasks, change: impl FnOnce(&mut DayEnds)) -> ProductTasks {
    let mut tasks = tasks.clone();
    let today = day(now());
    if tasks.days.last().is_none_or(|(day, _)| *day != today) {
        tasks.days.push((today, DayEnds::default()));
    }
    change(&mut tasks.days.last_mut().unwrap().1);
    tasks
}

proptest! {
    #[test]
    fn scores_stay_between_0_and_100((product, tasks) in any_product()) {
        let (health, momentum) = scores(&product, &tasks, now());
        prop_assert!((0.0..=100.0).contains(&momentum));
        prop_assert!(health.is_none_or(|health| (0.0..=100.0).contains(&health)));
    }

    #[test]
    fn a_completed_task_never_lowers_and_a_failed_one_never_raises((product, tasks) in any_product()) {
        let (health, momentum) = scores(&product, &tasks, now());
        let (better, more) = scores(&product, &with(&tasks, |ends| ends.completed += 1), now());
        let (worse, less) = scores(&product, &with(&tasks, |ends| ends.failed += 1), now());
        prop_assert!(more >= momentum - NOISE && less <= momentum + NOISE);
        if let Some(health) = health {
            prop_assert!(better.is_some_and(|better| better >= health - NOISE));
            prop_assert!(worse.is_some_and(|worse| worse <= health + NOISE));
        }
    }

    #[test]
    fn a_blocked_task_never_raises_health((product, tasks) in any_product()) {
        let mut more = tasks.clone();
        *more.counts.get_mut(TaskStatus::Blocked) += 1;
        let (health, blocked) = (scores(&product, &tasks, now()).0, scores(&product, &more, now()).0);
        prop_assert!(blocked <= health.map(|health| health + NOISE));
    }

    #[test]
    fn silence_never_raises((product, tasks) in any_product(), hours in 0..48_i64) {
        let mut silent = product.clone();
        silent.last_hermes_activity_at = product.last_hermes_activity_at.map(|at| at - TimeDelta::hours(hours));
        let ((health, momentum), (less, slower)) =
            (scores(&product, &tasks, now()), scores(&silent, &tasks, now()));
        prop_assert!(slower <= momentum + NOISE);
        prop_assert!(less <= health.map(|health| health + NOISE));
    }

    #[test]
    fn a_second_passing_makes_no_jump((product, tasks) in any_product(), after in 0..90_i64 * 24 * 60) {
        let then = now() + TimeDelta::minutes(after);
        let (before, behind) = (scores(&product, &tasks, then), scores(&product, &tasks, then + TimeDelta::seconds(1)));
        prop_assert!((before.1 - behind.1).abs() < 0.05);
        if let (Some(before), Some(behind)) = (before.0, behind.0) {
            prop_assert!((before - behind).abs() < 0.05, "{before} {behind}");
        }
    }
}

#[test]
fn what_cannot_be_told_is_unknown() {
    let rules = Rules::default();
    let id = ProductId::new("p").unwrap();
    let mut record = ProductRecord::placeholder(id.clone(), now());
    let view = |record: &ProductRecord| record.clone().view(None);
    let nothing = health(&view(&record), None, now(), &rules);
    assert_eq!((nothing.score, nothing.basis), (None, HealthBasis::Unknown));
    assert_eq!(momentum(&view(&record), None, now(), &rules).score, None);
    record.health_score = Percent::new(71.4);
    let told = health(&view(&record), None, now(), &rules);
    assert_eq!((told.score, told.basis), (Some(71), HealthBasis::Told));
    record.status = Some(ProductStatus::Paused);
    let days = vec![(day(now()), DayEnds { completed: 3, failed: 0 })];
    let tasks = ProductTasks { id, counts: StatusCounts::default(), days };
    let off = health(&view(&record), Some(&tasks), now(), &rules);
    assert_eq!((off.score, off.basis), (None, HealthBasis::Off), "nothing is expected of a paused product");
}
