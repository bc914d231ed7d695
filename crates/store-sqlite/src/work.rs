//! What workers did, from roll-ups and from the ends of indexes.

mod fill;
mod slots;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::{
    event::{Event, EventRecord},
    facts::work::{
        FAILING, MAX_WORKERS, TOOL_TASKS, ToolUse, Work, WorkKey, WorkKind, WorkSlot, WorkSpan, Worker,
        of_event,
    },
    id::AgentId,
    task::TaskStatus,
};
use sqlx::{Row, SqliteConnection};
use store::Result;

pub(crate) use self::{fill::fill, slots::WorkChanges};
use crate::{
    error::{json, sql},
    rows::decode,
    time::{from_micros, micros},
};

/// What the workers that are asked for did, or those with the most work.
pub(crate) async fn work(
    conn: &mut SqliteConnection,
    span: WorkSpan,
    of: Option<&[WorkKey]>,
) -> Result<Work> {
    let mut transaction = sqlx::Connection::begin(conn).await.map_err(sql)?;
    let conn = &mut *transaction;
    let mut work = Work::default();
    for (kind, known) in WorkKind::ALL.iter().zip(&mut work.known) {
        let count: i64 = sqlx::query_scalar("select count(*) from worker_totals where kind = ?")
            .bind(*kind as i64)
            .fetch_one(&mut *conn)
            .await
            .map_err(sql)?;
        *known = number(count);
        for (name, total) in totals(conn, *kind, of).await? {
            let key = WorkKey { kind: *kind, name };
            work.workers.push(worker(conn, key, total, span).await?);
        }
    }
    Ok(work)
}

/// The workers of a kind with how often each was called, the most first.
async fn totals(
    conn: &mut SqliteConnection,
    kind: WorkKind,
    of: Option<&[WorkKey]>,
) -> Result<Vec<(String, u64)>> {
    let rows = match of {
        None => {
            let first =
                "select name, total from worker_totals where kind = ? order by total desc, name limit ?";
            sqlx::query(first)
                .bind(kind as i64)
                .bind(i64::try_from(MAX_WORKERS).unwrap_or(i64::MAX))
                .fetch_all(conn)
                .await
        }
        Some(of) => {
            let names: BTreeSet<&str> =
                of.iter().filter(|key| key.kind == kind).map(|key| key.name.as_str()).collect();
            let named = "select name, total from worker_totals where kind = ? \
                         and name in (select value from json_each(?)) order by total desc, name";
            let names = serde_json::to_string(&names).map_err(json)?;
            sqlx::query(named).bind(kind as i64).bind(names).fetch_all(conn).await
        }
    };
    Ok(rows.map_err(sql)?.iter().map(|row| (row.get(0), number(row.get(1)))).collect())
}

async fn worker(conn: &mut SqliteConnection, key: WorkKey, total: u64, span: WorkSpan) -> Result<Worker> {
    let rows = sqlx::query(
        "select at, calls, failures, timed, duration_ms, latency from worker_slots \
         where kind = ? and name = ? and at between ? and ? order by at",
    )
    .bind(key.kind as i64)
    .bind(&key.name)
    .bind(micros(span.since))
    .bind(micros(span.until))
    .fetch_all(&mut *conn)
    .await
    .map_err(sql)?;
    let slots = rows.iter().map(|row| Ok((from_micros(row.get(0)), slots::read(row, 1)?)));
    let slots = slots.collect::<Result<Vec<(DateTime<Utc>, WorkSlot)>>>()?;
    let last = async |conn: &mut SqliteConnection, worked: bool| {
        let at: Option<i64> = sqlx::query_scalar(last_of(key.kind))
            .bind(&key.name)
            .bind(outcome(key.kind, worked))
            .bind(micros(span.until))
            .fetch_one(conn)
            .await
            .map_err(sql)?;
        Result::Ok(at)
    };
    let (worked_at, failed_at) = (last(conn, true).await?, last(conn, false).await?);
    let failing_since: Option<i64> = sqlx::query_scalar(failures_since(key.kind))
        .bind(&key.name)
        .bind(outcome(key.kind, false))
        .bind(worked_at.unwrap_or(i64::MIN))
        .bind(micros(span.until))
        .bind(i64::try_from(FAILING - 1).unwrap_or(i64::MAX))
        .fetch_optional(conn)
        .await
        .map_err(sql)?;
    Ok(Worker {
        key,
        total,
        slots,
        worked_at: worked_at.map(from_micros),
        failed_at: failed_at.map(from_micros),
        failing_since: failing_since.map(from_micros),
    })
}

