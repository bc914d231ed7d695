//! Deleting what is too old: ended tasks in the order of an index, some in a transaction, so that the writer is never
//! held up for long.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::{
    decision::Subject,
    fold::{Key, Ledger},
    id::{EventId, RunId, TaskId},
    stamp::Stamp,
    task::TaskStatus,
};
use sqlx::{Row, SqliteConnection};
use store::{Prune, PrunePlace, Pruned, Result, StoreError};

use crate::{
    error::{json, sql},
    failures, meta,
    rollups::Rollups,
    rows,
    time::{from_micros, micros},
};

/// Places of the log that are deleted at most with one step.
const LOG_STEP: i64 = 20_000;

/// How many tasks have ended before then.
pub(crate) async fn ended_before(conn: &mut SqliteConnection, at: DateTime<Utc>) -> Result<u64> {
    let count: i64 =
        sqlx::query_scalar("select count(*) from tasks where status in (3, 4, 5, 6) and ended_at < ?")
            .bind(micros(at))
            .fetch_one(conn)
            .await
            .map_err(sql)?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// One step, in a transaction of its own.
pub(crate) async fn prune(conn: &mut SqliteConnection, prune: &Prune, limit: usize) -> Result<Pruned> {
    let Some(before) = prune.events.max(prune.tasks) else { return Ok(Pruned::default()) };
    let mut transaction = sqlx::Connection::begin_with(conn, "begin immediate").await.map_err(sql)?;
    let conn = &mut *transaction;
    let mut places = places(conn, before, prune.after.as_ref(), limit + 1).await?;
    let more = places.len() > limit;
    places.truncate(limit);
    let next = places.last().filter(|_| more).cloned();
    let mut pruned = Pruned { next, ..Pruned::default() };
    let kept = kept(conn).await?;
    let (mut whole, mut stripped) = (BTreeSet::new(), BTreeSet::new());
    for (_, ended, id) in places.into_iter().filter(|(.., id)| !kept.contains(id)) {
        if prune.tasks.is_some_and(|before| ended < before) {
            whole.insert(id);
        } else if prune.events.is_some_and(|before| ended < before) {
            stripped.insert(id);
        }
    }
    let keys = keys(conn, &whole, &stripped).await?;
    let before = rows::load(conn, &keys).await?;
    let after = without(&before, &whole, &mut pruned);
    if pruned.tasks + pruned.events + pruned.runs > 0 {
        failures::save(conn, &keys, &before, &after).await?;
        Rollups::between(&keys, &before, &after).save(conn, &keys).await?;
        delete(conn, &whole, &stripped).await?;
        cut_log(conn).await?;
    }
    sqlx::query("delete from changes where seq <= ? and seq < (select min(seq) from changes) + ?")
        .bind(i64::try_from(meta::number(conn, meta::FLOOR).await?).unwrap_or(i64::MAX))
        .bind(LOG_STEP)
        .execute(&mut *conn)
        .await
        .map_err(sql)?;
    transaction.commit().await.map_err(sql)?;
    Ok(pruned)
}

/// Tasks that ended before then, after that place, in its order.
async fn places(
    conn: &mut SqliteConnection,
    before: DateTime<Utc>,
    after: Option<&PrunePlace>,
    limit: usize,
) -> Result<Vec<PrunePlace>> {
    let mut places = Vec::new();
    for status in TaskStatus::ALL.iter().filter(|status| !status.is_open()) {
        let (at, id) = match after {
            Some((last, ..)) if status < last => continue,
            Some((last, at, id)) if status == last => (micros(*at), id.as_str()),
            _ => (i64::MIN, ""),
        };
        let rows = sqlx::query(
            "select ended_at, id from tasks where status = ? and ended_at < ? and (ended_at, id) > (?, ?) \
             order by ended_at, id limit ?",
        )
        .bind(*status as i64)
        .bind(micros(before))
        .bind(at)
        .bind(id)
        .bind(i64::try_from(limit - places.len()).unwrap_or(i64::MAX))
        .fetch_all(&mut *conn)
        .await
        .map_err(sql)?;
        for row in rows {
            places.push((*status, from_micros(row.get(0)), task(row.get::<&str, _>(1))?));
        }
        if places.len() >= limit {
            break;
        }
    }
    Ok(places)
}

/// Tasks that stay whatever their age: those on which a decision is in force, and that of the newest event.
async fn kept(conn: &mut SqliteConnection) -> Result<BTreeSet<TaskId>> {
    let mut kept = BTreeSet::new();
    let subjects: Vec<String> =
        sqlx::query_scalar("select distinct subject from decisions where subject is not null")
            .fetch_all(&mut *conn)
            .await
            .map_err(sql)?;
    for subject in subjects {
        if let Subject::Task(id) = serde_json::from_str(&subject).map_err(json)? {
            kept.insert(id);
        }
    }
    if let Some(last) = meta::text(conn, meta::LAST_EVENT).await? {
        let (_, event): (Stamp, String) = serde_json::from_str(&last).map_err(json)?;
        let owner: Option<String> = sqlx::query_scalar("select task from events where id = ?")
            .bind(event)
            .fetch_optional(conn)
            .await
            .map_err(sql)?;
        kept.extend(owner.as_deref().map(task).transpose()?);
    }
    Ok(kept)
}

/// The rows that are deleted or changed.
async fn keys(
    conn: &mut SqliteConnection,
    whole: &BTreeSet<TaskId>,
    stripped: &BTreeSet<TaskId>,
) -> Result<Vec<Key>> {
    let corrupt = |error: domain::id::BadId| StoreError::Corrupt(error.to_string());
    let mut keys: Vec<Key> = whole.iter().cloned().map(Key::Task).collect();
    let events: Vec<String> =
        sqlx::query_scalar("select id from events where task in (select value from json_each(?))")
            .bind(list(whole.iter().chain(stripped))?)
            .fetch_all(&mut *conn)
            .await
            .map_err(sql)?;
    for id in events {
        keys.push(Key::Event(EventId::new(id).map_err(corrupt)?));
    }
    for (of, with) in [(whole, "true"), (stripped, "json_type(row, '$.logs') is not null")] {
        let text = format!("select id from runs where task in (select value from json_each(?)) and {with}");
        let runs: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(text))
            .bind(list(of.iter())?)
            .fetch_all(&mut *conn)
            .await
            .map_err(sql)?;
        for id in runs {
            keys.push(Key::Run(RunId::new(id).map_err(corrupt)?));
        }
    }
    Ok(keys)
}

