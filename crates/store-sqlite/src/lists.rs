//! Lists: a task's events and runs, products, agents, jobs.

use domain::{
    agent::{AgentRecord, AgentStatus},
    event::{Event, EventRecord},
    id::TaskId,
    job::{Job, JobRecord},
    product::Product,
    query::{Page, PageRequest},
    run::{Run, RunRecord},
};
use futures::TryStreamExt as _;
use serde::de::DeserializeOwned;
use sqlx::{Row, SqliteConnection};
use store::Result;

use crate::{error::sql, merges, registry, rows::decode};

/// The events of a task, the oldest first.
pub(crate) async fn events(
    conn: &mut SqliteConnection,
    task: &TaskId,
    page: PageRequest,
) -> Result<Page<Event>> {
    let count = "select count(*) from events where task = ?";
    let rows = "select row from events where task = ? order by at, line limit ? offset ?";
    let page: Page<EventRecord> = paged(conn, count, rows, task, page).await?;
    Ok(page.map(|record| record.event))
}

/// Hands over the events of a task, the oldest first, as they are read.
pub(crate) async fn each_event(
    conn: &mut SqliteConnection,
    task: &TaskId,
    visit: &mut (dyn FnMut(Event) + Send),
) -> Result<()> {
    let mut transaction = sqlx::Connection::begin(conn).await.map_err(sql)?;
    let conn = &mut *transaction;
    let task = merges::meant(conn, task).await?;
    let mut rows = sqlx::query("select row from events where task = ? order by at, line")
        .bind(task.as_str())
        .fetch(conn);
    while let Some(row) = rows.try_next().await.map_err(sql)? {
        visit(decode::<EventRecord>(row.get(0))?.event);
    }
    Ok(())
}

/// The runs of a task, the oldest first, those of unknown start last.
pub(crate) async fn runs(conn: &mut SqliteConnection, task: &TaskId, page: PageRequest) -> Result<Page<Run>> {
    let count = "select count(*) from runs where task = ?";
    let rows =
        "select row from runs where task = ? order by started_at is null, started_at, id limit ? offset ?";
    let page: Page<RunRecord> = paged(conn, count, rows, task, page).await?;
    Ok(page.map(Run::from))
}

async fn paged<T: DeserializeOwned>(
    conn: &mut SqliteConnection,
    count: &'static str,
    rows: &'static str,
    task: &TaskId,
    page: PageRequest,
) -> Result<Page<T>> {
    let mut transaction = sqlx::Connection::begin(conn).await.map_err(sql)?;
    let conn = &mut *transaction;
    let task = merges::meant(conn, task).await?;
    let total: i64 =
        sqlx::query_scalar(count).bind(task.as_str()).fetch_one(&mut *conn).await.map_err(sql)?;
    let rows = sqlx::query(rows)
        .bind(task.as_str())
        .bind(i64::from(page.per_page))
        .bind(i64::try_from(page.offset()).unwrap_or(i64::MAX))
        .fetch_all(conn)
        .await
        .map_err(sql)?;
    let items = rows.iter().map(|row| decode(row.get(0))).collect::<Result<_>>()?;
    Ok(Page::new(items, u64::try_from(total).unwrap_or(0), page))
}

/// The records of one of the small tables, as they are now.
pub(crate) async fn small<T: DeserializeOwned>(
    conn: &mut SqliteConnection,
    select: &'static str,
) -> Result<Vec<T>> {
    let rows = sqlx::query(select).fetch_all(conn).await.map_err(sql)?;
    rows.iter().map(|row| decode(row.get(0))).collect()
}

/// All products that count, by name.
pub(crate) async fn products(conn: &mut SqliteConnection) -> Result<Vec<Product>> {
    Ok(registry::book(conn).await?.products())
}

/// All agents, by id.
pub(crate) async fn agents(conn: &mut SqliteConnection) -> Result<Vec<AgentStatus>> {
    let records: Vec<AgentRecord> = small(conn, "select row from agents order by id").await?;
    Ok(records.into_iter().map(AgentStatus::from).collect())
}

/// The jobs that their source still has: the next first, those without a next run last, then by id.
pub(crate) async fn jobs(conn: &mut SqliteConnection) -> Result<Vec<Job>> {
    let mut jobs = Job::list(small::<JobRecord>(conn, "select row from jobs").await?);
    let aliases = registry::aliases(conn).await?;
    jobs.iter_mut().for_each(|job| aliases.point_job(job));
    Ok(jobs)
}
