//! An answer to show, and how a component is rendered.

use app::{api::overview::ProductRef, state::Clock, ui::Sprite};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    agent::Rate,
    attention::SeverityCounts,
    id::{ProductId, Seq, TaskId},
    overview::{
        HermesOverview, HermesStatus, LastAction, Mission, NextAction, NextKind, OverviewAnswer, StatusReason,
    },
    task::{Percent, Priority, Task, TaskStatus},
    zone::{Calendar, Zone},
};
use leptos::prelude::*;

/// Everything that telemetry should not be able to do to a page.
pub(crate) const HOSTILE: &str =
    "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> \u{202e}gpj.exe \u{1b}[31mred\u{1b}[0m \0end";

/// The same as it must be read.
pub(crate) const HARMLESS: &str = "gpj.exe red \u{fffd}end";

pub(crate) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub(crate) fn now() -> DateTime<Utc> {
    at("2026-05-25T16:42:18Z")
}

pub(crate) fn product(name: &str) -> ProductRef {
    ProductRef { id: ProductId::new("p1").unwrap(), name: name.to_owned(), slug: "ledgerly".to_owned() }
}

/// A running task of which only the title is known.
pub(crate) fn mission(title: &str) -> Mission {
    let task = Task {
        id: TaskId::new("t/1").unwrap(),
        title: title.to_owned(),
        description: None,
        product_id: ProductId::unassigned(),
        status: TaskStatus::Running,
        priority: None,
        task_type: None,
        source: None,
        created_at: now(),
        started_at: None,
        completed_at: None,
        duration_ms: None,
        retry_count: None,
        assigned_agent: None,
        tags: Vec::new(),
        progress_percent: None,
        current_step: None,
        last_action: None,
        next_action: None,
        blocker_reason: None,
        summary: None,
        result: None,
        error: None,
        inferred: Vec::new(),
        last_activity_at: now() - TimeDelta::minutes(45),
        attention: Vec::new(),
    };
    Mission { task, remaining_ms: None, quiet: false }
}

/// The same with all that a mission shows.
pub(crate) fn known_mission() -> Mission {
    let mut mission = mission("Promote canary");
    mission.task.priority = Some(Priority::P0);
    mission.task.product_id = product("").id;
    mission.task.progress_percent = Percent::new(67.9);
    mission.task.current_step = Some("Watching the error budget".to_owned());
    mission.task.started_at = Some(now() - TimeDelta::minutes(8));
    mission.remaining_ms = Some(372_000);
    mission
}

pub(crate) fn answer() -> OverviewAnswer {
    let days = (0..14).rev().map(|back| at("2026-05-25T07:00:00Z") - TimeDelta::days(back)).collect();
    OverviewAnswer {
        overview: HermesOverview {
            status: Some(HermesStatus::Running),
            active_tasks: 7,
            completed_today: 48,
            completed_this_week: 312,
            failed_tasks: 12,
            blocked_tasks: 6,
            average_duration_ms: Some(372_000),
            success_rate: Rate::new(0.942),
            products_touched_recently: 31,
            founder_attention_count: 9,
        },
        status_reason: StatusReason::Working { count: 7 },
        attention: SeverityCounts { critical: 2, high: 4, medium: 2, low: 1 },
        oldest_critical: Some(now() - TimeDelta::minutes(87)),
        rates: domain::facts::Ended { completed: 471, failed: 29, dropped: 12, duration_ms: 0, timed: 471 },
        total_tasks: 1_204,
        quiet_tasks: 0,
        completed_yesterday_by_now: 37,
        completed_by_day: vec![3, 4, 4, 6, 10, 8, 4, 3, 8, 6, 12, 10, 14, 48],
        total_products: 52,
        upcoming_jobs: Vec::new(),
        last_action: None,
        next_action: None,
        missions: Vec::new(),
        calendar: Calendar { days, week: at("2026-05-25T07:00:00Z") },
        now: now(),
        seq: Seq(1),
    }
}

pub(crate) fn last_action(message: &str) -> LastAction {
    LastAction {
        at: now() - TimeDelta::seconds(12),
        message: message.to_owned(),
        task_id: TaskId::new("t1").unwrap(),
        title: "Promote canary".to_owned(),
        product_id: product("").id,
        agent: Some("deployer".to_owned()),
    }
}

pub(crate) fn next_action(title: &str, because: &str) -> NextAction {
    NextAction {
        kind: NextKind::Unblock,
        task_id: TaskId::new("t2").unwrap(),
        title: title.to_owned(),
        product_id: ProductId::unassigned(),
        because: Some(because.to_owned()),
        since: now() - TimeDelta::hours(2),
    }
}

/// The HTML of a view, as the server writes it, without the marks that hydration finds its way by.
pub(crate) fn html<V: IntoView>(view: impl FnOnce() -> V) -> String {
    let owner = Owner::new();
    owner.with(|| {
        provide_context(Sprite("/icons.svg".into()));
        provide_context(Clock::start(now(), Zone::utc()));
        view().into_view().to_html().replace("<!>", "")
    })
}

/// The text that a person reads: without tags and comments, entities read.
pub(crate) fn text(html: &str) -> String {
    let mut text = String::new();
    for piece in html.split('<') {
        text.push_str(piece.split_once('>').map_or(piece, |(_, after)| after));
    }
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&amp;", "&")];
    entities.iter().fold(text, |text, (entity, c)| text.replace(entity, c))
}

/// That hostile text did nothing to the page.
#[track_caller]
pub(crate) fn check_harmless(html: &str) {
    assert!(!html.contains("<script") && !html.contains("<img"), "an element was made: {html}");
    assert!(!html.contains(['\u{202e}', '\u{1b}', '\0']), "a control character came through: {html}");
    assert!(text(html).contains(HARMLESS), "the text is not readable: {}", text(html));
}
