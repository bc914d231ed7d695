//! The attention queue, and the next best actions.

use app::components::{FounderAttentionQueue, NextBestActions};
use chrono::TimeDelta;
use domain::{
    attention::{AttentionItem, AttentionReason, Evidence, Severity, SeverityCounts},
    decision::{Decision, DecisionKind, FOUNDER, Subject},
    id::{AgentId, ItemKey, JobId, TaskId},
    insight::{
        attention::AttentionQueue,
        best_action::{BestAction, BestActions, Points, Verb},
    },
};
use leptos::prelude::*;

use crate::fixture::{HOSTILE, check_harmless, html, now, product, text};

fn item(title: &str) -> AttentionItem {
    AttentionItem {
        key: ItemKey::new("task:t/1").unwrap(),
        cause: "blocked: No key".to_owned(),
        reason: AttentionReason::ExpiredCredential,
        reason_inferred: false,
        severity: Severity::Critical,
        title: title.to_owned(),
        subject: Subject::Task(TaskId::new("t/1").unwrap()),
        product_id: Some(product("").id),
        priority: None,
        since: now() - TimeDelta::minutes(87),
        why: None,
        consequence: None,
        evidence: Vec::new(),
        decision: None,
    }
}

fn decided(kind: DecisionKind, title: &str) -> AttentionItem {
    let item = item(title);
    let decision = Decision {
        id: 7,
        item: item.key.clone(),
        cause: item.cause.clone(),
        kind,
        until: None,
        note: None,
        title: title.to_owned(),
        at: now() - TimeDelta::minutes(4),
        by: FOUNDER.to_owned(),
    };
    AttentionItem { decision: Some(decision), ..item }
}

fn queue(items: Vec<AttentionItem>) -> AttentionQueue {
    AttentionQueue { severities: SeverityCounts::of(&items), items, aside: Vec::new(), beyond: 0 }
}

fn panel(queue: AttentionQueue) -> String {
    html(|| {
        let products = StoredValue::new(vec![product("Ledgerly")]);
        view! { <FounderAttentionQueue queue products/> }
    })
}

#[track_caller]
fn check_says(html: &str, words: &[&str]) {
    let text = text(html);
    for words in words {
        assert!(text.contains(words), "{words} is missing: {text}");
    }
}

#[test]
fn a_row_says_how_bad_what_why_of_which_product_and_since_when() {
    let mut item = item("Stripe key expired");
    item.reason_inferred = true;
    item.consequence = Some("Payouts wait".to_owned());
    let html = panel(queue(vec![item]));
    check_says(
        &html,
        &[
            "Stripe key expired",
            "Critical",
            "Expired credential (inferred)",
            "Ledgerly",
            "Payouts wait",
            "1h 27m",
        ],
    );
    assert!(html.contains("href=\"/hermes/tasks/t%2F1\""), "{html}");
    assert!(html.contains("title=\"25 May 2026, 15:15:18 UTC\""), "the exact time is there: {html}");
    assert!(html.contains("#i-sev-critical") && html.contains("id=\"attention\""), "{html}");
}

#[test]
fn what_is_told_is_not_marked_as_inferred() {
    assert!(!panel(queue(vec![item("Deploy")])).contains("(inferred)"));
}

#[test]
fn every_control_names_its_item_and_leads_back_to_the_queue() {
    let html = panel(queue(vec![item("Deploy")]));
    for label in ["Acknowledge: Deploy", "Snooze: Deploy", "Resolve: Deploy"] {
        assert!(html.contains(&format!("aria-label=\"{label}\"")), "{label}: {html}");
    }
    check_says(&html, &["Until something changes: Deploy", "How was it resolved?: Deploy"]);
    let (forms, backs) = (html.matches("<form").count(), html.matches("value=\"/hermes#attention\"").count());
    assert_eq!((forms, backs), (3, 3), "{html}");
}

