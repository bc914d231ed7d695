//! Decisions: the forms, what came of them, and the log.

use app::components::{
    AuditLog,
    decide::{AcknowledgeButton, Item, RefusedNotice, ResolveForm, SnoozeMenu, UndoNotice},
};
use chrono::TimeDelta;
use domain::{
    decision::{AuditAction, AuditEntry, FOUNDER, Subject},
    id::{ItemKey, TaskId},
    query::Page,
};
use leptos::prelude::*;

use crate::fixture::{HOSTILE, check_harmless, html, now, text};

fn item(title: &str) -> Item {
    Item {
        key: ItemKey::new("task:t_1").unwrap(),
        cause: "No \"key\" & no <way>".to_owned(),
        title: title.to_owned(),
        subject: Some(Subject::Task(TaskId::new("t_1").unwrap())),
    }
}

fn entry(action: AuditAction) -> AuditEntry {
    AuditEntry {
        id: 7,
        at: now() - TimeDelta::minutes(4),
        by: FOUNDER.to_owned(),
        action,
        item: ItemKey::new("task:t_1").unwrap(),
        title: "Deploy the site".to_owned(),
        cause: "No key".to_owned(),
        subject: Some(Subject::Task(TaskId::new("t_1").unwrap())),
        until: None,
        note: None,
        undoes: None,
        undone_at: None,
        undone_by: None,
        ended_at: None,
        in_force: true,
    }
}

fn log(entries: Vec<AuditEntry>) -> String {
    let total = entries.len() as u64;
    html(|| view! { <AuditLog entries=Page { items: entries, total, page: 1, per_page: 25 }/> })
}

#[track_caller]
fn check_says(html: &str, words: &[&str]) {
    let text = text(html);
    for words in words {
        assert!(text.contains(words), "{words} is missing: {text}");
    }
}

#[test]
fn a_form_says_all_that_a_decision_needs_without_scripts() {
    let html = html(|| view! { <AcknowledgeButton item=item("Deploy") back="/hermes#attention"/> });
    let parts = [
        "action=\"/api/ui/decide\"",
        "method=\"post\"",
        "name=\"item\" value=\"task:t_1\"",
        "value=\"No &quot;key&quot; &amp; no &lt;way&gt;\"",
        "name=\"subject\" value=\"task:t_1\"",
        "name=\"back\" value=\"/hermes#attention\"",
        "name=\"what\" value=\"acknowledged\"",
    ];
    for part in parts {
        assert!(html.contains(part), "{part} is missing: {html}");
    }
}

#[test]
fn a_snooze_offers_its_times_as_buttons() {
    let html = html(|| view! { <SnoozeMenu item=item("Deploy") back="/hermes"/> });
    assert!(html.contains("<details") && html.contains("<summary"), "{html}");
    for choice in ["1h", "4h", "tomorrow", "monday", "change"] {
        assert!(html.contains(&format!("name=\"what\" value=\"{choice}\"")), "{choice}: {html}");
    }
    check_says(&html, &["For 1 hour17:42", "Until something changes"]);
}

#[test]
fn a_resolution_asks_how() {
    let html = html(|| view! { <ResolveForm item=item("Deploy") back="/hermes"/> });
    assert!(
        html.contains("name=\"note\"") && html.contains("maxlength=\"500\"") && html.contains(" required"),
        "{html}"
    );
}

#[test]
fn what_was_decided_is_told_with_the_way_back() {
    let snooze = AuditEntry { until: Some(now() + TimeDelta::hours(1)), ..entry(AuditAction::Snoozed) };
    let html_of =
        |entry: AuditEntry, can_undo| html(|| view! { <UndoNotice entry can_undo back="/hermes"/> });
    let snoozed = html_of(snooze, true);
    check_says(&snoozed, &["Snoozed Deploy the site, until Mon 25 May, 17:42"]);
    assert!(
        snoozed.contains("action=\"/api/ui/undo\"") && snoozed.contains("name=\"id\" value=\"7\""),
        "{snoozed}"
    );
    let undone = html_of(entry(AuditAction::Undone), false);
    check_says(&undone, &["Undone Deploy the site"]);
    assert!(!undone.contains("<form"), "{undone}");
}