/// What is left of those rows.
fn without(before: &Ledger, whole: &BTreeSet<TaskId>, pruned: &mut Pruned) -> Ledger {
    let mut after = Ledger { merges: before.merges.clone(), ..Ledger::default() };
    for (id, run) in &before.runs {
        if !run.task_id.as_ref().is_some_and(|task| whole.contains(task)) {
            let mut run = run.clone();
            run.logs = None;
            after.runs.insert(id.clone(), run);
        }
    }
    pruned.tasks = before.tasks.len() as u64;
    pruned.events = before.events.len() as u64;
    pruned.runs = before.runs.len() as u64;
    after
}

async fn delete(
    conn: &mut SqliteConnection,
    whole: &BTreeSet<TaskId>,
    stripped: &BTreeSet<TaskId>,
) -> Result<()> {
    let all = list(whole.iter().chain(stripped))?;
    let (whole, stripped) = (list(whole.iter())?, list(stripped.iter())?);
    for (statement, of) in [
        (
            "delete from task_words where rowid in \
             (select key from tasks where id in (select value from json_each(?)))",
            &whole,
        ),
        (
            "delete from detail_words where rowid in \
             (select key from tasks where id in (select value from json_each(?)))",
            &whole,
        ),
        (
            "delete from event_words where rowid in \
             (select key from events where task in (select value from json_each(?)))",
            &all,
        ),
        // Those of logs: what is stripped loses the words with the text.
        (
            "delete from run_words where rowid in \
             (select key from runs where task in (select value from json_each(?)))",
            &all,
        ),
        ("delete from events where task in (select value from json_each(?))", &all),
        ("delete from runs where task in (select value from json_each(?))", &whole),
        (
            "update runs set row = json_remove(row, '$.logs') where task in (select value from json_each(?)) \
             and json_type(row, '$.logs') is not null",
            &stripped,
        ),
        ("delete from tasks where id in (select value from json_each(?))", &whole),
    ] {
        sqlx::query(statement).bind(of).execute(&mut *conn).await.map_err(sql)?;
    }
    Ok(())
}

/// Readers that are behind see by the floor that they are; the log goes with the next steps.
async fn cut_log(conn: &mut SqliteConnection) -> Result<()> {
    let seq = meta::number(conn, meta::SEQ).await? + 1;
    meta::set_number(conn, meta::SEQ, seq).await?;
    meta::set_number(conn, meta::FLOOR, seq).await
}

fn list<'a>(ids: impl Iterator<Item = &'a TaskId>) -> Result<String> {
    serde_json::to_string(&ids.map(TaskId::as_str).collect::<Vec<_>>()).map_err(json)
}

fn task(id: impl AsRef<str>) -> Result<TaskId> {
    TaskId::new(id).map_err(|error| StoreError::Corrupt(error.to_string()))
}
