//! The page of a task: timeline, execution, log and learning, with hostile text in all of them.

use app::{
    api::task::{Ask, Happening, Learning, Lesson, Output, RunView, Show, Tab, Timeline},
    components::{
        AnsiText, Elsewhere, TaskAttention, TaskExecution, TaskLearning, TaskLogs, TaskOutcome, TaskSummary,
        TaskTimeline,
    },
    ui::{TabLink, Tabs},
};
use chrono::TimeDelta;
use domain::{
    attention::{AttentionItem, AttentionReason, Severity},
    decision::Subject,
    event::{EventLevel, EventType},
    id::{ItemKey, ProductId, TaskId},
    insight::{
        execution::{
            Artifact, CommandRun, Cost, ErrorMet, Execution, FileChange, Latest, Spend, TestRun, ToolUse,
        },
        fingerprint::{Other, Recurrence},
    },
    logs::{LevelCounts, LogLine, LogWindow, Match},
    query::Page,
    task::{Task, TaskStatus},
};
use leptos::prelude::*;

use crate::fixture::{HOSTILE, check_harmless, html, mission, now, product, text};

fn id() -> TaskId {
    TaskId::new("t/1").unwrap()
}

fn task() -> Task {
    mission("Ship it").task
}

fn happening(kind: EventType, level: EventLevel, message: &str) -> Happening {
    Happening {
        at: now() - TimeDelta::minutes(4),
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
        run: (1, false),
    }
}

fn run() -> RunView {
    RunView {
        number: 1,
        status: Some(TaskStatus::Failed),
        started_at: Some(now() - TimeDelta::minutes(9)),
        ended_at: Some(now() - TimeDelta::minutes(1)),
        commit_sha: Some("7f3c1d9e0a0b0c0d".to_owned()),
        branch_name: Some("fix/tax".to_owned()),
        pr_url: Some("https://git.example.test/a/b/pull/418".to_owned()),
        deployment_url: None,
        model: None,
        inferred: vec!["commitSha".to_owned()],
        spend: Spend::default(),
    }
}

fn timeline(events: Vec<Happening>, total: u64, ask: Ask) -> String {
    let page = ask.page.max(1);
    let events = Page { items: events, total, page, per_page: 200 };
    html(
        || view! { <TaskTimeline id=id() ask timeline=Timeline { events, counts: [total, 1, 2] } runs=vec![run()]/> },
    )
}

#[track_caller]
fn check_says(html: &str, words: &[&str]) {
    let text = text(html);
    for words in words {
        assert!(text.contains(words), "{words} is missing: {text}");
    }
}

#[test]
fn every_kind_of_event_has_its_icon_and_its_word() {
    let events: Vec<_> =
        EventType::ALL.iter().map(|kind| happening(*kind, EventLevel::Info, "told")).collect();
    let html = timeline(events, 14, Ask::default());
    for kind in EventType::ALL {
        assert!(text(&html).contains(kind.label()), "{kind}: {html}");
    }
    let icons: std::collections::BTreeSet<_> = html
        .split("tl-mark")
        .skip(1)
        .filter_map(|item| item.split("#i-").nth(1)?.split('"').next())
        .collect();
    assert_eq!(icons.len(), EventType::ALL.len(), "each its own: {icons:?}");
}

#[test]
fn events_stand_under_their_attempt() {
    let before =
        Happening { run: (0, false), ..happening(EventType::Created, EventLevel::Info, "Asked for") };
    let after = Happening { run: (1, true), ..happening(EventType::Blocked, EventLevel::Warn, "Waits") };
    let html = timeline(
        vec![before, happening(EventType::Retry, EventLevel::Warn, "Again"), after],
        3,
        Ask::default(),
    );
    check_says(
        &html,
        &["Before the first run", "Run 1Mon 25 May, 16:33 – Mon 25 May, 16:41, failed", "After run 1"],
    );
    check_says(&html, &["Warning: "]);
}

#[test]
fn an_output_opens_and_one_that_failed_stands_open() {
    let command = |code| Happening {
        command: Some("cargo test".to_owned()),
        exit_code: Some(code),
        duration_ms: Some(161_000),
        output: Some(Output { text: "\u{1b}[31mFAIL\u{1b}[0m tax".to_owned(), before: 40 }),
        ..happening(EventType::CommandExecuted, EventLevel::Info, "$ cargo test")
    };
    let failed = timeline(vec![command(101)], 1, Ask::default());
    assert!(failed.contains("<details open class=\"cmd\""), "{failed}");
    assert!(failed.contains("data-ansi=\"red\""), "{failed}");
    check_says(&failed, &["exit 101 · 2m 41s", "40 earlier lines in the log", "FAIL tax"]);
    assert_eq!(text(&failed).matches("cargo test").count(), 1, "the command is told once: {failed}");
    let passed = timeline(vec![command(0)], 1, Ask::default());
    assert!(passed.contains("<details class=\"cmd\">"), "{passed}");
}

