//! What a reader of the agent's files gets wrong if it guesses: over the recorded home where it has a case, over homes
//! made by hand where it has none.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    attention::AttentionReason,
    event::{Event, EventLevel, EventType},
    task::TaskStatus,
};
use hermes_fake::{Action, Plan, Writer};

use crate::harness::{Ledger, copy_of, db::number, made, now, reader, recorded};

/// The recorded home, read.
async fn read() -> (tempfile::TempDir, Ledger) {
    let home = copy_of(&recorded());
    let ledger = Ledger::new();
    ledger.import(home.path()).await;
    (home, ledger)
}

/// A home, read at that time.
async fn read_at(home: &tempfile::TempDir, at: DateTime<Utc>) -> Ledger {
    let ledger = Ledger::new();
    ledger.finish_at(&mut reader(home.path()), at).await;
    ledger
}

fn of_type(events: &[Event], event_type: EventType) -> Vec<&Event> {
    events.iter().filter(|event| event.event_type == event_type).collect()
}

#[tokio::test]
async fn a_session_without_an_end_is_not_at_work() {
    let (home, ledger) = read().await;
    let open = number(home.path(), "state.db", "select count(*) from sessions where ended_at is null").await;
    assert_eq!(open, 14);
    for task in ledger.tasks().await {
        assert_ne!(task.status, TaskStatus::Running, "{}", task.id);
    }
    let task = ledger.task("hermes:default:20261122_171210_64ea03").await;
    assert_eq!(task.status, TaskStatus::Completed);
    assert_eq!(task.completed_at.unwrap().to_string(), "2026-11-22 17:13:37.891416 UTC");
}

#[tokio::test]
async fn the_reason_of_an_end_is_no_outcome() {
    let home = made::home().await;
    let path = home.path();
    for (id, answer) in [("failed", false), ("worked", true)] {
        made::session(path, id, "webhook", -3_600).await;
        made::asked(path, id, -3_599, "Do it").await;
        made::called(path, id, -3_598, &format!("call_{id}"), "make").await;
        made::returned(path, id, -3_597, &format!("call_{id}"), 0).await;
        if answer {
            made::answered(path, id, -3_596, "Done").await;
        }
    }
    let end = format!(
        "update sessions set ended_at = {}, end_reason = 'webhook_complete'",
        now().timestamp() - 3_590
    );
    crate::harness::db::sql(path, "state.db", &end).await;
    let ledger = read_at(&home, now()).await;
    assert_eq!(ledger.task("hermes:default:failed").await.status, TaskStatus::Failed);
    assert_eq!(ledger.task("hermes:default:worked").await.status, TaskStatus::Completed);
}

#[tokio::test]
async fn the_failure_of_a_command_is_in_its_result() {
    let (_home, ledger) = read().await;
    // Deployed twice in vain; the turn itself ended well.
    let id = "hermes:default:20261122_171339_0bfcfb";
    let task = ledger.task(id).await;
    assert_eq!(task.status, TaskStatus::Completed);
    assert_eq!(task.attention, [AttentionReason::MissingCredentials, AttentionReason::FailedDeployment]);
    let events = ledger.events(id).await;
    let ran = of_type(&events, EventType::CommandExecuted);
    let codes: Vec<i64> =
        ran.iter().map(|event| event.metadata.as_ref().unwrap()["exitCode"].as_i64().unwrap()).collect();
    assert_eq!(codes, [3, 0, 3]);
    assert_eq!(ran[0].level, EventLevel::Error);
    assert_eq!(ran[1].level, EventLevel::Success);

    // Refused, not failed.
    let id = "hermes:default:20261122_171401_7d894f";
    let task = ledger.task(id).await;
    assert_eq!(task.attention, [AttentionReason::ApprovalNeeded]);
    let events = ledger.events(id).await;
    assert_eq!(of_type(&events, EventType::CommandExecuted).len(), 1, "the one that was allowed");
}

