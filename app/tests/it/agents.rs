//! How agents and tools are shown.

use app::components::{
    AgentErrors, AgentFacts, AgentStatusPanel, AgentTasks, AgentTools, AgentWeek, AgentsUnheard, JobsTable,
    agent_status_panel::Group,
};
use chrono::TimeDelta;
use domain::{
    agent::{AgentHealth, AgentType, Rate},
    facts::work::{ToolUse, WorkKind},
    id::{AgentId, JobId, TaskId},
    insight::agent_health::{
        AgentFilter, At, By, Contradiction, ErrorGroup, Figure, SomeTasks, WorkDay, WorkerDetail,
        WorkerHealth, WorkerKind,
    },
    job::Job,
};
use leptos::prelude::*;

use crate::fixture::{HOSTILE, check_harmless, html, mission, now, text};

/// A worker of which nothing is known but its name.
fn worker(name: &str) -> WorkerHealth {
    WorkerHealth {
        id: AgentId::new("a/1").unwrap(),
        name: name.to_owned(),
        kind: None,
        agent_type: None,
        told: true,
        status: AgentHealth::Unknown,
        status_by: By::Counted,
        as_of: None,
        contradictions: Vec::new(),
        last_success: None,
        last_failure: None,
        counts: None,
        calls_today: None,
        failure_rate: None,
        average_latency_ms: None,
        p95_latency_ms: None,
        config_issue: None,
        remedy: None,
        strip: "n".repeat(48),
    }
}

fn known() -> WorkerHealth {
    WorkerHealth {
        status: AgentHealth::Degraded,
        status_by: By::Told,
        agent_type: Some(AgentType::Runner),
        last_success: Some(At { value: now() - TimeDelta::seconds(22), by: By::Told }),
        counts: Some(WorkKind::Call),
        calls_today: Some(Figure { value: 1_207, by: By::Counted }),
        failure_rate: Some(Figure { value: Rate::new(0.048).unwrap(), by: By::Told }),
        average_latency_ms: Some(Figure { value: 1_900.0, by: By::Told }),
        p95_latency_ms: Some(38),
        config_issue: Some("Disk 91 % full".to_owned()),
        remedy: Some("Mend it.".to_owned()),
        strip: format!("{}wd", "o".repeat(46)),
        ..worker("Local VM runner")
    }
}

fn panel(workers: Vec<WorkerHealth>) -> String {
    html(|| {
        let filter = StoredValue::new(AgentFilter::default());
        view! { <AgentStatusPanel group=Group::Agents workers filter/> }
    })
}

fn detail(worker: WorkerHealth) -> WorkerDetail {
    let day = WorkDay {
        since: now(),
        calls: 0,
        failures: 0,
        failure_rate: None,
        average_latency_ms: None,
        p95_latency_ms: None,
        strip: "n".repeat(48),
    };
    WorkerDetail {
        worker,
        reported_at: None,
        week: day.clone(),
        days: vec![day],
        open: SomeTasks::default(),
        failed: SomeTasks::default(),
        completed: SomeTasks::default(),
        tools: Vec::new(),
        errors: Vec::new(),
        jobs: Vec::new(),
        attention: Vec::new(),
    }
}

#[test]
fn a_row_says_how_a_worker_is_and_who_says_so() {
    let html = panel(vec![known()]);
    let text = text(&html);
    for words in [
        "Local VM runner",
        "Degraded",
        "22s",
        "1,207 (counted by us)",
        "4.8 %",
        "1.9 s",
        "38 ms",
        "Config issue: Disk 91 % full",
        "Mend it.",
    ] {
        assert!(text.contains(words), "{words} is missing: {text}");
    }
    assert!(!text.contains("4.8 % (counted"), "a told figure is not ours: {text}");
    assert!(html.contains("Last 24 hours: 46 half hours worked, 2 had failures, 0 nothing told"), "{html}");
    assert!(html.contains("href=\"/hermes/agents/a%2F1\""), "{html}");
}

