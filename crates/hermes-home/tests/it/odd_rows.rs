//! Rows that the agent should not write, but that SQLite would take: wrong types, odd identities, much text.

use std::{fmt::Write as _, path::Path};

use sqlx::{AssertSqlSafe, Connection as _};

use crate::harness::{
    Ledger, copy_of,
    db::{columns, open, sql},
    recorded, same, whole,
};

/// Values that no column is made for.
const VALUES: [&str; 12] = [
    "null",
    "''",
    "'tomorrow'",
    "-1",
    "-1e300",
    "1e300",
    "9e999",
    "9223372036854775807",
    "-9223372036854775808",
    "x'00ff80c3'",
    "cast(x'4a6fff6e' as text)",
    "'<script>alert(1)</script>' || char(10) || '\u{202e}txt.exe' || char(0, 8238, 27)",
];

const TABLES: [(&str, &str); 9] = [
    ("state.db", "sessions"),
    ("state.db", "messages"),
    ("kanban.db", "tasks"),
    ("kanban.db", "task_runs"),
    ("kanban.db", "task_events"),
    ("projects.db", "projects"),
    ("projects.db", "project_folders"),
    ("verification_evidence.db", "verification_events"),
    ("cron/executions.db", "executions"),
];

/// Puts the value into each column of a table, into another row each time. How often it was taken.
async fn strew(home: &Path, file: &str, table: &str, value: &str) -> u64 {
    let names = columns(home, file, table).await;
    let mut conn = open(home, file).await;
    let rows: Vec<i64> =
        sqlx::query_scalar(AssertSqlSafe(format!("select rowid from {table} order by rowid")))
            .fetch_all(&mut conn)
            .await
            .unwrap();
    let mut taken = 0;
    for (index, name) in names.iter().enumerate() {
        let Some(row) = (!rows.is_empty()).then(|| rows[index % rows.len()]) else { break };
        let statement = format!("update {table} set \"{name}\" = {value} where rowid = {row}");
        // Some columns must not be null, or be unique.
        let done = sqlx::query(AssertSqlSafe(statement)).execute(&mut conn).await;
        taken += done.map_or(0, |done| done.rows_affected());
    }
    conn.close().await.unwrap();
    taken
}

#[tokio::test]
async fn any_value_in_any_column_stops_nothing_else() {
    let (report, _) = whole().await;
    for value in VALUES {
        let home = copy_of(&recorded());
        let mut taken = 0;
        for (file, table) in TABLES {
            taken += strew(home.path(), file, table, value).await;
        }
        assert!(taken > 30, "{value}: {taken}");
        let ledger = Ledger::new();
        let (mut reader, _) = ledger.import(home.path()).await;
        let found = reader.report(&ledger).await.unwrap().total;
        // What is skipped is single rows, not whole files.
        assert!(
            found.skipped.iter().all(|skipped| skipped.place.contains(' ')),
            "{value}: {:#?}",
            found.skipped
        );
        assert_eq!(found.cron_jobs, report.total.cron_jobs, "{value}");
        assert!(found.sessions == 20 && found.messages > 100, "{value}: {found:#?}");
        assert!(found.kanban_tasks.values().sum::<u64>() >= 6, "{value}: {:?}", found.kanban_tasks);
        assert!(found.cron_executions.values().sum::<u64>() >= 3, "{value}");
        assert_eq!(ledger.finish(&mut reader).await, 0, "{value}");
        let (_, accepted) = ledger.import(home.path()).await;
        assert_eq!(accepted, 0, "{value}: another process finds the same");
    }
}