#[test]
fn a_long_timeline_says_where_one_is_and_leads_to_the_rest() {
    let event = || happening(EventType::ToolCalled, EventLevel::Info, "told");
    let html = timeline(vec![event(); 200], 4_012, Ask { page: 2, show: Show::Problems, ..Ask::default() });
    check_says(&html, &["201 – 400 of 4,012", "Earlier", "Later", "Last"]);
    assert!(html.contains("href=\"/hermes/tasks/t%2F1?show=problems&amp;page=21\""), "{html}");
    let short = timeline(vec![event()], 1, Ask::default());
    assert!(!short.contains("Pages of the timeline"), "{short}");
}

#[test]
fn nothing_to_show_is_told_for_each_choice() {
    check_says(&timeline(Vec::new(), 0, Ask::default()), &["No event is known"]);
    check_says(&timeline(Vec::new(), 0, Ask { show: Show::Commands, ..Ask::default() }), &["No command ran"]);
}

fn execution() -> Execution {
    let at = now() - TimeDelta::minutes(2);
    let failed = CommandRun {
        command: "npm test".to_owned(),
        at,
        duration_ms: None,
        exit_code: Some(1),
        failed: true,
    };
    let tool = ToolUse { name: "shell".to_owned(), calls: 31, failures: 2, duration_ms: 54_000, timed: 30 };
    let file = FileChange { path: "src/tax.rs".to_owned(), added: Some(64), removed: Some(31), times: 2 };
    Execution {
        commands: Latest { rows: vec![failed], total: 212 },
        tools: vec![tool],
        files: vec![file],
        files_total: 1,
        tests: Latest { rows: vec![TestRun { at, message: "3 failed".to_owned(), passed: None }], total: 1 },
        errors: Latest {
            rows: vec![ErrorMet { at, message: "Timeout".to_owned(), stack: Some("at a.rs:1".to_owned()) }],
            total: 1,
        },
        artifacts: Latest {
            rows: vec![Artifact { url: "javascript:alert(1)".to_owned(), kind: EventType::PrCreated }],
            total: 1,
        },
    }
}

fn executed(execution: Execution, spend: Spend) -> String {
    html(|| view! { <TaskExecution id=id() execution runs=vec![run()] runs_total=1 spend/> })
}

#[test]
fn what_was_executed_is_told_with_what_is_left_out() {
    let html = executed(execution(), Spend::default());
    check_says(
        &html,
        &[
            "211 commands ran before these",
            "Exit 1",
            "31 calls",
            "2 failed",
            "avg 1.8 s",
            "+64",
            "−31",
            "2×",
            "Not told",
            "at a.rs:1",
            "Run 1",
            "8m 00s",
            "7f3c1d9e0a",
            "#418",
        ],
    );
    assert!(!html.contains("href=\"javascript"), "a link of telemetry is checked: {html}");
    assert!(text(&html).contains("javascript:alert(1)"), "it is shown as text: {html}");
    assert!(html.contains("class=\"inferred\""), "what was inferred is marked: {html}");
}

#[test]
fn costs_that_are_not_equally_sure_are_not_added() {
    let cost = |sure: Option<&str>, usd| Cost { sure: sure.map(ToOwned::to_owned), usd, runs: 1 };
    let spend = Spend {
        input_tokens: Some(12_739.0),
        output_tokens: None,
        costs: vec![cost(Some("actual"), 1.0), cost(Some("estimated"), 2.0), cost(None, 0.004)],
        silent: 2,
    };
    let html = executed(execution(), spend);
    check_says(
        &html,
        &[
            "12,739 in",
            "$1.00actual",
            "$2.00estimated",
            "$0.0040how sure is not told",
            "They are not added",
            "2 runs do not say what they cost",
        ],
    );
    assert!(!text(&html).contains("3.00"), "{html}");
}

#[test]
fn where_nothing_was_executed_the_page_says_what_will_stand_there() {
    let html = html(|| {
        view! { <TaskExecution id=id() execution=Execution::default() runs=Vec::new() runs_total=0 spend=Spend::default()/> }
    });
    check_says(&html, &["Nothing was executed yet"]);
}

fn learned(learning: Learning) -> String {
    html(
        || view! { <TaskLearning task=task() learning products=StoredValue::new(vec![product("Ledgerly")])/> },
    )
}

fn recurrence(tasks: u64, others: Vec<Other>) -> Recurrence {
    Recurrence {
        fingerprint: "timeout of * exceeded".to_owned(),
        times: 7,
        tasks,
        products: 3,
        first_at: now() - TimeDelta::days(60),
        last_at: now() - TimeDelta::hours(3),
        others,
    }
}

