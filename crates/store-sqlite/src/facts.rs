//! Facts, from roll-ups and from the ends of indexes: the cost does not grow with the ledger.

mod gaps;
mod portfolio;

use chrono::{DateTime, Utc};
use domain::{
    event::EventRecord,
    facts::{Ended, Facts, LastEvent, MAX_ROWS, Spans, StatusCounts},
    id::{ProductId, Seq},
    stamp::Stamp,
    task::{Task, TaskRecord, TaskStatus},
};
use sqlx::{Row, SqliteConnection};
use store::{Result, StoreError};

use crate::{
    error::{json, sql},
    lists, meta, registry,
    rows::decode,
    time::{from_micros, micros},
};

/// All facts, of one moment.
pub(crate) async fn facts(conn: &mut SqliteConnection, spans: Spans) -> Result<Facts> {
    let mut transaction = sqlx::Connection::begin(conn).await.map_err(sql)?;
    let conn = &mut *transaction;
    let gaps = gaps::gaps(conn, spans).await?;
    let (stuck_total, stuck) = gaps::stuck(conn, &gaps, spans).await?;
    let mut facts = Facts {
        seq: Seq(meta::number(conn, meta::SEQ).await?),
        counts: counts(conn).await?,
        ended: ended(conn, spans).await?,
        running: first(conn, TaskStatus::Running, "coalesce(priority, 99), activity_at desc, id", MAX_ROWS)
            .await?,
        stuck_total,
        stuck,
        gaps,
        blocked: first(conn, TaskStatus::Blocked, "coalesce(priority, 99), activity_at, id", MAX_ROWS)
            .await?,
        flagged_total: flagged_total(conn, spans).await?,
        flagged: flagged(conn, spans).await?,
        queued: first(conn, TaskStatus::Queued, "coalesce(priority, 99), created_at, id", MAX_ROWS).await?,
        failed: failed(conn, spans).await?,
        recent_failures: recent_failures(conn, spans).await?,
        product_activity: product_activity(conn).await?,
        products: lists::products(conn).await?,
        product_tasks: portfolio::product_tasks(conn, spans).await?,
        last_completed: portfolio::last_completed(conn, spans).await?,
        deeds: portfolio::deeds(conn, spans).await?,
        tape: portfolio::tape(conn, spans).await?,
        last_event: last_event(conn).await?,
        agents: lists::agents(conn).await?,
        jobs: lists::jobs(conn).await?,
    };
    registry::aliases(conn).await?.settle(&mut facts);
    Ok(facts)
}

async fn counts(conn: &mut SqliteConnection) -> Result<StatusCounts> {
    let mut counts = StatusCounts::default();
    for row in sqlx::query("select status, n from status_counts").fetch_all(conn).await.map_err(sql)? {
        *counts.get_mut(status(row.get(0))?) = number(row.get(1));
    }
    Ok(counts)
}

async fn ended(conn: &mut SqliteConnection, spans: Spans) -> Result<Vec<(DateTime<Utc>, Ended)>> {
    let rows = sqlx::query(
        "select at, completed, failed, dropped, duration_ms, timed from ended_buckets \
         where at between ? and ? order by at",
    )
    .bind(micros(spans.since))
    .bind(micros(spans.until))
    .fetch_all(conn)
    .await
    .map_err(sql)?;
    let bucket = |row: &sqlx::sqlite::SqliteRow| {
        let ended = Ended {
            completed: number(row.get(1)),
            failed: number(row.get(2)),
            dropped: number(row.get(3)),
            duration_ms: number(row.get(4)),
            timed: number(row.get(5)),
        };
        (from_micros(row.get(0)), ended)
    };
    Ok(rows.iter().map(bucket).filter(|(_, ended)| !ended.is_empty()).collect())
}

/// The first tasks of that status, in the order given.
async fn first(
    conn: &mut SqliteConnection,
    status: TaskStatus,
    order: &'static str,
    most: usize,
) -> Result<Vec<Task>> {
    let mut query = sqlx::QueryBuilder::new("select row from tasks where status = ");
    query.push_bind(status as i64).push(" order by ").push(order).push(" limit ").push_bind(limit(most));
    records(query.build().fetch_all(conn).await.map_err(sql)?)
}

