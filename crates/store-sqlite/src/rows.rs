//! Rows: from the tables into a ledger and back.

pub(crate) mod columns;
mod save;

use domain::{
    change::Row,
    fold::{Key, Ledger},
    task::TaskRecord,
};
use serde::de::DeserializeOwned;
use sqlx::{Row as _, Sqlite, SqliteConnection, query_builder::Separated};
use store::Result;

pub(crate) use self::save::save;
use crate::error::{json, sql};

/// The kind of a row in the log, and its identity there.
pub(crate) fn reference(key: &Key) -> (i64, &str) {
    match key {
        Key::Product(id) => (0, id.as_str()),
        Key::Task(id) => (1, id.as_str()),
        Key::Event(id) => (2, id.as_str()),
        Key::Run(id) => (3, id.as_str()),
        Key::Agent(id) => (4, id.as_str()),
        Key::Job(id) => (5, id.as_str()),
        Key::TaskMerged(from) => (6, from.as_str()),
    }
}

/// How the rows of each kind are read by identity, in the order of [`reference`]'s kinds.
const SELECTS: [&str; 7] = [
    "select row from products where id in (select value from json_each(?))",
    "select row from tasks where id in (select value from json_each(?))",
    "select row from events where id in (select value from json_each(?))",
    "select row from runs where id in (select value from json_each(?))",
    "select row from agents where id in (select value from json_each(?))",
    "select row from jobs where id in (select value from json_each(?))",
    "select json_object('from', from_id, 'into', into_id) from task_merges \
     where from_id in (select value from json_each(?))",
];

/// Loads the rows of those names, as far as they exist.
pub(crate) async fn load(conn: &mut SqliteConnection, keys: &[Key]) -> Result<Ledger> {
    let mut ledger = Ledger::default();
    let mut ids: [Vec<&str>; 7] = Default::default();
    for key in keys {
        let (kind, id) = reference(key);
        ids[usize::try_from(kind).unwrap_or(0)].push(id);
    }
    for ((select, ids), decode) in SELECTS.into_iter().zip(ids).zip(DECODE) {
        if ids.is_empty() {
            continue;
        }
        let ids = serde_json::to_string(&ids).map_err(json)?;
        for row in sqlx::query(select).bind(ids).fetch_all(&mut *conn).await.map_err(sql)? {
            match decode(row.get(0))? {
                // The other rows that were loaded know of it already.
                Row::TaskMerged(merged) => drop(ledger.merges.insert(merged.from, merged.into)),
                row => ledger.put(row),
            }
        }
    }
    Ok(ledger)
}

/// The tasks that were merged into others between the two.
pub(crate) fn gone<'a>(before: &'a Ledger, after: &'a Ledger) -> impl Iterator<Item = &'a TaskRecord> {
    before.tasks.values().filter(|task| !after.tasks.contains_key(&task.id))
}

/// How the rows of each kind are decoded, in the order of [`reference`]'s kinds.
const DECODE: [fn(&str) -> Result<Row>; 7] = [
    |text| Ok(Row::Product(decode(text)?)),
    |text| Ok(Row::Task(decode(text)?)),
    |text| Ok(Row::Event(decode(text)?)),
    |text| Ok(Row::Run(decode(text)?)),
    |text| Ok(Row::Agent(decode(text)?)),
    |text| Ok(Row::Job(decode(text)?)),
    |text| Ok(Row::TaskMerged(decode(text)?)),
];

/// A row's JSON.
pub(crate) fn decode<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(json)
}

/// How many rows one statement inserts: few different sizes, so that few statements are prepared, once each.
const SIZES: [usize; 3] = [256, 16, 1];

/// Inserts rows, many a statement. `conflict` is the statement's `on conflict …`, if any.
pub(crate) async fn insert<'a, T>(
    conn: &mut SqliteConnection,
    into: &'static str,
    conflict: &'static str,
    rows: &'a [T],
    bind: impl Fn(Separated<'_, Sqlite, &'static str>, &'a T),
) -> Result<()> {
    let mut rest = rows;
    for size in SIZES {
        while rest.len() >= size {
            let (some, others) = rest.split_at(size);
            rest = others;
            let mut builder = sqlx::QueryBuilder::<Sqlite>::new(into);
            builder.push(" ");
            builder.push_values(some, &bind);
            builder.push(" ").push(conflict);
            builder.build().execute(&mut *conn).await.map_err(sql)?;
        }
    }
    Ok(())
}
