//! The words of a search in everything: of a task's description, summary and result, of events, and of runs' logs.
//!
//! Each text has an entry of its own, by the key of its row, so that an event costs its own words and not those of its
//! task again. An entry is written when its words change, in the transaction that changes the row; a task that turned
//! out to be another takes its events and runs along without a write here.

use std::collections::HashMap;

use domain::{
    event::EventRecord,
    fold::{Key, Ledger},
    query::{detail_tokens, event_tokens, run_tokens},
    run::RunRecord,
    task::TaskRecord,
};
use sqlx::{Row, SqliteConnection};
use store::Result;

use crate::{
    error::{json, sql},
    meta,
    rows::{decode, insert},
};

/// The tables of words, of rows that have them.
#[derive(Debug, Clone, Copy)]
struct Table {
    keys: &'static str,
    forget: &'static str,
    into: &'static str,
}

const DETAILS: Table = Table {
    keys: "select id, key from tasks where id in (select value from json_each(?))",
    forget: "delete from detail_words where rowid in (select value from json_each(?))",
    into: "insert into detail_words (rowid, words)",
};
const EVENTS: Table = Table {
    keys: "select id, key from events where id in (select value from json_each(?))",
    forget: "delete from event_words where rowid in (select value from json_each(?))",
    into: "insert into event_words (rowid, words)",
};
const RUNS: Table = Table {
    keys: "select id, key from runs where id in (select value from json_each(?))",
    forget: "delete from run_words where rowid in (select value from json_each(?))",
    into: "insert into run_words (rowid, words)",
};

/// What of a row's words changed.
struct Reworded<'a> {
    id: &'a str,
    /// Whether it had words before.
    had: bool,
    words: String,
}

impl<'a> Reworded<'a> {
    /// `None` where the words stay as they are.
    fn between(id: &'a str, old: Option<String>, words: String) -> Option<Self> {
        let old = old.unwrap_or_default();
        (old != words).then_some(Self { id, had: !old.is_empty(), words })
    }
}

/// Saves the words of the touched rows of `after`, which have their keys already.
pub(crate) async fn save(
    conn: &mut SqliteConnection,
    touched: &[Key],
    before: &Ledger,
    after: &Ledger,
) -> Result<()> {
    let (mut details, mut events, mut runs) = (Vec::new(), Vec::new(), Vec::new());
    for key in touched {
        match key {
            Key::Task(id) => {
                let (old, Some(new)) = (before.tasks.get(id), after.tasks.get(id)) else { continue };
                if old.is_none_or(|old| details_differ(old, new)) {
                    details.extend(Reworded::between(id.as_str(), old.map(of_details), of_details(new)));
                }
            }
            Key::Event(id) => {
                let (old, Some(new)) = (before.events.get(id), after.events.get(id)) else { continue };
                if old.is_none_or(|old| old.stamp != new.stamp) {
                    events.extend(Reworded::between(id.as_str(), old.map(of_event), of_event(new)));
                }
            }
            Key::Run(id) => {
                let (old, Some(new)) = (before.runs.get(id), after.runs.get(id)) else { continue };
                if old.is_none_or(|old| old.logs != new.logs) {
                    runs.extend(Reworded::between(id.as_str(), old.map(of_run), of_run(new)));
                }
            }
            _ => {}
        }
    }
    put(conn, DETAILS, &details).await?;
    put(conn, EVENTS, &events).await?;
    put(conn, RUNS, &runs).await
}

/// Forgets the words of a task that is no more, before its row goes.
pub(crate) async fn forget(conn: &mut SqliteConnection, task: &TaskRecord) -> Result<()> {
    if of_details(task).is_empty() {
        return Ok(());
    }
    sqlx::query("delete from detail_words where rowid = (select key from tasks where id = ?)")
        .bind(task.id.as_str())
        .execute(conn)
        .await
        .map_err(sql)?;
    Ok(())
}

