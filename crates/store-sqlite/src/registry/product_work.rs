//! What tasks of one product brought about. The tasks are found by their product, the few rows of theirs that count by
//! partial indexes, and what runs cost by an index that holds nothing else. No row is read that is not shown.

use domain::{
    event::EventRecord,
    facts::product_work::{AgentShare, Commit, CostSum, Deployment, ProductWork},
    id::{AgentId, ProductId},
    run::RunRecord,
    task::{Task, TaskRecord},
};
use sqlx::{Row, SqliteConnection, sqlite::SqliteRow};
use store::{Result, StoreError};

use super::aliases;
use crate::{
    error::{json, sql},
    rows::decode,
    time::from_micros,
};

// The conditions stand word for word as in the partial indexes: only so SQLite knows that those will do. It takes the index
// of costs for commits, too, where it is not told.
const DEPLOYMENTS: &str = "from tasks join events on events.task = tasks.id \
    where tasks.product in (select value from json_each(?)) \
    and json_extract(events.row, '$.eventType') = 'deployment'";
const COMMITS: &str = "from tasks join runs indexed by runs_commits on runs.task = tasks.id \
    where tasks.product in (select value from json_each(?)) \
    and (json_extract(runs.row, '$.commitSha') is not null or json_extract(runs.row, '$.prUrl') is not null)";

/// What tasks of the product, and of those merged into it, brought about.
pub(crate) async fn product_work(
    conn: &mut SqliteConnection,
    id: &ProductId,
    most: u32,
) -> Result<ProductWork> {
    let mut transaction = sqlx::Connection::begin(conn).await.map_err(sql)?;
    let conn = &mut *transaction;
    let members = serde_json::to_string(&aliases(conn).await?.members(id)).map_err(json)?;
    let newest = newest_first("events", DEPLOYMENTS, "events.at desc, events.line desc");
    let deployments = latest(conn, newest, &members, most, |row, title| {
        Ok(Deployment::of(&decode::<EventRecord>(row)?, title))
    });
    let deployments = deployments.await?;
    let newest = newest_first("runs", COMMITS, "runs.started_at is null, runs.started_at desc, runs.id");
    let commits =
        latest(conn, newest, &members, most, |row, title| Ok(Commit::of(&decode::<RunRecord>(row)?, title)));
    let commits = commits.await?;
    let runs = "from tasks join runs on runs.task = tasks.id where tasks.product in (select value from json_each(?))";
    Ok(ProductWork {
        deployments,
        deployments_total: count(conn, DEPLOYMENTS, &members).await?,
        commits,
        commits_total: count(conn, COMMITS, &members).await?,
        agents: agents(conn, &members).await?,
        costs: costs(conn, &members).await?,
        runs: count(conn, runs, &members).await?,
    })
}

async fn count(conn: &mut SqliteConnection, of: &str, members: &str) -> Result<u64> {
    let query = format!("select count(*) {of}");
    let count: i64 =
        sqlx::query_scalar(sqlx::AssertSqlSafe(query)).bind(members).fetch_one(conn).await.map_err(sql)?;
    Ok(number(count))
}

/// The first rows of those, with the rows of their tasks: put into order by their keys, and only then read.
fn newest_first(table: &str, of: &str, order: &str) -> String {
    format!(
        "with latest (key, task) as materialized (select {table}.key, tasks.key {of} order by {order} limit ?) \
         select {table}.row, tasks.row from latest cross join {table} on {table}.key = latest.key \
         cross join tasks on tasks.key = latest.task order by {order}"
    )
}

async fn latest<T>(
    conn: &mut SqliteConnection,
    query: String,
    members: &str,
    most: u32,
    read: impl Fn(&str, String) -> Result<Option<T>>,
) -> Result<Vec<T>> {
    let rows = sqlx::query(sqlx::AssertSqlSafe(query))
        .bind(members)
        .bind(i64::from(most))
        .fetch_all(conn)
        .await
        .map_err(sql)?;
    let one = |row: &SqliteRow| read(row.get(0), Task::from(decode::<TaskRecord>(row.get(1))?).title);
    rows.iter().filter_map(|row| one(row).transpose()).collect()
}

async fn agents(conn: &mut SqliteConnection, members: &str) -> Result<Vec<AgentShare>> {
    let rows = sqlx::query(
        "select agent, count(*), max(activity_at) from tasks \
         where product in (select value from json_each(?)) and agent is not null \
         group by agent order by 2 desc, agent",
    )
    .bind(members)
    .fetch_all(conn)
    .await
    .map_err(sql)?;
    let share = |row: &SqliteRow| {
        let id =
            AgentId::new(row.get::<&str, _>(0)).map_err(|error| StoreError::Corrupt(error.to_string()))?;
        Ok(AgentShare { id, tasks: number(row.get(1)), last_at: from_micros(row.get(2)) })
    };
    rows.iter().map(share).collect()
}

async fn costs(conn: &mut SqliteConnection, members: &str) -> Result<Vec<CostSum>> {
    // Where rows are grouped, SQLite does not see that the index has all that is asked for. So it hands that over first.
    let rows = sqlx::query(
        "with costs (sure, usd) as materialized ( \
             select json_extract(runs.row, '$.costStatus'), json_extract(runs.row, '$.metrics.costUsd') \
             from tasks join runs on runs.task = tasks.id \
             where tasks.product in (select value from json_each(?)) \
         ) \
         select sure, sum(cast(round(usd * 1000000) as integer)), count(*) from costs \
         where usd is not null group by sure order by sure nulls first",
    )
    .bind(members)
    .fetch_all(conn)
    .await
    .map_err(sql)?;
    let cost =
        |row: &SqliteRow| CostSum { status: row.get(0), micro_usd: row.get(1), runs: number(row.get(2)) };
    Ok(rows.iter().map(cost).collect())
}

fn number(value: i64) -> u64 {
    u64::try_from(value).unwrap_or(0)
}