#[tokio::test]
async fn a_turn_that_failed_at_the_model_is_told_by_its_dump() {
    let (_home, ledger) = read().await;
    let id = "hermes:default:20261122_171429_9eecf5";
    let task = ledger.task(id).await;
    assert_eq!(task.status, TaskStatus::Failed);
    assert!(task.error.as_ref().unwrap().contains("HTTP 400"), "{:?}", task.error);
    let events = ledger.events(id).await;
    let errors = of_type(&events, EventType::Error);
    assert_eq!(errors.len(), 1);
    assert!(errors[0].message.contains("The model call failed"), "{}", errors[0].message);
    assert_eq!(of_type(&events, EventType::Completed), [] as [&Event; 0]);

    // Stopped at the limit of turns: words there are, but no answer.
    let task = ledger.task("hermes:default:20261122_171436_73e9eb").await;
    assert_eq!(task.status, TaskStatus::Failed);
    assert!(task.error.unwrap().contains("limit of turns"));
}

#[tokio::test]
async fn a_killed_session_runs_until_it_was_silent_for_too_long() {
    let home = made::home().await;
    made::session(home.path(), "killed", "cli", 0).await;
    made::asked(home.path(), "killed", 1, "Do it").await;
    made::called(home.path(), "killed", 2, "call_1", "sleep 1000").await;
    let ledger = Ledger::new();
    let mut reader = reader(home.path());
    ledger.finish_at(&mut reader, now() + TimeDelta::minutes(29)).await;
    let task = ledger.task("hermes:default:killed").await;
    assert_eq!((task.status, task.current_step.as_deref()), (TaskStatus::Running, Some("sleep 1000")));
    assert_eq!(task.attention, []);
    // Nothing is written any more, and still it is found out.
    ledger.finish_at(&mut reader, now() + TimeDelta::minutes(31)).await;
    let task = ledger.task("hermes:default:killed").await;
    assert_eq!((task.status, task.attention), (TaskStatus::Failed, vec![AttentionReason::DeadSession]));
    let found = reader.report(&ledger).await.unwrap().total;
    assert_eq!((found.tool_calls_with_result, found.tool_calls_without_result), (0, 1));
}

#[tokio::test]
async fn a_killed_session_is_found_out_by_another_process_too_however_many_came_after_it() {
    let home = made::home().await;
    made::session(home.path(), "killed", "cli", 0).await;
    made::asked(home.path(), "killed", 1, "Do it").await;
    let ledger = Ledger::new();
    ledger.finish_at(&mut reader(home.path()), now()).await;
    for index in 0..60 {
        let id = format!("later_{index}");
        made::session(home.path(), &id, "cli", 10 + index).await;
        made::asked(home.path(), &id, 100 + index, "Do it").await;
        made::answered(home.path(), &id, 200 + index, "Done").await;
    }
    ledger.finish_at(&mut reader(home.path()), now() + TimeDelta::minutes(10)).await;
    assert_eq!(ledger.task("hermes:default:killed").await.status, TaskStatus::Running);
    ledger.finish_at(&mut reader(home.path()), now() + TimeDelta::minutes(40)).await;
    assert_eq!(ledger.task("hermes:default:killed").await.status, TaskStatus::Failed);
}

#[tokio::test]
async fn calls_count_once_however_often_compaction_writes_them_again() {
    let dir = tempfile::tempdir().unwrap();
    let plan = Plan { sessions: 10, prompt_bytes: 200, running: 0, ..Plan::new(7, now()) };
    hermes_fake::home(dir.path(), &plan).await.unwrap();
    let mut writer = Writer::open(dir.path(), 7).await.unwrap();
    let mut compacted = 0;
    for step in 0..300 {
        let at = now() + TimeDelta::seconds(step);
        let action = match step % 6 {
            0 => Action::Begin,
            5 => Action::Compact,
            _ => Action::Continue,
        };
        let done = writer.perform(action, at).await.unwrap();
        compacted += u32::from(done.is_some_and(|done| done.action == Action::Compact));
    }
    writer.close().await.unwrap();
    assert!(compacted > 5, "{compacted}");
    let home = dir.path();
    let of_tools = async |what: &str| {
        let sql = format!("select count({what}) from messages where role = 'tool'");
        u64::try_from(number(home, "state.db", &sql).await).unwrap()
    };
    let (rows, distinct) = (of_tools("*").await, of_tools("distinct tool_call_id").await);
    assert!(distinct + 10 < rows, "{distinct} of {rows}: nothing was written again");
    let asked = "select count(distinct json_extract(call.value, '$.id')) from messages, json_each(tool_calls) call \
                 where role = 'assistant'";
    let asked = u64::try_from(number(home, "state.db", asked).await).unwrap();
    let all = u64::try_from(number(home, "state.db", "select count(*) from messages").await).unwrap();

    let ledger = Ledger::new();
    let mut reader = reader(home);
    ledger.finish_at(&mut reader, now() + TimeDelta::minutes(6)).await;
    let found = reader.report(&ledger).await.unwrap().total;
    assert_eq!(found.messages, all, "rows that were put aside are rows");
    assert_eq!(found.tool_calls_with_result, distinct);
    assert_eq!(found.tool_calls_without_result, asked - distinct);
    let mut called = 0;
    for task in ledger.tasks().await {
        called += of_type(&ledger.events(task.id.as_str()).await, EventType::ToolCalled).len() as u64;
    }
    assert_eq!(called, asked, "an event for each call, and one only");
}

