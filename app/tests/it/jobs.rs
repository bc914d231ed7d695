//! What is scheduled.

use app::components::ScheduledNext;
use chrono::TimeDelta;
use domain::{id::JobId, job::Job};
use leptos::prelude::*;

use crate::fixture::{HOSTILE, check_harmless, html, now, product, text};

fn job(name: &str, minutes: i64) -> Job {
    Job {
        id: JobId::new("j1").unwrap(),
        name: name.to_owned(),
        schedule: Some("0 * * * *".to_owned()),
        product_id: Some(product("").id),
        next_run_at: Some(now() + TimeDelta::minutes(minutes)),
        last_run_at: None,
        last_status: None,
        state: None,
        enabled: None,
        last_error: None,
        last_delivery_error: None,
        inferred: Vec::new(),
    }
}

fn panel(jobs: Vec<Job>, missed: Vec<Job>) -> String {
    html(|| {
        let products = StoredValue::new(vec![product("Ledgerly")]);
        view! { <ScheduledNext jobs missed hours=24 products/> }
    })
}

#[test]
fn a_job_says_when_what_for_which_product_and_how_it_went() {
    let mut ok = job("Health sweep", 18);
    ok.last_status = Some("ok".to_owned());
    let mut failed = job("Sync payouts", 48);
    failed.last_status = Some("error".to_owned());
    failed.last_error = Some("no such table".to_owned());
    let mut lost = job("Cost report", 900);
    lost.last_status = Some("ok".to_owned());
    lost.last_delivery_error = Some("chat not found".to_owned());
    let html = panel(vec![ok, failed, lost], Vec::new());
    let text = text(&html);
    for words in [
        "17:00",
        "Health sweep",
        "Ledgerly",
        "0 * * * *",
        "in 18m",
        "last run ok",
        "last run failed",
        "last run not delivered",
        "Tue 07:42",
    ] {
        assert!(text.contains(words), "{words} is missing: {text}");
    }
    assert!(html.contains("title=\"no such table\"") && html.contains("title=\"chat not found\""), "{html}");
}

#[test]
fn what_was_missed_comes_first_the_latest_at_the_top() {
    let html = panel(vec![job("Next", 18)], vec![job("Later", -20), job("Late", -130)]);
    let text = text(&html);
    let places: Vec<_> =
        ["Late", "Later", "Next"].iter().map(|name| text.find(&format!("{name}Led"))).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}: {text}");
    assert!(text.contains("missed, was due 2h 10m ago"), "{text}");
    assert!(text.contains("1 in 24 h · 2 missed"), "{text}");
}

#[test]
fn an_unknown_last_run_claims_nothing_and_a_foreign_word_is_repeated() {
    let mut odd = job("Odd", 5);
    odd.last_status = Some("half-way".to_owned());
    let text = text(&panel(vec![job("New", 5), odd], Vec::new()));
    assert!(text.contains("last run –unknown") && text.contains("last run: half-way"), "{text}");
}

#[test]
fn many_jobs_stand_behind_a_line_and_none_is_said() {
    let html = panel((1..=9).map(|minute| job("Job", minute)).collect(), Vec::new());
    let (open, behind) = html.split_once("<details").unwrap();
    assert_eq!(
        (open.matches("class=\"job\"").count(), behind.matches("class=\"job\"").count()),
        (6, 3),
        "{html}"
    );
    assert!(text(&html).contains("3 more"), "{html}");
    assert!(text(&panel(Vec::new(), Vec::new())).contains("Nothing is scheduled in the next 24 hours"));
}

#[test]
fn hostile_text_is_only_text() {
    let mut hostile = job(HOSTILE, 5);
    hostile.schedule = Some(HOSTILE.to_owned());
    hostile.last_status = Some(HOSTILE.to_owned());
    let html = panel(vec![hostile], Vec::new());
    check_harmless(&html);
    assert!(!html.contains("\"'><"), "{html}");
}
