//! The table of tasks: what is known, what is not, and what a row leads to.

use std::sync::Arc;

use app::{
    api::tasks::{Answered, Excerpt, Happening, Row, TasksPage},
    components::{TaskLedger, task_ledger::Listed},
    ledger::Address,
};
use chrono::TimeDelta;
use domain::{
    event::EventLevel,
    id::{AgentId, TaskId},
    query::Page,
    task::{Priority, TaskSource, TaskStatus, TaskType},
    zone::Zone,
};
use leptos::prelude::*;

use crate::fixture::{HOSTILE, check_harmless, html, mission, now, product, text};

/// A task of which only the title is known.
fn bare(title: &str) -> Row {
    Row::from(mission(title).task)
}

fn known() -> Row {
    Row {
        product_id: product("").id,
        status: TaskStatus::Completed,
        priority: Some(Priority::P1),
        task_type: Some(TaskType::Bugfix),
        source: Some(TaskSource::Github),
        agent: AgentId::new("deployer").ok(),
        created_at: now() - TimeDelta::hours(3),
        started_at: Some(now() - TimeDelta::hours(2)),
        completed_at: Some(now() - TimeDelta::minutes(4)),
        duration_ms: Some(912_000),
        retry_count: Some(0),
        last_action: Some("Rolled back".to_owned()),
        next_action: Some("Try again".to_owned()),
        ..bare("Deploy v3.8.1")
    }
}

fn shown(rows: Vec<Row>, search: &str, excerpt: Option<Excerpt>) -> String {
    let total = rows.len() as u64;
    paged(Page { items: rows, total, page: 1, per_page: 50 }, total, search, excerpt)
}