#[tokio::test]
async fn a_time_that_is_none_is_unknown_and_not_1970() {
    let home = copy_of(&recorded());
    let first = "20261122_171210_64ea03";
    let odd = format!(
        "update sessions set started_at = 'tomorrow' where id = '{first}'; \
         update messages set timestamp = 'soon' where id = (select min(id) from messages where session_id = '{first}')"
    );
    sql(home.path(), "state.db", &odd).await;
    let ledger = Ledger::new();
    ledger.import(home.path()).await;
    let task = ledger.task(&format!("hermes:default:{first}")).await;
    assert_eq!(task.started_at, None);
    for event in ledger.events(task.id.as_str()).await {
        assert!(event.timestamp.to_string().starts_with("2026-"), "{event:?}");
    }
    let task = serde_json::to_string(&task).unwrap();
    assert!(!task.contains("1970"), "{task}");
}

#[tokio::test]
async fn sessions_without_a_start_are_read_however_many_there_are() {
    let dir = tempfile::tempdir().unwrap();
    let plan = hermes_fake::Plan {
        sessions: 130,
        messages_per_session: 4,
        prompt_bytes: 100,
        search: false,
        ..hermes_fake::Plan::new(4, crate::harness::now())
    };
    hermes_fake::home(dir.path(), &plan).await.unwrap();
    let fresh = Ledger::new();
    let messages = fresh.report(dir.path()).await.total.messages;
    for value in ["'soon'", "9e999", "x'61'"] {
        sql(dir.path(), "state.db", &format!("update sessions set started_at = {value}")).await;
        let ledger = Ledger::new();
        let (mut reader, _) = ledger.import(dir.path()).await;
        assert_eq!(reader.report(&ledger).await.unwrap().total.messages, messages, "{value}");
    }
}

#[tokio::test]
async fn odd_identities_stay_apart_and_are_found_again() {
    let odd = [
        "two\nlines".to_owned(),
        "two\rlines".to_owned(),
        "x".repeat(5_000),
        format!("{}y", "x".repeat(4_999)),
        "<img src=x onerror=alert(1)>".to_owned(),
        "\u{202e}gpj.exe".to_owned(),
        "../../etc/passwd".to_owned(),
        "a:b:c".to_owned(),
        " ".to_owned(),
        "'; drop table sessions; --".to_owned(),
    ];
    let home = copy_of(&recorded());
    let mut statements = String::new();
    for id in &odd {
        let id = id.replace('\'', "''");
        write!(
            statements,
            "insert into sessions (id, source, started_at) values ('{id}', 'cli', 1795367000.5); \
             insert into messages (session_id, role, content, timestamp) values ('{id}', 'user', 'Do it', 1795367001.5); \
             insert into messages (session_id, role, content, timestamp, finish_reason) \
             values ('{id}', 'assistant', 'Done', 1795367002.5, 'stop'); "
        )
        .unwrap();
    }
    sql(home.path(), "state.db", &statements).await;
    let mut cards = String::new();
    for id in &odd {
        let id = id.replace('\'', "''");
        write!(
            cards,
            "insert into tasks (id, title, status, created_at) values ('{id}', 'Odd', 'todo', 1795367000); \
             insert into task_events (task_id, kind, created_at) values ('{id}', 'created', 1795367000); "
        )
        .unwrap();
    }
    sql(home.path(), "kanban.db", &cards).await;
    let (report, _) = whole().await;
    let ledger = Ledger::new();
    let (mut reader, _) = ledger.import(home.path()).await;
    let found = reader.report(&ledger).await.unwrap().total;
    assert_eq!(found.skipped, []);
    assert_eq!(found.sessions, report.total.sessions + odd.len() as u64);
    let before: u64 = report.total.tasks.values().sum();
    assert_eq!(found.tasks.values().sum::<u64>(), before + 2 * odd.len() as u64);
    let tasks = ledger.tasks().await;
    assert_eq!(tasks.len() as u64, before + 2 * odd.len() as u64);
    assert_eq!(tasks.iter().filter(|task| task.title == "Do it").count(), odd.len());
    let (_, accepted) = ledger.import(home.path()).await;
    assert_eq!(accepted, 0);
}