#[test]
fn what_is_not_known_is_said_to_be_unknown() {
    let html = panel(vec![worker("Quiet")]);
    let text = text(&html);
    assert!(text.contains("Unknown") && text.contains("Type unknown"), "{text}");
    assert_eq!(html.matches("class=\"unknown\"").count(), 5, "{html}");
    assert!(html.contains("Last 24 hours: nothing told"), "{html}");
    assert!(!text.contains("Healthy") && !text.contains("0 %"), "{text}");
}

#[test]
fn contradictions_are_said_below_the_row() {
    let mut odd = worker("Odd");
    odd.contradictions = vec![Contradiction::Failing];
    assert!(text(&panel(vec![odd])).contains("says that it is healthy, but the last five outcomes failed"));
}

#[test]
fn many_workers_stand_behind_a_line() {
    let html = panel((0..45).map(|number| worker(&format!("Worker {number}"))).collect());
    assert!(text(&html).contains("5 more"), "{html}");
}

#[test]
fn kinds_nobody_told_of_are_unknown_with_the_way_to_connect_them() {
    let some = html(|| view! { <AgentsUnheard kinds=vec![WorkerKind::GitHub]/> });
    let text = text(&some);
    assert!(text.contains("GitHub") && text.contains("Unknown, not healthy"), "{text}");
    assert_eq!(html(|| view! { <AgentsUnheard kinds=Vec::new()/> }).matches("<section").count(), 0);
}

#[test]
fn an_agent_of_which_nothing_is_known_has_a_page_that_says_so() {
    let all = html(|| {
        let WorkerDetail { days, week, open, failed, completed, tools, errors, worker, .. } =
            detail(worker("Quiet"));
        view! {
            <AgentFacts detail=detail(worker.clone())/>
            <AgentWeek days week/>
            <AgentTasks id=worker.id open failed completed/>
            <AgentErrors errors/>
            <AgentTools tools/>
        }
    });
    let text = text(&all);
    for words in ["Nothing was counted", "No task was assigned", "No error is known", "No tool is known"] {
        assert!(text.contains(words), "{words} is missing: {text}");
    }
}

#[test]
fn a_job_says_that_it_missed_its_time_and_has_an_anchor() {
    let job = Job {
        id: JobId::new("j 1").unwrap(),
        name: "Nightly".to_owned(),
        schedule: None,
        product_id: None,
        next_run_at: Some(now() - TimeDelta::minutes(130)),
        last_run_at: None,
        last_status: Some("error".to_owned()),
        state: None,
        enabled: None,
        last_error: None,
        last_delivery_error: None,
        inferred: Vec::new(),
    };
    let html = html(|| {
        let products = StoredValue::new(Vec::new());
        view! { <JobsTable jobs=vec![job] total=3 late=now() products/> }
    });
    let text = text(&html);
    for words in ["missed, was due 2h 10m ago", "last run failed", "3 · 1 missed · 1 failed", "and 2 more"]
    {
        assert!(text.contains(words), "{words} is missing: {text}");
    }
    assert!(html.contains("id=\"job-j_201\""), "{html}");
}

#[test]
fn hostile_text_is_only_text() {
    let mut hostile = worker(HOSTILE);
    hostile.config_issue = Some(HOSTILE.to_owned());
    check_harmless(&panel(vec![hostile.clone()]));
    check_harmless(&html(|| view! { <AgentFacts detail=detail(hostile)/> }));
    let task = mission(HOSTILE).task;
    let tasks = SomeTasks { items: vec![task], total: 1 };
    check_harmless(&html(|| {
        let none = SomeTasks::default;
        view! { <AgentTasks id=AgentId::new("a").unwrap() open=tasks failed=none() completed=none()/> }
    }));
    let group =
        ErrorGroup { text: HOSTILE.to_owned(), count: 2, last_at: now(), task_id: TaskId::new("t").unwrap() };
    check_harmless(&html(|| view! { <AgentErrors errors=vec![group]/> }));
    let tool = ToolUse { tool: HOSTILE.to_owned(), calls: 2, failures: 1 };
    check_harmless(&html(|| view! { <AgentTools tools=vec![tool]/> }));
}