fn paged(rows: Page<Row>, all: u64, search: &str, excerpt: Option<Excerpt>) -> String {
    let parameter = |name: &str| {
        search.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=').map(str::to_owned))
    };
    let open = parameter("open").map(|id| id.replace("%2F", "/"));
    let address = Address::read(search, parameter("cols").as_deref(), open.as_deref()).unwrap();
    let page = TasksPage {
        rows,
        all,
        took_ms: 1,
        answered: Answered::Server,
        facets: Vec::new(),
        products: vec![product("Ledgerly")],
        presets: Vec::new(),
        views: Vec::new(),
        single_keys: true,
        now: now(),
        zone: Zone::utc(),
    };
    html(|| {
        let listed = Listed { page: Arc::new(page), stands: address.clone() };
        let (listed, address) = (Signal::stored(listed), Signal::stored(address));
        view! { <TaskLedger listed address excerpt=Signal::stored(excerpt)/> }
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
fn a_row_shows_what_is_known_in_fourteen_columns() {
    let html = shown(vec![known()], "", None);
    assert_eq!(html.matches("role=\"columnheader\"").count(), 14);
    assert_eq!(html.matches("role=\"cell\"").count() + html.matches("role=\"rowheader\"").count(), 14);
    check_says(
        &html,
        &[
            "Ledgerly",
            "Completed",
            "P1",
            "Bug fix",
            "GitHub",
            "deployer",
            "15m 12s",
            "Rolled back",
            "Try again",
        ],
    );
    assert!(
        html.contains("href=\"/hermes/tasks/t%2F1\"") && html.contains("href=\"/hermes/products/ledgerly\""),
        "{html}"
    );
    assert!(html.contains("title=\"25 May 2026, 13:42:18 UTC\""), "the exact time is there: {html}");
    check_says(&html, &["1 – 1 of 1", "Tasks, by created, descending"]);
}

#[test]
fn what_is_not_known_is_said_to_be_unknown() {
    let row = Row { status: TaskStatus::Queued, ..bare("Something") };
    let html = shown(vec![row], "", None);
    // Priority, type, source, agent, started, completed, duration, retries, last and next action.
    assert_eq!(html.matches("title=\"unknown\"").count(), 10, "{html}");
    check_says(&html, &["No product"]);
}

#[test]
fn what_is_at_work_tells_how_long_so_far() {
    let row = Row { started_at: Some(now() - TimeDelta::minutes(8)), ..bare("Build") };
    check_says(&shown(vec![row], "", None), &["for 8m"]);
}

#[test]
fn what_was_inferred_is_marked() {
    let row = Row { inferred: vec!["priority".to_owned()], ..known() };
    let html = shown(vec![row], "", None);
    assert_eq!(html.matches("class=\"inferred\"").count(), 1, "{html}");
}

#[test]
fn hostile_text_stays_text() {
    let row = Row {
        title: HOSTILE.to_owned(),
        agent: AgentId::new("<b>").ok(),
        last_action: Some(HOSTILE.to_owned()),
        next_action: Some(HOSTILE.to_owned()),
        ..bare("")
    };
    let excerpt = Excerpt {
        error: Some(HOSTILE.to_owned()),
        events: vec![Happening { at: now(), level: EventLevel::Error, message: HOSTILE.to_owned() }],
        total_events: 1,
        branch: Some(HOSTILE.to_owned()),
        pr_url: Some("javascript:alert(1)".to_owned()),
        ..Excerpt::default()
    };
    let html = shown(vec![row], "open=t%2F1", Some(excerpt));
    check_harmless(&html);
    assert!(!html.contains("href=\"javascript"), "{html}");
}

#[test]
fn a_row_opens_by_a_link_and_says_what_happened() {
    let closed = shown(vec![known()], "status=completed&page=2", None);
    assert!(closed.contains("href=\"/hermes/tasks?status=completed&amp;page=2&amp;open=t%2F1\""), "{closed}");
    assert!(closed.contains("aria-expanded=\"false\"") && !closed.contains("t-exp"), "{closed}");

    let excerpt = Excerpt {
        error: Some("Readiness probe failed".to_owned()),
        description: Some("Not this".to_owned()),
        events: vec![Happening {
            at: now() - TimeDelta::minutes(34),
            level: EventLevel::Warn,
            message: "Probe failing".to_owned(),
        }],
        total_events: 12,
        runs: 2,
        branch: Some("release/3.8.1".to_owned()),
        pr_url: Some("https://git.example/297".to_owned()),
        cost_usd: Some(0.31),
        ..Excerpt::default()
    };
    let open = shown(vec![known()], "open=t%2F1", Some(excerpt));
    assert!(open.contains("aria-expanded=\"true\""), "{open}");
    assert!(open.contains("href=\"https://git.example/297\""), "{open}");
    check_says(
        &open,
        &[
            "Readiness probe failed",
            "34m agoWarning: Probe failing",
            "the last of 12",
            "release/3.8.1",
            "$0.31",
            "Runs2",
        ],
    );
    assert!(!text(&open).contains("Not this"), "what went wrong comes first");
    assert!(open.contains("href=\"/hermes/tasks\" "), "the same link closes it: {open}");
}

#[test]
fn heads_sort_and_tell_the_order() {
    let plain = shown(vec![known()], "", None);
    assert_eq!(plain.matches("aria-sort=\"descending\"").count(), 1, "{plain}");
    assert!(plain.contains("href=\"/hermes/tasks?sort=-durationMs\""), "{plain}");
    let two = shown(vec![known()], "sort=-durationMs,title", None);
    assert_eq!(two.matches("aria-sort=").count(), 1, "only the first key is *the* order: {two}");
    check_says(&two, &[", key 2, ascending", "Tasks, by duration, descending, then task, ascending"]);
    assert!(!plain.contains("sort=-lastAction"), "what has no order has no link");
}

#[test]
fn only_the_columns_chosen_are_there_and_the_first_always() {
    let html = shown(vec![known()], "cols=status,next", None);
    assert_eq!(html.matches("role=\"columnheader\"").count(), 3, "{html}");
    check_says(&html, &["Deploy v3.8.1", "Completed", "Try again"]);
    assert!(html.contains("sort=-title&amp;cols=task,status,next"), "the choice stays in every link: {html}");
}

#[test]
fn pages_and_sizes_are_links() {
    let page = Page { items: vec![known()], total: 412, page: 3, per_page: 20 };
    let html = paged(page, 412, "status=completed&page=3&perPage=20", None);
    check_says(&html, &["41 – 41 of 412"]);
    assert!(html.contains("href=\"/hermes/tasks?status=completed&amp;page=21&amp;perPage=20\""), "{html}");
    assert!(
        html.contains("href=\"/hermes/tasks?status=completed&amp;perPage=100\""),
        "a size begins at the first page: {html}"
    );
    assert_eq!(html.matches("aria-current=\"page\"").count(), 1, "{html}");
}

#[test]
fn no_task_at_all_none_that_match_and_no_such_page_are_three_things() {
    let none = |total, all, search| {
        paged(Page { items: Vec::new(), total, page: 9, per_page: 50 }, all, search, None)
    };
    check_says(&none(0, 0, ""), &["No tasks yet", "Connect a source"]);
    let nothing = none(0, 7, "q=x&status=failed&sort=title");
    check_says(&nothing, &["No task matches", "Search descriptions, events and logs too"]);
    assert!(nothing.contains("href=\"/hermes/tasks?sort=title\""), "clearing keeps the order: {nothing}");
    assert!(nothing.contains("in=everything"), "{nothing}");
    check_says(&none(7, 7, "page=9"), &["There is no such page", "7 tasks do match"]);
}

#[test]
fn an_id_with_a_slash_is_one_segment() {
    assert_eq!(bare("").id, TaskId::new("t/1").unwrap());
    assert!(shown(vec![bare("x")], "", None).contains("open=t%2F1"));
}