#[test]
fn evidence_opens_with_links_and_times_and_a_next_run_lies_ahead() {
    let mut item = item("Nightly audit failed");
    item.why = Some("exit 1".to_owned());
    item.evidence = vec![
        Evidence {
            text: "Migrate invoices".to_owned(),
            task_id: Some(TaskId::new("t2").unwrap()),
            at: Some(now() - TimeDelta::hours(3)),
        },
        Evidence { text: "Next run".to_owned(), task_id: None, at: Some(now() + TimeDelta::hours(2)) },
    ];
    let html = panel(queue(vec![item]));
    check_says(&html, &["Why, and 2 rows", "exit 1", "Migrate invoices", "3h ago", "in 2h"]);
    assert!(html.contains("href=\"/hermes/tasks/t2\""), "{html}");
    assert!(html.contains("aria-label=\"Why, and 2 rows: Nightly audit failed\""), "{html}");
    assert!(
        !panel(queue(vec![self::item("x")])).contains("q-evidence"),
        "nothing opens where nothing is said"
    );
}

#[test]
fn what_an_item_is_about_has_its_page() {
    let subjects = [
        (Subject::Product(product("").id), "/hermes/products/p1"),
        (Subject::Agent(AgentId::new("github").unwrap()), "/hermes/agents/github"),
        (Subject::Job(JobId::new("j").unwrap()), "/hermes/agents#job-j"),
    ];
    for (subject, href) in subjects {
        let html = panel(queue(vec![AttentionItem { subject, ..item("x") }]));
        // The order of attributes is not ours.
        let leads =
            |tag: &str| tag.contains("class=\"q-title\"") && tag.contains(&format!("href=\"{href}\""));
        let tags = html.split("<a ").filter_map(|rest| rest.split('>').next());
        assert!(tags.into_iter().any(leads), "{href}: {html}");
    }
}

#[test]
fn an_acknowledged_item_says_by_whom_and_can_be_taken_back() {
    let html = panel(queue(vec![item("First"), decided(DecisionKind::Acknowledged, "Second")]));
    check_says(&html, &["Acknowledged 4m ago by founder"]);
    assert!(
        html.contains("aria-label=\"Undo: Second\"") && html.contains("name=\"id\" value=\"7\""),
        "{html}"
    );
    assert!(!html.contains("aria-label=\"Acknowledge: Second\""), "{html}");
    check_says(&html, &["Founder attention2"]);
}

#[test]
fn what_was_put_aside_is_counted_apart_with_the_way_back() {
    let mut snoozed = decided(DecisionKind::Snoozed, "Later");
    if let Some(decision) = &mut snoozed.decision {
        decision.until = Some(now() + TimeDelta::hours(1));
    }
    let mut resolved = decided(DecisionKind::Resolved, "Done");
    if let Some(decision) = &mut resolved.decision {
        decision.note = Some("Put the key in".to_owned());
    }
    let aside = vec![snoozed, decided(DecisionKind::Snoozed, "Waits"), resolved];
    let html = panel(AttentionQueue { aside, ..queue(Vec::new()) });
    let words = [
        "2 snoozed, 1 resolved",
        "Snoozed until Mon 25 May, 17:42",
        "Snoozed until something changes",
        "Resolved",
        "Put the key in",
        "4m ago by founder",
    ];
    check_says(&html, &words);
    assert_eq!(html.matches("action=\"/api/ui/undo\"").count(), 3, "{html}");
    assert!(html.contains("href=\"/hermes/audit\""), "{html}");
}

#[test]
fn nothing_is_said_aloud() {
    let html = panel(queue(Vec::new()));
    check_says(&html, &["Nothing needs you", "the worst first"]);
    assert!(!html.contains("<form") && !html.contains("<details"), "{html}");
}

#[test]
fn nine_stand_open_and_nothing_is_lost() {
    let html = panel(AttentionQueue { beyond: 12, ..queue(vec![item("Deploy"); 14]) });
    let (open, rest) = html.split_once("class=\"more\"").unwrap();
    assert_eq!(open.matches("class=\"q-item\"").count(), 9);
    assert_eq!(rest.matches("class=\"q-item\"").count(), 5);
    check_says(
        &html,
        &["Founder attention26", "5 more", "and 12 more blocked or flagged tasks in the ledger"],
    );
    assert!(html.contains("href=\"/hermes/tasks?status=blocked"), "{html}");
}