#[tokio::test]
async fn a_tool_that_does_not_exist_and_a_server_s_refusal_are_failures() {
    let (home, ledger) = read().await;
    // Plain text, and no name in the row.
    let nameless = "select count(*) from messages where role = 'tool' and tool_name is null";
    assert_eq!(number(home.path(), "state.db", nameless).await, 1);
    let events = ledger.events("hermes:default:20261122_171940_58d323e9").await;
    let errors = of_type(&events, EventType::Error);
    assert_eq!(errors.len(), 1);
    assert!(errors[0].message.contains("does not exist"), "{}", errors[0].message);
    assert_eq!(errors[0].tool_name.as_deref(), Some("terminal"));

    // Wrapped as untrusted: no JSON. Of two the second was refused.
    let events = ledger.events("hermes:default:20261122_171448_41e913").await;
    assert_eq!(of_type(&events, EventType::ToolCalled).len(), 2);
    assert_eq!(of_type(&events, EventType::Error).len(), 1);
}

#[tokio::test]
async fn an_answer_that_is_to_be_verified_is_no_second_end() {
    let (home, ledger) = read().await;
    let repeats = "select count(*) from messages where finish_reason = 'verification_required'";
    assert_eq!(number(home.path(), "state.db", repeats).await, 2);
    let events = ledger.events("hermes:default:20261122_171210_64ea03").await;
    let ends = of_type(&events, EventType::Completed);
    assert_eq!(ends.len(), 2, "two turns: {ends:#?}");
}

#[tokio::test]
async fn work_without_a_folder_finds_its_product_all_the_same() {
    let (home, ledger) = read().await;
    let folderless = "select count(*) from sessions where cwd is null";
    assert_eq!(number(home.path(), "state.db", folderless).await, 6);
    for (task, product) in [
        // By the folders in its commands, by the job's name, by the card's project.
        ("hermes:default:mc-task-42", "hermes:landing-site"),
        ("hermes:default:20261122_171940_58d323e9", "hermes:invoice-api"),
        ("hermes:default:cron:8b1b925283384f84b89893b0aca83ded", "hermes:auth-gateway"),
        ("hermes:kanban:default:t_d45dda96", "hermes:invoice-api"),
    ] {
        assert_eq!(ledger.task(task).await.product_id.as_str(), product, "{task}");
    }
    // The branch stands in the prompt only.
    let run = &ledger.runs("hermes:default:20261122_172257_c71b06").await[0];
    assert_eq!(run.branch_name.as_deref(), Some("main"));
}

#[tokio::test]
async fn a_fresh_database_lives_in_its_log_alone() {
    let live = copy_of(&recorded().parent().unwrap().join("live-wal"));
    assert_eq!(std::fs::metadata(live.path().join("state.db")).unwrap().len(), 4_096, "an empty page");
    let ledger = Ledger::new();
    let found = ledger.report(live.path()).await.total;
    assert_eq!((found.sessions, found.messages), (2, 6));
    assert_eq!(found.skipped, []);
    assert_eq!(ledger.tasks().await.len(), 2);
}

#[tokio::test]
async fn titles_are_texts_whatever_stands_in_them() {
    let home = made::home().await;
    let title = "<img src=x onerror=alert(1)> & \u{202e}cod.exe";
    made::session(home.path(), "html", "cli", -60).await;
    made::asked(home.path(), "html", -59, "Do it").await;
    made::answered(home.path(), "html", -58, "Done").await;
    let set = format!("update sessions set title = '{title}'");
    crate::harness::db::sql(home.path(), "state.db", &set).await;
    let ledger = read_at(&home, now()).await;
    assert_eq!(ledger.task("hermes:default:html").await.title, title);
}
