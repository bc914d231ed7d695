//! Databases of other versions of the agent: what is missing is unknown, what is new is ignored or counted.

use std::path::Path;

use domain::task::TaskStatus;

use crate::harness::{
    Ledger, copy_of,
    db::{sql, without_columns},
    recorded, same, whole,
};

/// A copy of the recorded home with a `state.db` whose triggers, indexes and views stand in nobody's way.
fn bare() -> tempfile::TempDir {
    copy_of(&recorded())
}

#[tokio::test]
async fn an_older_database_is_read_as_far_as_it_goes() {
    let (report, _) = whole().await;
    let home = bare();
    let gone = [
        "cwd",
        "title",
        "git_branch",
        "git_repo_root",
        "estimated_cost_usd",
        "actual_cost_usd",
        "cost_status",
        "rewind_count",
        "archived",
        "profile_name",
        "system_prompt",
    ];
    without_columns(home.path(), "state.db", "sessions", &gone).await;
    let gone = ["active", "compacted", "effect_disposition", "observed"];
    without_columns(home.path(), "state.db", "messages", &gone).await;
    without_columns(
        home.path(),
        "kanban.db",
        "tasks",
        &["block_kind", "session_id", "tenant", "branch_name"],
    )
    .await;
    without_columns(home.path(), "kanban.db", "task_runs", &["metadata", "outcome"]).await;
    without_columns(home.path(), "kanban.db", "task_events", &["run_id"]).await;
    without_columns(home.path(), "projects.db", "projects", &["board_slug", "archived", "description"]).await;
    without_columns(home.path(), "cron/executions.db", "executions", &["source", "error"]).await;
    sql(home.path(), "projects.db", "drop table project_folders").await;
    sql(home.path(), "verification_evidence.db", "drop table verification_state").await;

    let ledger = Ledger::new();
    let found = ledger.report(home.path()).await.total;
    assert_eq!(found.skipped, []);
    let whole = &report.total;
    assert_eq!((found.sessions, found.messages), (whole.sessions, whole.messages));
    assert_eq!(found.tool_calls_with_result, whole.tool_calls_with_result);
    assert_eq!(found.commands_exit_non_zero, whole.commands_exit_non_zero);
    assert_eq!((found.tokens_in, found.tokens_out), (whole.tokens_in, whole.tokens_out));
    assert!(found.estimated_cost_usd.abs() < f64::EPSILON, "unknown, not guessed");
    assert_eq!(found.cron_executions, whole.cron_executions);
    assert_eq!(found.kanban_tasks, whole.kanban_tasks);
    assert_eq!((found.cron_jobs, found.projects), (whole.cron_jobs, whole.projects));
    // Without a title, the task bears what was asked for.
    let task = ledger.task("hermes:default:20261122_171210_64ea03").await;
    assert!(task.title.contains("invoice"), "{}", task.title);
    assert_eq!(task.status, TaskStatus::Completed);
    let run = &ledger.runs("hermes:default:20261122_171210_64ea03").await[0];
    assert_eq!(run.cost_status, None);
    assert!(run.metrics.as_ref().is_none_or(|metrics| !metrics.contains_key("costUsd")));
}

#[tokio::test]
async fn without_the_column_of_calls_results_tell_what_was_done() {
    let (report, _) = whole().await;
    let home = bare();
    without_columns(home.path(), "state.db", "messages", &["tool_calls", "finish_reason"]).await;
    let ledger = Ledger::new();
    let found = ledger.report(home.path()).await.total;
    assert_eq!(found.skipped, []);
    assert_eq!(found.tool_calls_with_result, report.total.tool_calls_with_result);
    assert_eq!(found.commands_exit_zero, report.total.commands_exit_zero);
}

#[tokio::test]
async fn a_column_without_which_nothing_can_be_told_is_named_and_the_rest_is_read() {
    for (file, table, column) in [
        ("state.db", "sessions", "id"),
        ("state.db", "sessions", "started_at"),
        ("state.db", "messages", "session_id"),
        ("state.db", "messages", "id"),
        ("kanban.db", "task_events", "id"),
        ("verification_evidence.db", "verification_events", "id"),
    ] {
        let told = format!("{file} {table}.{column}");
        let home = bare();
        without_columns(home.path(), file, table, &[column]).await;
        let ledger = Ledger::new();
        let (mut reader, _) = ledger.import(home.path()).await;
        let found = reader.report(&ledger).await.unwrap().total;
        assert_eq!(found.skipped.len(), 1, "{told}: {:?}", found.skipped);
        assert_eq!(found.skipped[0].place, file, "{told}");
        assert!(found.skipped[0].reason.contains(column), "{told}: {:?}", found.skipped);
        assert_eq!((found.cron_jobs, found.projects), (5, 3), "{told}");
        assert_eq!(ledger.finish(&mut reader).await, 0, "{told}");
    }
}

