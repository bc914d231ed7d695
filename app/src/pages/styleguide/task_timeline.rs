//! The timeline of a task that failed once and went on.

use domain::{
    event::{EventLevel, EventType},
    insight::execution::Spend,
    query::Page,
    task::TaskStatus,
};
use leptos::prelude::*;

use super::{
    Example, example,
    samples::{ago, id},
};
use crate::{
    api::task::{Ask, Happening, Output, RunView, Show, Timeline},
    components::TaskTimeline,
};

pub(super) fn examples() -> Vec<Example> {
    let timeline = |state, events: Vec<Happening>, total, ask: Ask, runs| {
        let events = Page { items: events, total, page: ask.page.max(1), per_page: 6 };
        let timeline = Timeline { events, counts: [total, 2, 2] };
        example(state, view! { <TaskTimeline id=id("t_tax") ask timeline runs/> })
    };
    let problems = Ask { show: Show::Problems, ..Ask::default() };
    vec![
        timeline("By attempt, with what failed standing open", story(), 9, Ask::default(), runs()),
        timeline(
            "A page of many, the newest first",
            story().into_iter().rev().take(6).collect(),
            412,
            Ask { page: 3, newest: true, ..Ask::default() },
            runs(),
        ),
        timeline("No event", Vec::new(), 0, Ask::default(), Vec::new()),
        timeline("None of the kind that is asked for", Vec::new(), 0, problems, runs()),
    ]
}

fn runs() -> Vec<RunView> {
    let run = |number, status, started, ended| RunView {
        number,
        status: Some(status),
        started_at: Some(started),
        ended_at: ended,
        commit_sha: None,
        branch_name: None,
        pr_url: None,
        deployment_url: None,
        model: None,
        inferred: Vec::new(),
        spend: Spend::default(),
    };
    vec![run(1, TaskStatus::Failed, ago(58), Some(ago(40))), run(2, TaskStatus::Running, ago(22), None)]
}

fn story() -> Vec<Happening> {
    use {EventLevel as Level, EventType as Type};

    let event = |minutes, run, kind, level, message: &str| Happening {
        at: ago(minutes),
        level,
        kind,
        message: message.to_owned(),
        tool: None,
        command: None,
        exit_code: None,
        duration_ms: None,
        output: None,
        url: None,
        inferred: false,
        run,
    };
    let output = |text: &str, before| Some(Output { text: text.to_owned(), before });
    vec![
        event(60, (0, false), Type::Created, Level::Info, "Asked for by the founder"),
        event(57, (1, false), Type::Planned, Level::Info, "Three steps: read, change, test"),
        Happening {
            tool: Some("read_file".to_owned()),
            duration_ms: Some(420),
            ..event(55, (1, false), Type::ToolCalled, Level::Debug, "Read src/tax.rs")
        },
        Happening {
            command: Some("cargo test -p tax".to_owned()),
            exit_code: Some(101),
            duration_ms: Some(161_000),
            output: output(
                "test rounds_half_up ... \u{1b}[31mFAILED\u{1b}[0m\n\ntest result: FAILED. 841 passed; 1 failed",
                840,
            ),
            ..event(44, (1, false), Type::TestRun, Level::Error, "$ cargo test -p tax")
        },
        event(38, (1, true), Type::Blocked, Level::Warn, "Waits for an answer about rounding"),
        event(22, (2, false), Type::Retry, Level::Info, "Went on with the answer"),
        Happening {
            inferred: true,
            ..event(15, (2, false), Type::FileChanged, Level::Info, "Changed src/tax.rs")
        },
        Happening {
            command: Some("cargo test -p tax".to_owned()),
            exit_code: Some(0),
            duration_ms: Some(158_000),
            output: output("test result: \u{1b}[32mok\u{1b}[0m. 842 passed", 841),
            ..event(9, (2, false), Type::TestRun, Level::Success, "All tests pass")
        },
        Happening {
            url: Some("https://git.example.test/ledgerly/tax/pull/418".to_owned()),
            ..event(4, (2, false), Type::PrCreated, Level::Success, "Opened a pull request")
        },
    ]
}
