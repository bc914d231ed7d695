//! The mission tape.

use app::{api::overview::Away, components::MissionTape};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    facts::tape_start,
    id::TaskId,
    insight::tape::{Named, Tape, TapeBin},
};
use leptos::prelude::*;

use crate::fixture::{HARMLESS, HOSTILE, at, check_harmless, html, now, text};

fn bin(at: DateTime<Utc>) -> TapeBin {
    TapeBin {
        at,
        completed: 0,
        failed: 0,
        failures: Vec::new(),
        running: 0,
        needs: 0,
        planned: 0,
        jobs: Vec::new(),
    }
}

fn named(title: &str) -> Named {
    Named { id: TaskId::new("t1").unwrap(), title: title.to_owned() }
}

/// The fixture's time is 16:42 UTC on a Monday; the tape began at 16:50 on Sunday.
fn tape(bins: Vec<TapeBin>) -> Tape {
    Tape { start: tape_start(now()), bins }
}

fn shown(bins: Vec<TapeBin>, visit: Option<Away>) -> String {
    html(|| view! { <MissionTape tape=tape(bins) visit/> })
}

#[test]
fn a_bin_says_when_what_and_which() {
    let mut failed = bin(at("2026-05-25T04:10:00Z"));
    failed.failed = 5;
    failed.needs = 1;
    failed.failures = ["Nightly load", "Payouts", "Build"].map(named).to_vec();
    let mut planned = bin(at("2026-05-25T17:00:00Z"));
    planned.planned = 1;
    planned.jobs = vec!["Health sweep".to_owned()];
    let html = shown(vec![failed, planned], None);
    let label = "Mon 04:10 to 04:20: 5 failed, 1 needs you. Failed: Nightly load, Payouts, Build, and 2 more";
    assert!(html.contains(&format!("aria-label=\"{label}\"")), "{html}");
    assert!(
        html.contains("aria-label=\"Mon 17:00 to 17:10: 1 scheduled. Scheduled: Health sweep\""),
        "{html}"
    );
    assert!(html.contains("--c:69") && html.contains("--c:146"), "{html}");
    assert!(html.contains("href=\"/hermes/tasks?endedFrom=2026-05-25T04%3A10%3A00Z&amp;endedTo=2026-05-25T04%3A20%3A00Z&amp;sort=-completedAt\""), "{html}");
    assert!(html.contains("href=\"#jobs\""), "{html}");
    assert!(!html.contains("tabindex"), "without scripts each bin is reached by itself: {html}");
}

#[test]
fn what_ended_does_not_hide_what_runs() {
    let mut both = bin(at("2026-05-25T16:40:00Z"));
    (both.completed, both.running) = (2, 1);
    let html = shown(vec![both], None);
    assert!(html.contains("class=\"up\" style=\"--n:2;\""), "{html}");
    assert!(html.contains("class=\"rn\" style=\"--n:1;--under:2;\""), "{html}");
    assert!(html.contains("--c:144"), "the present is the last bin behind: {html}");
}

#[test]
fn the_words_count_what_happened_meanwhile() {
    let mut before = bin(at("2026-05-25T01:00:00Z"));
    before.completed = 9;
    let mut away = bin(at("2026-05-25T02:10:00Z"));
    (away.completed, away.failed, away.needs) = (26, 7, 4);
    let bins = vec![before, away];
    let visit = Away { from: at("2026-05-25T02:18:00Z"), to: at("2026-05-25T11:55:00Z") };
    let html = shown(bins.clone(), Some(visit));
    let words = "While you were away 02:18 – 11:55 26 completed 7 failed 4 need you";
    assert!(squeezed(&html).contains(&words.replace(' ', "")), "{}", text(&html));
    assert!(html.contains("--from:57;--to:116"), "{html}");
    assert!(text(&html).contains("Away 9h 37m"), "{html}");

    let unknown = squeezed(&shown(bins.clone(), None));
    assert!(unknown.contains("Last24hours35completed7failed4needyou"), "{unknown}");

    // Longer than the tape: the words claim no more than was counted.
    let long = Away { from: at("2026-05-22T09:00:00Z"), to: now() };
    let long = squeezed(&shown(bins.clone(), Some(long)));
    assert!(long.contains("Last24hoursyouwereawaysinceFri22May,09:0035completed"), "{long}");

    // Over before the tape begins.
    let old = Away { from: now() - TimeDelta::days(3), to: now() - TimeDelta::days(2) };
    let html = shown(bins, Some(old));
    assert!(!html.contains("tape-away") && squeezed(&html).contains("Last24hours35"), "{html}");
}

fn squeezed(html: &str) -> String {
    text(html).split_whitespace().collect()
}

#[test]
fn hostile_text_is_only_text() {
    let mut hostile = bin(at("2026-05-25T17:00:00Z"));
    (hostile.failed, hostile.planned) = (1, 1);
    hostile.failures = vec![named(HOSTILE)];
    hostile.jobs = vec![HOSTILE.to_owned()];
    let html = shown(vec![hostile], None);
    check_harmless(&html);
    assert_eq!(text(&html).matches(HARMLESS).count(), 2, "{html}");
    assert!(!html.contains("\"'><"), "{html}");
}

#[test]
fn an_empty_tape_and_a_bin_beyond_it_are_no_trouble() {
    let html = shown(Vec::new(), None);
    assert!(
        squeezed(&html).contains("0completed0failed0needyou") && !html.contains("class=\"bin\""),
        "{html}"
    );
    let mut beyond = bin(now() + TimeDelta::days(9));
    beyond.planned = 1;
    assert!(!shown(vec![beyond], None).contains("class=\"bin\""));
}