async fn failed(conn: &mut SqliteConnection, spans: Spans) -> Result<Vec<Task>> {
    let rows = sqlx::query(
        "select row from tasks where status = ? and ended_at between ? and ? order by ended_at desc, id limit ?",
    )
    .bind(TaskStatus::Failed as i64)
    .bind(micros(spans.since))
    .bind(micros(spans.until))
    .bind(limit(MAX_ROWS))
    .fetch_all(conn)
    .await
    .map_err(sql)?;
    records(rows)
}

// `flagged = 1` stands in the text, not in a parameter: only so SQLite knows that the short index will do.

async fn flagged_total(conn: &mut SqliteConnection, spans: Spans) -> Result<u64> {
    let count: i64 = sqlx::query_scalar("select count(*) from tasks where flagged = 1 and activity_at >= ?")
        .bind(micros(spans.recent))
        .fetch_one(conn)
        .await
        .map_err(sql)?;
    Ok(number(count))
}

async fn flagged(conn: &mut SqliteConnection, spans: Spans) -> Result<Vec<Task>> {
    let rows = sqlx::query(
        "select row from tasks where flagged = 1 and activity_at >= ? order by activity_at desc, id limit ?",
    )
    .bind(micros(spans.recent))
    .bind(limit(MAX_ROWS))
    .fetch_all(conn)
    .await
    .map_err(sql)?;
    records(rows)
}

fn records(rows: Vec<sqlx::sqlite::SqliteRow>) -> Result<Vec<Task>> {
    rows.iter().map(|row| decode::<TaskRecord>(row.get(0)).map(Task::from)).collect()
}

async fn recent_failures(conn: &mut SqliteConnection, spans: Spans) -> Result<Vec<(ProductId, u64)>> {
    let rows = sqlx::query(
        "select product, count(*) from tasks where status = ? and ended_at between ? and ? \
         group by product order by product",
    )
    .bind(TaskStatus::Failed as i64)
    .bind(micros(spans.recent))
    .bind(micros(spans.until))
    .fetch_all(conn)
    .await
    .map_err(sql)?;
    rows.iter().map(|row| Ok((product(row.get(0))?, number(row.get(1))))).collect()
}

/// The last word about each product's tasks. The products are found by leaps through the index
/// (<https://sqlite.org/optoverview.html#skip_scan> in spirit), so the cost is that of the products, not the tasks.
async fn product_activity(conn: &mut SqliteConnection) -> Result<Vec<(ProductId, DateTime<Utc>)>> {
    let rows = sqlx::query(
        "with recursive names (product) as ( \
             select min(product) from tasks \
             union all \
             select (select min(product) from tasks where product > names.product) from names \
             where names.product is not null \
         ) \
         select product, (select max(activity_at) from tasks where tasks.product = names.product) \
         from names where product is not null order by product",
    )
    .fetch_all(conn)
    .await
    .map_err(sql)?;
    rows.iter().map(|row| Ok((product(row.get(0))?, from_micros(row.get(1))))).collect()
}

async fn last_event(conn: &mut SqliteConnection) -> Result<Option<LastEvent>> {
    let Some(last) = meta::text(conn, meta::LAST_EVENT).await? else { return Ok(None) };
    let (_, id): (Stamp, String) = serde_json::from_str(&last).map_err(json)?;
    let row = sqlx::query(
        "select events.row, tasks.row from events join tasks on tasks.id = events.task where events.id = ?",
    )
    .bind(id)
    .fetch_optional(conn)
    .await
    .map_err(sql)?;
    let Some(row) = row else { return Ok(None) };
    let record: EventRecord = decode(row.get(0))?;
    let task: TaskRecord = decode(row.get(1))?;
    Ok(Some(LastEvent { at: record.stamp.0, event: record.event, task: task.into() }))
}

fn status(place: i64) -> Result<TaskStatus> {
    let known = usize::try_from(place).ok().and_then(|place| TaskStatus::ALL.get(place)).copied();
    known.ok_or_else(|| StoreError::Corrupt("a task status that this version does not know".to_owned()))
}

fn product(id: &str) -> Result<ProductId> {
    ProductId::new(id).map_err(|error| StoreError::Corrupt(error.to_string()))
}

fn number(value: i64) -> u64 {
    u64::try_from(value).unwrap_or(0)
}

fn limit(most: usize) -> i64 {
    i64::try_from(most).unwrap_or(i64::MAX)
}