#[tokio::test]
async fn events_that_do_not_say_when_are_told_one_by_one_and_the_cards_are_read() {
    let (report, _) = whole().await;
    let home = bare();
    without_columns(home.path(), "kanban.db", "task_events", &["created_at"]).await;
    let found = Ledger::new().report(home.path()).await.total;
    assert_eq!(found.kanban_tasks, report.total.kanban_tasks);
    assert_eq!(found.skipped[0].place, "kanban.db task_events.id=1");
    assert_eq!(found.skipped[0].reason, "without a time");
}

#[tokio::test]
async fn a_table_that_is_missing_beside_others_is_none_to_be_told() {
    let (_, dump) = whole().await;
    // They are newer than the tables that matter, and hold nothing in the recorded home.
    let home = bare();
    sql(home.path(), "kanban.db", "drop table task_comments; drop table task_links").await;
    sql(home.path(), "verification_evidence.db", "drop table verification_state").await;
    sql(home.path(), "state.db", "drop table session_model_usage; drop table async_delegations").await;
    let ledger = Ledger::new();
    let report = ledger.report(home.path()).await;
    assert_eq!(report.total.skipped, []);
    same(&ledger.dump().await, dump, "without tables that are not read");
}

#[tokio::test]
async fn columns_and_tables_of_a_newer_version_change_nothing() {
    let (report, dump) = whole().await;
    let home = bare();
    for (file, table) in [
        ("state.db", "sessions"),
        ("state.db", "messages"),
        ("kanban.db", "tasks"),
        ("kanban.db", "task_runs"),
        ("kanban.db", "task_events"),
        ("projects.db", "projects"),
        ("verification_evidence.db", "verification_events"),
        ("cron/executions.db", "executions"),
    ] {
        let statements = format!(
            "alter table {table} add column of_tomorrow text default 'x'; create table of_{table} (x); \
             insert into of_{table} values (1)"
        );
        sql(home.path(), file, &statements).await;
    }
    sql(home.path(), "state.db", "update schema_version set version = 99").await;
    let ledger = Ledger::new();
    let (mut reader, _) = ledger.import(home.path()).await;
    same(&ledger.dump().await, dump, "newer");
    assert_eq!(&reader.report(&ledger).await.unwrap(), report);
    let status = reader.status();
    let state = status.files.iter().find(|file| file.path == "state.db").unwrap();
    assert_eq!(state.schema.as_deref(), Some("99"));
}

/// How often a word that is not known was counted, at that place.
fn counted(reader: &hermes_home::Reader, place: &str, kind: &str) -> u64 {
    let status = reader.status();
    let found: Vec<u64> = status
        .unknown
        .iter()
        .filter(|unknown| unknown.place == place && unknown.kind == kind)
        .map(|unknown| unknown.count)
        .collect();
    assert!(found.len() < 2, "{place} {kind} stands there twice");
    found.first().copied().unwrap_or(0)
}

#[tokio::test]
async fn words_of_a_newer_version_are_counted_and_stop_nothing() {
    let (report, _) = whole().await;
    let home = bare();
    widen(home.path()).await;
    sql(
        home.path(),
        "state.db",
        "update messages set finish_reason = 'pondered' where id in \
         (select id from messages where finish_reason = 'stop' order by id limit 3); \
         insert into messages (session_id, role, content, timestamp) \
         select id, 'narrator', 'Meanwhile', started_at + 1 from sessions order by id limit 2",
    )
    .await;
    sql(
        home.path(),
        "kanban.db",
        "update tasks set status = 'dreaming' where id = (select min(id) from tasks); \
         insert into task_events (task_id, kind, created_at) select id, 'levitated', created_at from tasks",
    )
    .await;
    sql(home.path(), "cron/executions.db", "update executions set status = 'adrift' where status = 'failed'")
        .await;

    let ledger = Ledger::new();
    let (mut reader, _) = ledger.import(home.path()).await;
    let all = |reader: &hermes_home::Reader| {
        [
            counted(reader, "state.db messages.finish_reason", "pondered"),
            counted(reader, "state.db messages.role", "narrator"),
            counted(reader, "kanban.db tasks.status", "dreaming"),
            counted(reader, "kanban.db task_events.kind", "levitated"),
            counted(reader, "cron/executions.db executions.status", "adrift"),
        ]
    };
    assert_eq!(all(&reader), [3, 2, 1, 7, 1], "{:#?}", reader.status().unknown);
    let found = reader.report(&ledger).await.unwrap().total;
    assert_eq!(found.skipped, []);
    assert_eq!(found.messages, report.total.messages + 2);
    assert_eq!(found.kanban_tasks["dreaming"], 1);
    assert_eq!(found.cron_executions["adrift"], 1);
    assert_eq!(found.tool_calls_with_result, report.total.tool_calls_with_result);

    // Looking again counts nothing twice, nor does another process.
    ledger.finish(&mut reader).await;
    assert_eq!(all(&reader), [3, 2, 1, 7, 1]);
    let (again, accepted) = ledger.import(home.path()).await;
    assert_eq!((all(&again), accepted), ([3, 2, 1, 7, 1], 0));
}

/// Lets executions have any status, as a newer version may.
async fn widen(home: &Path) {
    without_columns(home, "cron/executions.db", "executions", &[]).await;
}