// The columns' `is not null` stand in the text: only so SQLite knows that the short indexes will do.

/// When work of that outcome was last done.
fn last_of(kind: WorkKind) -> &'static str {
    match kind {
        WorkKind::Task => {
            "select max(ended_at) from tasks where agent is not null and agent = ? and status = ? and ended_at <= ?"
        }
        WorkKind::Call => {
            "select max(ordered_at) from events where outcome is not null and tool = ? and outcome = ? and ordered_at <= ?"
        }
        WorkKind::Run => {
            "select max(ended_at) from runs where worked is not null and model = ? and worked = ? and ended_at <= ?"
        }
    }
}

/// When the work of that outcome was done that comes at a place, from the latest, of that after a time.
fn failures_since(kind: WorkKind) -> &'static str {
    match kind {
        WorkKind::Task => {
            "select ended_at from tasks where agent is not null and agent = ? and status = ? and ended_at > ? \
             and ended_at <= ? order by ended_at desc limit 1 offset ?"
        }
        WorkKind::Call => {
            "select ordered_at from events where outcome is not null and tool = ? and outcome = ? and ordered_at > ? \
             and ordered_at <= ? order by ordered_at desc limit 1 offset ?"
        }
        WorkKind::Run => {
            "select ended_at from runs where worked is not null and model = ? and worked = ? and ended_at > ? \
             and ended_at <= ? order by ended_at desc limit 1 offset ?"
        }
    }
}

/// How an outcome stands in the tables: a task by its status, the others by whether they worked.
fn outcome(kind: WorkKind, worked: bool) -> i64 {
    match kind {
        WorkKind::Task if worked => TaskStatus::Completed as i64,
        WorkKind::Task => TaskStatus::Failed as i64,
        WorkKind::Call | WorkKind::Run => worked.into(),
    }
}

/// The events that tell of failed calls of a tool, the newest first.
pub(crate) async fn failed_calls(
    conn: &mut SqliteConnection,
    tool: &str,
    limit: usize,
) -> Result<Vec<Event>> {
    let rows = sqlx::query(
        "select row from events where outcome is not null and tool = ? and outcome = 0 \
         order by ordered_at desc, id limit ?",
    )
    .bind(tool)
    .bind(i64::try_from(limit).unwrap_or(i64::MAX))
    .fetch_all(conn)
    .await
    .map_err(sql)?;
    rows.iter().map(|row| Ok(decode::<EventRecord>(row.get(0))?.event)).collect()
}

/// The tools that an agent called in the tasks that a line spoke of last.
pub(crate) async fn tools_of(conn: &mut SqliteConnection, agent: &AgentId) -> Result<Vec<ToolUse>> {
    let rows = sqlx::query(
        "select events.row from (select id from tasks where agent is not null and agent = ? \
             order by activity_at desc, id limit ?) as own \
         join events on events.task = own.id where events.tool is not null",
    )
    .bind(agent.as_str())
    .bind(i64::try_from(TOOL_TASKS).unwrap_or(i64::MAX))
    .fetch_all(conn)
    .await
    .map_err(sql)?;
    let records = rows.iter().map(|row| decode::<EventRecord>(row.get(0)));
    let records = records.collect::<Result<Vec<_>>>()?;
    Ok(ToolUse::list(records.iter().filter_map(of_event)))
}

fn number(value: i64) -> u64 {
    u64::try_from(value).unwrap_or(0)
}