fn other(status: TaskStatus, title: &str) -> Other {
    Other {
        id: TaskId::new("t/2").unwrap(),
        title: title.to_owned(),
        product_id: ProductId::new("p1").unwrap(),
        status,
        at: now(),
    }
}

#[test]
fn a_failure_that_came_back_names_where_and_who_solved_it() {
    let html = learned(Learning {
        lessons: vec![Lesson {
            at: now(),
            text: "Round on the absolute value".to_owned(),
            memory: Some("+ Round half-even".to_owned()),
            prevention: None,
        }],
        recurrences: vec![recurrence(14, vec![other(TaskStatus::Completed, "Mend the timeout")])],
    });
    check_says(
        &html,
        &[
            "Round on the absolute value",
            "+ Round half-even",
            "timeout of * exceeded",
            "Met 7 times at 14 tasks, over 3 products.",
            "Mend the timeout",
            "and 12 tasks more",
            "what helped there may help here",
            "Ledgerly",
        ],
    );
    assert!(html.contains("href=\"/hermes/tasks/t%2F2\""), "{html}");
}

#[test]
fn where_nothing_was_learned_it_is_said() {
    let html = learned(Learning { lessons: Vec::new(), recurrences: Vec::new() });
    check_says(
        &html,
        &[
            "No lesson was told",
            "No change of its memory",
            "No source said how",
            "No failure of this task is known",
        ],
    );
    let alone = learned(Learning { lessons: Vec::new(), recurrences: vec![recurrence(1, Vec::new())] });
    check_says(&alone, &["Met 7 times here, at no other task."]);
}

#[test]
fn what_is_not_known_of_a_task_is_said_to_be_unknown() {
    let html = html(|| {
        view! {
            <TaskSummary task=task()/>
            <TaskOutcome runs=Vec::new()/>
        }
    });
    check_says(&html, &["Started–unknown", "Branch–unknown", "Deployment–unknown"]);
    assert!(!text(&html).contains("0 %"), "{html}");
}

#[test]
fn what_needs_the_founder_is_decided_on_the_page() {
    let item = AttentionItem {
        key: ItemKey::new("task:t/1").unwrap(),
        cause: "c".to_owned(),
        reason: AttentionReason::ApprovalNeeded,
        reason_inferred: true,
        severity: Severity::High,
        title: HOSTILE.to_owned(),
        subject: Subject::Task(id()),
        product_id: None,
        priority: None,
        since: now() - TimeDelta::minutes(72),
        why: Some(HOSTILE.to_owned()),
        consequence: None,
        evidence: Vec::new(),
        decision: None,
    };
    let html = html(|| view! { <TaskAttention item back="/hermes/tasks/t%2F1?tab=logs"/> });
    check_harmless(&html);
    check_says(&html, &["Approval needed (inferred) for 1h 12m", "Acknowledge", "Snooze", "Resolve"]);
    assert!(html.contains("name=\"back\" value=\"/hermes/tasks/t%2F1?tab=logs\""), "{html}");
}

#[test]
fn tabs_are_links_and_the_open_one_is_marked() {
    let tab = |name, current| TabLink {
        name,
        href: format!("/x?tab={name}"),
        current,
        count: Some("12".to_owned()),
    };
    let html = html(|| view! { <Tabs label="Parts" tabs=vec![tab("a", true), tab("b", false)]/> });
    assert_eq!(html.matches("aria-current=\"page\"").count(), 1, "{html}");
    assert!(
        html.contains("<nav aria-label=\"Parts\" class=\"tabs\">") && html.contains("href=\"/x?tab=b\""),
        "{html}"
    );
}

#[test]
fn neighbours_are_links_to_what_exists() {
    let mut task = task();
    task.product_id = ProductId::new("p&1").unwrap();
    task.assigned_agent = Some(domain::id::AgentId::new("a,b").unwrap());
    let html = html(|| view! { <Elsewhere task/> });
    assert!(html.contains("href=\"/api/v1/tasks/t%2F1/similar\""), "{html}");
    assert!(html.contains("href=\"/hermes/tasks?product=p%261\""), "{html}");
}

#[test]
fn colours_of_a_terminal_become_classes_and_marks_span_them() {
    let html = html(
        || view! { <AnsiText text="a \u{1b}[1;33mwarn\u{1b}[0ming\u{1b}]0;title\u{7}\u{202e}" marked="WARNING"/> },
    );
    assert!(html.contains("data-ansi=\"yellow\"") && html.contains("data-bold"), "{html}");
    assert_eq!(html.matches("<mark>").count(), 2, "{html}");
    assert_eq!(text(&html), "a warning");
}

