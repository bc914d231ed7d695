//! All tasks of a filter with what belongs to them, in parts, all read in one transaction.
//!
//! In memory are the keys of the tasks (8 bytes each) and one part of the rows. Events and runs of a task may be many,
//! so they come in parts of their own, each beginning where the last one ended.

use std::collections::{HashMap, VecDeque};

use async_trait::async_trait;
use domain::{
    change::{Row, TaskMerged},
    event::EventRecord,
    id::TaskId,
    product::ProductRecord,
    query::TaskQuery,
    run::RunRecord,
    task::TaskRecord,
};
use serde::de::DeserializeOwned;
use sqlx::{QueryBuilder, Row as _, Sqlite, SqliteConnection, SqlitePool, Transaction};
use store::{Extent, Result, Rows, StoreError};

use crate::{
    error::{json, sql},
    rows::decode,
    search::Search,
    tasks,
    time::micros,
};

/// How many rows come at a time.
const TASKS: usize = 200;
const EVENTS: usize = 500;
const RUNS: usize = 20;

pub(crate) struct Export {
    transaction: Transaction<'static, Sqlite>,
    extent: Extent,
    /// What comes first.
    products: Vec<Row>,
    /// The tasks that were not read yet.
    keys: VecDeque<i64>,
    /// Tasks that were read and did not come yet.
    tasks: VecDeque<TaskRecord>,
    /// What of the last task comes next.
    below: Option<(TaskId, Below)>,
    /// Whether any task ever turned out to be another.
    merges: bool,
}

/// Where the reading of what belongs to a task goes on.
enum Below {
    /// With events after that time and line.
    Events(i64, String),
    /// With runs after that id.
    Runs(String),
}

/// Begins an export.
pub(crate) async fn export(pool: &SqlitePool, query: &TaskQuery, extent: Extent) -> Result<Export> {
    let mut transaction = pool.begin().await.map_err(sql)?;
    let search = Search::of(&mut transaction, &query.filter).await?;
    let mut select = QueryBuilder::new("");
    tasks::keys(&mut select, &search, query);
    let keys: Vec<i64> = select.build_query_scalar().fetch_all(&mut *transaction).await.map_err(sql)?;
    let mut products = Vec::new();
    if extent == Extent::Whole {
        let mut select = QueryBuilder::new(
            "select row from products where id in (select distinct product from tasks indexed by tasks_ledger where true",
        );
        search.conditions(&mut select, &query.filter);
        select.push(") order by id");
        for row in select.build().fetch_all(&mut *transaction).await.map_err(sql)? {
            products.push(Row::Product(Box::new(decode::<ProductRecord>(row.get(0))?)));
        }
    }
    let merges = sqlx::query_scalar("select exists (select 1 from task_merges)")
        .fetch_one(&mut *transaction)
        .await
        .map_err(sql)?;
    let tasks = VecDeque::new();
    Ok(Export { transaction, extent, products, keys: keys.into(), tasks, below: None, merges })
}

#[async_trait]
impl Rows for Export {
    async fn next(&mut self) -> Result<Vec<Row>> {
        if !self.products.is_empty() {
            return Ok(std::mem::take(&mut self.products));
        }
        loop {
            if let Some((task, below)) = self.below.take() {
                let rows = self.below(task, below).await?;
                if !rows.is_empty() {
                    return Ok(rows);
                }
                continue;
            }
            if self.tasks.is_empty() && !self.read_tasks().await? {
                return Ok(Vec::new());
            }
            if self.extent == Extent::Tasks {
                return Ok(self.tasks.drain(..).map(|task| Row::Task(Box::new(task))).collect());
            }
            let Some(task) = self.tasks.pop_front() else { continue };
            let mut rows = vec![Row::Task(Box::new(task.clone()))];
            if self.merges {
                rows.extend(merged(&mut self.transaction, &task.id).await?);
            }
            self.below = Some((task.id, Below::Events(i64::MIN, String::new())));
            return Ok(rows);
        }
    }
}

impl Export {
    /// Reads the next tasks; `false` where there are none.
    async fn read_tasks(&mut self) -> Result<bool> {
        let part = TASKS.min(self.keys.len());
        let keys: Vec<i64> = self.keys.drain(..part).collect();
        let rows = sqlx::query("select key, row from tasks where key in (select value from json_each(?))")
            .bind(serde_json::to_string(&keys).map_err(json)?)
            .fetch_all(&mut *self.transaction)
            .await
            .map_err(sql)?;
        let mut read = HashMap::with_capacity(rows.len());
        for row in rows {
            read.insert(row.get::<i64, _>(0), decode::<TaskRecord>(row.get(1))?);
        }
        self.tasks.extend(keys.iter().filter_map(|key| read.remove(key)));
        Ok(!self.tasks.is_empty())
    }

    /// The next rows that belong to the task, which may be none; notes where to go on.
    async fn below(&mut self, task: TaskId, below: Below) -> Result<Vec<Row>> {
        match below {
            Below::Events(at, line) => {
                let events: Vec<EventRecord> = fetch(
                    &mut self.transaction,
                    sqlx::query(
                        "select row from events where task = ? and (at, line) > (?, ?) order by at, line limit ?",
                    )
                    .bind(task.as_str())
                    .bind(at)
                    .bind(line)
                    .bind(limit(EVENTS)),
                )
                .await?;
                let next = match events.last().filter(|_| events.len() == EVENTS) {
                    Some(last) => Below::Events(micros(last.event.timestamp), last.stamp.1.to_string()),
                    None => Below::Runs(String::new()),
                };
                self.below = Some((task, next));
                Ok(events.into_iter().map(|event| Row::Event(Box::new(event))).collect())
            }
            Below::Runs(after) => {
                let runs: Vec<RunRecord> = fetch(
                    &mut self.transaction,
                    sqlx::query("select row from runs where task = ? and id > ? order by id limit ?")
                        .bind(task.as_str())
                        .bind(after)
                        .bind(limit(RUNS)),
                )
                .await?;
                let next = runs.last().filter(|_| runs.len() == RUNS).map(|last| last.id.to_string());
                self.below = next.map(|after| (task, Below::Runs(after)));
                Ok(runs.into_iter().map(|run| Row::Run(Box::new(run))).collect())
            }
        }
    }
}

async fn fetch<T: DeserializeOwned>(
    conn: &mut SqliteConnection,
    query: sqlx::query::Query<'_, Sqlite, sqlx::sqlite::SqliteArguments>,
) -> Result<Vec<T>> {
    let rows = query.fetch_all(conn).await.map_err(sql)?;
    rows.iter().map(|row| decode(row.get(0))).collect()
}

fn limit(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

/// The ids that turned out to be the task.
async fn merged(conn: &mut SqliteConnection, into: &TaskId) -> Result<Vec<Row>> {
    let rows = sqlx::query("select from_id from task_merges where into_id = ? order by from_id")
        .bind(into.as_str())
        .fetch_all(conn)
        .await
        .map_err(sql)?;
    let corrupt = |error: domain::id::BadId| StoreError::Corrupt(error.to_string());
    let row = |row: &sqlx::sqlite::SqliteRow| {
        let from = TaskId::new(row.get::<&str, _>(0)).map_err(corrupt)?;
        Ok(Row::TaskMerged(TaskMerged { from, into: into.clone() }))
    };
    rows.iter().map(row).collect()
}