#[test]
fn why_a_form_was_refused_is_told_in_our_words_only() {
    let html_of = |why: &'static str| html(|| view! { <RefusedNotice why/> });
    check_says(&html_of("note"), &["1 to 500 characters", "Nothing was changed"]);
    check_says(&html_of("stale"), &["not in force any more"]);
    let unknown = html_of("<b>call this number</b>");
    assert!(!unknown.contains("call this number"), "{unknown}");
    assert!(unknown.contains("role=\"alert\""), "{unknown}");
}

#[test]
fn an_empty_log_says_what_will_stand_in_it() {
    check_says(&log(Vec::new()), &["Nothing was decided yet", "Nothing is ever deleted"]);
    let beyond =
        html(|| view! { <AuditLog entries=Page { items: Vec::new(), total: 30, page: 9, per_page: 25 }/> });
    check_says(&beyond, &["There is no such page", "2 pages"]);
}

#[test]
fn a_row_says_who_what_when_and_what_became_of_it() {
    let ago = |minutes| Some(now() - TimeDelta::minutes(minutes));
    let snooze = AuditEntry { until: Some(now() + TimeDelta::hours(1)), ..entry(AuditAction::Snoozed) };
    let over = AuditEntry { until: ago(1), ..entry(AuditAction::Snoozed) };
    let resolved = AuditEntry { note: Some("Put the key in".to_owned()), ..entry(AuditAction::Resolved) };
    let past = |entry| AuditEntry { in_force: false, ..entry };
    let undone = AuditEntry { undone_at: ago(2), undone_by: Some("laptop".to_owned()), ..resolved.clone() };
    let ended = AuditEntry { ended_at: ago(3), ..entry(AuditAction::Acknowledged) };
    let undoing = AuditEntry { undoes: Some(5), ..entry(AuditAction::Undone) };
    for (entry, words, undo) in [
        (snooze, &["Snoozed", "until Mon 25 May, 17:42", "4m ago by founder", "task:t_1"][..], true),
        (entry(AuditAction::Snoozed), &["until something changes"], true),
        (over, &["the time is over"], false),
        (resolved, &["Resolved", "Put the key in"], true),
        (past(undone), &["undone 2m ago by laptop"], false),
        (past(ended), &["ended 3m ago: what it is about changed"], false),
        (past(entry(AuditAction::Acknowledged)), &["a later decision took its place"], false),
        (past(undoing), &["Undone", "took back no. 5"], false),
    ] {
        let html = log(vec![entry]);
        check_says(&html, words);
        assert_eq!(html.contains("name=\"id\" value=\"7\""), undo, "{words:?}: {html}");
        assert!(html.contains("href=\"/hermes/tasks/t_1\""), "{html}");
        assert!(html.contains("title=\"25 May 2026, 16:38:18 UTC\""), "the exact time is there: {html}");
    }
}

#[test]
fn pages_are_links() {
    let page = |page| {
        let entries = Page { items: vec![entry(AuditAction::Snoozed)], total: 60, page, per_page: 25 };
        html(|| view! { <AuditLog entries/> })
    };
    let first = page(1);
    assert!(first.contains("href=\"/hermes/audit?page=2\"") && !first.contains("Newer"), "{first}");
    let last = page(3);
    assert!(last.contains("href=\"/hermes/audit?page=2\"") && !last.contains("Older"), "{last}");
    assert!(
        page(2).contains("name=\"back\" value=\"/hermes/audit?page=2\""),
        "undoing leads back to the page"
    );
}

#[test]
fn hostile_text_stays_text() {
    let hostile = || AuditEntry {
        title: HOSTILE.to_owned(),
        note: Some(HOSTILE.to_owned()),
        by: HOSTILE.to_owned(),
        ..entry(AuditAction::Resolved)
    };
    check_harmless(&log(vec![hostile()]));
    check_harmless(&html(|| view! { <UndoNotice entry=hostile() can_undo=true back="/hermes"/> }));
    let forms = html(|| view! { <ResolveForm item=item(HOSTILE) back="/hermes"/> });
    assert!(!forms.contains("<script") && !forms.contains("<img"), "{forms}");
}
