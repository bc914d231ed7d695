//! Tasks that turned out to be others.

use std::collections::{BTreeSet, HashMap};

use domain::{
    fold::{Key, keys},
    id::{EventId, RunId, TaskId},
    telemetry::{Body, Telemetry},
};
use sqlx::{Row, SqliteConnection};
use store::{Result, StoreError};

use crate::error::{json, sql};

/// Which tasks those that the lines name turned out to be, of those that did. Nearly free where none ever did.
pub(crate) async fn of_lines(
    conn: &mut SqliteConnection,
    lines: impl Iterator<Item = &Telemetry>,
) -> Result<HashMap<TaskId, TaskId>> {
    let any: bool = sqlx::query_scalar("select exists (select 1 from task_merges)")
        .fetch_one(&mut *conn)
        .await
        .map_err(sql)?;
    if !any {
        return Ok(HashMap::new());
    }
    let named = lines.flat_map(keys).flatten();
    let named: BTreeSet<TaskId> =
        named.filter_map(|key| if let Key::Task(id) = key { Some(id) } else { None }).collect();
    let ids = serde_json::to_string(&named).map_err(json)?;
    let rows = sqlx::query(
        "select from_id, into_id from task_merges where from_id in (select value from json_each(?))",
    )
    .bind(ids)
    .fetch_all(conn)
    .await
    .map_err(sql)?;
    rows.iter().map(|row| Ok((task(row.get(0))?, task(row.get(1))?))).collect()
}

/// The rows that must be there before the lines are merged. `merges` are those of [`of_lines`].
pub(crate) async fn needed(
    conn: &mut SqliteConnection,
    lines: &[&Telemetry],
    merges: &HashMap<TaskId, TaskId>,
) -> Result<BTreeSet<Key>> {
    let meant = |key: Key| match key {
        Key::Task(id) => Key::Task(merges.get(&id).cloned().unwrap_or(id)),
        other => other,
    };
    let mut needed: BTreeSet<Key> = lines.iter().flat_map(|line| keys(line)).flatten().map(meant).collect();
    let from = |line: &&Telemetry| {
        if let Body::TaskMerged { from, .. } = &line.body { Some(from.clone()) } else { None }
    };
    let from: BTreeSet<TaskId> = lines.iter().filter_map(from).collect();
    if from.is_empty() {
        return Ok(needed);
    }
    let from = serde_json::to_string(&from).map_err(json)?;
    let corrupt = |error: domain::id::BadId| StoreError::Corrupt(error.to_string());
    for row in sqlx::query("select id from events where task in (select value from json_each(?))")
        .bind(&from)
        .fetch_all(&mut *conn)
        .await
        .map_err(sql)?
    {
        needed.insert(Key::Event(EventId::new(row.get::<&str, _>(0)).map_err(corrupt)?));
    }
    for row in sqlx::query("select id from runs where task in (select value from json_each(?))")
        .bind(&from)
        .fetch_all(conn)
        .await
        .map_err(sql)?
    {
        needed.insert(Key::Run(RunId::new(row.get::<&str, _>(0)).map_err(corrupt)?));
    }
    Ok(needed)
}

/// The task that is meant by `id`: itself, or the one that it turned out to be.
pub(crate) async fn meant(conn: &mut SqliteConnection, id: &TaskId) -> Result<TaskId> {
    let into: Option<String> = sqlx::query_scalar("select into_id from task_merges where from_id = ?")
        .bind(id.as_str())
        .fetch_optional(conn)
        .await
        .map_err(sql)?;
    into.map_or_else(|| Ok(id.clone()), |into| task(&into))
}

/// Keeps a merge, and brings those that ended at `from` to the end of their chain.
pub(crate) async fn save(conn: &mut SqliteConnection, from: &TaskId, into: &TaskId) -> Result<()> {
    sqlx::query("update task_merges set into_id = ? where into_id = ?")
        .bind(into.as_str())
        .bind(from.as_str())
        .execute(&mut *conn)
        .await
        .map_err(sql)?;
    sqlx::query(
        "insert into task_merges (from_id, into_id) values (?, ?) \
         on conflict (from_id) do update set into_id = excluded.into_id",
    )
    .bind(from.as_str())
    .bind(into.as_str())
    .execute(conn)
    .await
    .map_err(sql)?;
    Ok(())
}

fn task(id: &str) -> Result<TaskId> {
    TaskId::new(id).map_err(|error| StoreError::Corrupt(error.to_string()))
}