#[tokio::test]
async fn a_session_whose_identity_is_no_text_is_told() {
    let home = copy_of(&recorded());
    let rows = "insert into sessions (id, source, started_at) values (cast(x'6162ff' as text), 'cli', 1795367000.5); \
                insert into messages (session_id, role, content, timestamp) \
                values (cast(x'6162ff' as text), 'user', 'Do it', 1795367001.5)";
    sql(home.path(), "state.db", rows).await;
    let ledger = Ledger::new();
    let (mut reader, _) = ledger.import(home.path()).await;
    let found = reader.report(&ledger).await.unwrap().total;
    assert_eq!(found.messages, 149, "rows that are there, read or not");
    let skipped: Vec<&str> = found.skipped.iter().map(|skipped| skipped.place.as_str()).collect();
    assert_eq!(skipped, ["state.db sessions.id=ab\u{fffd}"], "{:?}", found.skipped);
}

#[tokio::test]
async fn calls_that_are_no_json_are_told_with_their_row_and_the_session_is_read() {
    let (report, _) = whole().await;
    let home = copy_of(&recorded());
    for (odd, row) in
        [("'not json'", 10), ("'{}'", 11), ("'[1, null, {}]'", 12), ("'[{\"id\": 5}]'", 13), ("'['", 14)]
    {
        let statement = format!(
            "update messages set tool_calls = {odd} where id = \
             (select id from messages where tool_calls is not null order by id limit 1 offset {row})"
        );
        sql(home.path(), "state.db", &statement).await;
    }
    let ledger = Ledger::new();
    let (mut reader, _) = ledger.import(home.path()).await;
    let found = reader.report(&ledger).await.unwrap().total;
    assert!(!found.skipped.is_empty());
    for skipped in &found.skipped {
        assert!(skipped.place.starts_with("state.db messages.id="), "{skipped:?}");
        assert!(skipped.reason.contains("no list of calls"), "{skipped:?}");
    }
    assert_eq!(found.messages, report.total.messages);
    assert_eq!(found.tool_calls_with_result, report.total.tool_calls_with_result);
    assert_eq!(found.tasks.values().sum::<u64>(), report.total.tasks.values().sum::<u64>());
}

#[tokio::test]
async fn contents_of_1_and_20_megabytes_are_taken_in_part() {
    let (report, _) = whole().await;
    let home = copy_of(&recorded());
    let long = |bytes: usize, role: &str, skip: usize| {
        format!(
            "update messages set content = replace(hex(zeroblob({})), '00', 'lengthy ') where id = \
             (select id from messages where role = '{role}' order by id limit 1 offset {skip})",
            bytes / 8
        )
    };
    for (bytes, role, skip) in [
        (1_000_000, "user", 0),
        (1_000_000, "tool", 3),
        (20_000_000, "tool", 5),
        (20_000_000, "assistant", 8),
        (20_000_000, "user", 2),
    ] {
        sql(home.path(), "state.db", &long(bytes, role, skip)).await;
    }
    let whole_calls = "update messages set tool_calls = '[{\"id\":\"c\",\"function\":{\"name\":\"terminal\",\"arguments\":\"' || \
                       replace(hex(zeroblob(200000)), '00', 'lengthy ') || '\"}}]' where id = \
                       (select id from messages where tool_calls is not null order by id desc limit 1)";
    sql(home.path(), "state.db", whole_calls).await;
    let ledger = Ledger::new();
    let (mut reader, _) = ledger.import(home.path()).await;
    let found = reader.report(&ledger).await.unwrap().total;
    assert_eq!(found.skipped, []);
    assert_eq!((found.sessions, found.messages), (20, 148));
    assert_eq!(found.kanban_tasks, report.total.kanban_tasks);
    let dump = ledger.dump().await;
    let longest = dump.iter().map(String::len).max().unwrap();
    assert!(longest < 100_000, "a row of {longest} bytes");
    let again = Ledger::new();
    again.import(home.path()).await;
    same(&again.dump().await, &dump, "again");
}