async fn put(conn: &mut SqliteConnection, table: Table, rows: &[Reworded<'_>]) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let ids: Vec<&str> = rows.iter().map(|row| row.id).collect();
    let found = sqlx::query(table.keys)
        .bind(serde_json::to_string(&ids).map_err(json)?)
        .fetch_all(&mut *conn)
        .await
        .map_err(sql)?;
    let keys: HashMap<String, i64> = found.iter().map(|row| (row.get(0), row.get(1))).collect();
    let key = |row: &Reworded<'_>| keys.get(row.id).copied();
    let known: Vec<i64> = rows.iter().filter(|row| row.had).filter_map(key).collect();
    if !known.is_empty() {
        sqlx::query(table.forget)
            .bind(serde_json::to_string(&known).map_err(json)?)
            .execute(&mut *conn)
            .await
            .map_err(sql)?;
    }
    let worded = rows.iter().filter(|row| !row.words.is_empty());
    let new: Vec<(i64, &str)> = worded.filter_map(|row| Some((key(row)?, row.words.as_str()))).collect();
    insert(conn, table.into, "", &new, |mut row, (key, words)| {
        row.push_bind(key).push_bind(*words);
    })
    .await
}

/// Whether the two have other details: the fields that [`detail_tokens`] reads.
fn details_differ(a: &TaskRecord, b: &TaskRecord) -> bool {
    a.description != b.description || a.summary != b.summary || a.result != b.result
}

pub(crate) fn of_details(task: &TaskRecord) -> String {
    detail_tokens(task).join(" ")
}

pub(crate) fn of_event(record: &EventRecord) -> String {
    event_tokens(&record.event).join(" ")
}

pub(crate) fn of_run(run: &RunRecord) -> String {
    run_tokens(run).join(" ")
}

/// How many rows are read at a time while words are made for what an earlier version stored.
const PART: i64 = 2_000;

/// A table whose rows an earlier version stored: the name of the mark up to which words were made, and how to go on.
struct Unworded {
    mark: &'static str,
    select: &'static str,
    put: &'static str,
    words: fn(&str) -> Result<String>,
}

const UNWORDED: [Unworded; 3] = [
    Unworded {
        mark: "unworded_tasks",
        select: "select key, row from tasks where key < ? order by key desc limit ?",
        put: "insert or replace into detail_words (rowid, words) values (?, ?)",
        words: |row| Ok(of_details(&decode(row)?)),
    },
    Unworded {
        mark: "unworded_events",
        select: "select key, row from events where key < ? order by key desc limit ?",
        put: "insert or replace into event_words (rowid, words) values (?, ?)",
        words: |row| Ok(of_event(&decode(row)?)),
    },
    Unworded {
        mark: "unworded_runs",
        select: "select key, row from runs where key < ? order by key desc limit ?",
        put: "insert or replace into run_words (rowid, words) values (?, ?)",
        words: |row| Ok(of_run(&decode(row)?)),
    },
];

/// Makes the words of rows that an earlier version stored, which the migration marked. Costs one look where there are
/// none. Each part is a transaction of its own, so an end in between is no harm.
pub(crate) async fn fill(conn: &mut SqliteConnection) -> Result<()> {
    for table in UNWORDED {
        loop {
            // A mark is one above the highest key without words, so that 0 is "no mark".
            let mark = meta::number(conn, table.mark).await?;
            if mark == 0 {
                break;
            }
            tracing::info!(table.mark, rows = mark, "making the words of stored rows");
            fill_part(conn, &table).await?;
        }
    }
    Ok(())
}

async fn fill_part(conn: &mut SqliteConnection, table: &Unworded) -> Result<()> {
    let mut transaction = sqlx::Connection::begin_with(conn, "begin immediate").await.map_err(sql)?;
    let mark = meta::number(&mut transaction, table.mark).await?;
    let rows = sqlx::query(table.select)
        .bind(i64::try_from(mark).unwrap_or(i64::MAX))
        .bind(PART)
        .fetch_all(&mut *transaction)
        .await
        .map_err(sql)?;
    let mut lowest = 0;
    for row in &rows {
        lowest = row.get(0);
        let words = (table.words)(row.get(1))?;
        if !words.is_empty() {
            sqlx::query(table.put).bind(lowest).bind(words).execute(&mut *transaction).await.map_err(sql)?;
        }
    }
    let next = u64::try_from(lowest).unwrap_or(0);
    meta::set_number(&mut transaction, table.mark, if rows.is_empty() { 0 } else { next }).await?;
    transaction.commit().await.map_err(sql)
}