#[test]
fn what_the_page_did_not_ask_for_is_counted_and_a_link_away() {
    let all = queue(vec![item("Deploy"); 30]);
    let html = panel(AttentionQueue { items: all.items[..24].to_vec(), ..all });
    assert_eq!(html.matches("class=\"q-item\"").count(), 24);
    check_says(&html, &["Founder attention30", "21 more", "List 6 more"]);
    assert!(html.contains("href=\"/hermes?queue=all#attention-rest\""), "{html}");
    assert!(!html.contains("<details class=\"more\" open"), "{html}");
}

#[test]
fn the_whole_queue_stands_open_and_leads_back_to_itself() {
    let html = html(|| {
        let products = StoredValue::new(vec![product("Ledgerly")]);
        let queue = queue(vec![item("Deploy"); 30]);
        view! { <FounderAttentionQueue queue products whole=true/> }
    });
    let (before, rest) = html.split_once("id=\"attention-rest\"").unwrap();
    assert_eq!(before.matches("class=\"q-item\"").count(), 24);
    assert_eq!(rest.matches("class=\"q-item\"").count(), 6);
    check_says(&html, &["Founder attention30", "21 more"]);
    assert!(before.contains("<details open class=\"more\"") && !text(&html).contains("List "), "{html}");
    assert_eq!(html.matches("value=\"/hermes?queue=all#attention\"").count(), 90, "{html}");
}

#[test]
fn hostile_text_is_only_text() {
    let mut hostile = item(HOSTILE);
    hostile.why = Some(HOSTILE.to_owned());
    hostile.consequence = Some(HOSTILE.to_owned());
    hostile.evidence = vec![Evidence { text: HOSTILE.to_owned(), task_id: None, at: None }];
    check_harmless(&panel(queue(vec![hostile])));
    let mut resolved = decided(DecisionKind::Resolved, HOSTILE);
    if let Some(decision) = &mut resolved.decision {
        decision.note = Some(HOSTILE.to_owned());
        decision.by = HOSTILE.to_owned();
    }
    check_harmless(&panel(AttentionQueue { aside: vec![resolved], ..queue(Vec::new()) }));
}

fn action(title: &str) -> BestAction {
    BestAction {
        verb: Verb::Rotate,
        title: title.to_owned(),
        subject: Subject::Task(TaskId::new("t1").unwrap()),
        product_id: Some(product("").id),
        because: Some("Payouts wait".to_owned()),
        since: now() - TimeDelta::hours(30),
        points: 47,
        parts: Points { severity: 30.0, priority: 12.0, waiting: 2.0, age: 2.5 },
    }
}

fn actions(actions: BestActions) -> String {
    html(|| {
        let products = StoredValue::new(vec![product("Ledgerly")]);
        view! { <NextBestActions actions products/> }
    })
}

#[test]
fn an_action_says_what_to_do_why_and_how_its_points_add_up() {
    let html = actions(BestActions { automatic: Vec::new(), founder: vec![action("Stripe key")] });
    let words = [
        "Rotate key Stripe key",
        "Ledgerly",
        "Payouts wait",
        "47 points",
        "30 severity + 12 priority + 2 waiting tasks + 2.5 age = 46.5, rounded to 47",
        "Nothing to retry, resume, check, run again or start",
        "Hermes cannot be told from here yet",
    ];
    check_says(&html, &words);
    assert!(html.contains("href=\"/hermes/tasks/t1\""), "{html}");
    assert!(!html.contains("<button"), "nothing is offered that is not built: {html}");
}

#[test]
fn five_of_each_class_stand_open() {
    let html = actions(BestActions { automatic: vec![action("a"); 7], founder: vec![action("b"); 5] });
    check_says(&html, &["2 more", "Hermes can do automatically7", "Needs founder decision5"]);
    assert_eq!(html.matches("class=\"more\"").count(), 1, "{html}");
}

#[test]
fn a_hostile_action_is_only_text() {
    let hostile = BestAction { because: Some(HOSTILE.to_owned()), ..action(HOSTILE) };
    check_harmless(&actions(BestActions { automatic: vec![hostile], founder: Vec::new() }));
}