#[test]
fn hostile_text_stays_text() {
    let hostile = || HOSTILE.to_owned();
    let event = Happening {
        tool: Some(hostile()),
        command: Some(hostile()),
        output: Some(Output { text: hostile(), before: 0 }),
        url: Some(hostile()),
        ..happening(EventType::CommandExecuted, EventLevel::Error, HOSTILE)
    };
    check_harmless(&timeline(vec![event], 1, Ask::default()));
    let mut done = execution();
    done.commands.rows[0].command = hostile();
    done.tools[0].name = hostile();
    done.files[0].path = hostile();
    done.tests.rows[0].message = hostile();
    done.errors.rows[0].stack = Some(hostile());
    done.artifacts.rows[0].url = hostile();
    let spend = Spend { costs: vec![Cost { sure: Some(hostile()), usd: 1.0, runs: 1 }], ..Spend::default() };
    check_harmless(&executed(done, spend));
    let lesson = Lesson { at: now(), text: hostile(), memory: Some(hostile()), prevention: Some(hostile()) };
    let mut came_back = recurrence(2, vec![other(TaskStatus::Failed, HOSTILE)]);
    came_back.fingerprint = hostile();
    check_harmless(&learned(Learning { lessons: vec![lesson], recurrences: vec![came_back] }));
    let mut task = task();
    for field in
        [&mut task.description, &mut task.error, &mut task.result, &mut task.summary, &mut task.next_action]
    {
        *field = Some(hostile());
    }
    task.tags = vec![hostile()];
    check_harmless(&html(|| view! { <TaskSummary task=task.clone()/> }));
}

fn log(items: Vec<LogLine>, total: u64, ask: Ask, current: Option<Match>) -> String {
    let levels =
        LevelCounts { error: 3, info: 40, unknown: total.saturating_sub(43), ..LevelCounts::default() };
    let page = ask.page.max(1);
    let log = LogWindow { items, total, page, per_page: 500, levels, matches: 4, current, bytes: 214_000 };
    html(|| view! { <TaskLogs id=id() ask log/> })
}

fn line(no: u64, level: Option<EventLevel>, text: &str) -> LogLine {
    LogLine { no, at: level.map(|_| now()), level, inferred: false, text: text.to_owned() }
}

#[test]
fn a_line_has_its_number_its_time_and_its_level() {
    let ask = Ask { q: "round".to_owned(), nth: 2, ..Ask::tab(Tab::Logs) };
    let lines = vec![
        line(119, None, "run wrote"),
        line(120, Some(EventLevel::Error), "FAIL \u{1b}[31mtax::Rounds\u{1b}[0m"),
    ];
    let html = log(lines, 1_842, ask, Some(Match { nth: 2, line: 120 }));
    assert!(html.contains("id=\"L120\"") && html.contains("?tab=logs&amp;line=120#L120\""), "{html}");
    assert!(html.contains("<mark>Round</mark>") && html.contains("id=\"match\""), "{html}");
    check_says(
        &html,
        &["16:42:18", "error", "2 of 4", "All1,842", "Error3", "1 – 2 of 1,842", "214.0 kB in all"],
    );
    assert!(html.contains("match=3#match\"") && html.contains("match=1#match\""), "{html}");
    assert!(!text(&html).contains("Warning0"), "a level without lines is not offered: {html}");
}

#[test]
fn lines_are_laid_out_a_hundred_at_a_time() {
    let html = log((1..=500).map(|no| line(no, None, "x")).collect(), 100_000, Ask::tab(Tab::Logs), None);
    assert_eq!(html.matches("class=\"log-chunk\"").count(), 5);
    check_says(&html, &["1 – 500 of 100,000", "Later", "Last"]);
    assert!(html.contains("page=200"), "{html}");
}

#[test]
fn an_empty_log_and_an_empty_level_are_told_apart() {
    let empty = LogWindow {
        items: Vec::new(),
        total: 0,
        page: 1,
        per_page: 500,
        levels: LevelCounts::default(),
        matches: 0,
        current: None,
        bytes: 0,
    };
    let nothing = html(|| view! { <TaskLogs id=id() ask=Ask::tab(Tab::Logs) log=empty.clone()/> });
    check_says(&nothing, &["The log is empty"]);
    let ask = Ask { level: Some(EventLevel::Warn), ..Ask::tab(Tab::Logs) };
    check_says(&log(Vec::new(), 0, ask, None), &["No line of that level"]);
}

#[test]
fn a_hostile_log_stays_text() {
    let ask = Ask { q: HOSTILE.to_owned(), ..Ask::tab(Tab::Logs) };
    let html = log(vec![line(1, Some(EventLevel::Warn), HOSTILE)], 1, ask, None);
    assert!(!html.contains("<script") && !html.contains("<img"), "{html}");
    let shown = html.split("class=\"msg\"").nth(1).unwrap();
    assert!(!shown.contains(['\u{202e}', '\u{1b}', '\0']), "{shown}");
    assert!(text(shown).contains("gpj.exe red \u{fffd}end"), "{shown}");
}
