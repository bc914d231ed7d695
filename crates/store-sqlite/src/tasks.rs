//! Tasks: the filter and the order of `domain::query` as SQL. The conformance suite holds the two together.

use domain::{
    id::TaskId,
    query::{Direction, Page, Sort, SortKey, TaskFilter, TaskQuery},
    registry::Registry,
    task::{Task, TaskRecord},
};
use sqlx::{QueryBuilder, Row, Sqlite, SqliteConnection, sqlite::SqliteRow};
use store::Result;

use crate::{error::sql, merges, registry, rows::decode, search::Search};

/// One task.
pub(crate) async fn task(conn: &mut SqliteConnection, id: &TaskId) -> Result<Option<Task>> {
    let mut transaction = sqlx::Connection::begin(conn).await.map_err(sql)?;
    let conn = &mut *transaction;
    let id = merges::meant(conn, id).await?;
    let row = sqlx::query("select row from tasks where id = ?")
        .bind(id.as_str())
        .fetch_optional(&mut *conn)
        .await
        .map_err(sql)?;
    let aliases = registry::aliases(conn).await?;
    row.map(|row| read(&row, &aliases)).transpose()
}

/// A task, of the product that counts.
fn read(row: &SqliteRow, aliases: &Registry) -> Result<Task> {
    let mut task = decode::<TaskRecord>(row.get(0)).map(Task::from)?;
    aliases.point_task(&mut task);
    Ok(task)
}

/// The tasks asked for.
pub(crate) async fn tasks(conn: &mut SqliteConnection, query: &TaskQuery) -> Result<Page<Task>> {
    let mut transaction = sqlx::Connection::begin(conn).await.map_err(sql)?;
    let search = Search::of(&mut transaction, &query.filter).await?;
    let mut count = QueryBuilder::new("select count(*) from tasks indexed by tasks_ledger where true");
    search.conditions(&mut count, &query.filter);
    let total: i64 = count.build_query_scalar().fetch_one(&mut *transaction).await.map_err(sql)?;
    page(&mut transaction, &search, query, u64::try_from(total).unwrap_or(0)).await
}

/// The page that is asked for, of that many tasks.
pub(crate) async fn page(
    conn: &mut SqliteConnection,
    search: &Search,
    query: &TaskQuery,
    total: u64,
) -> Result<Page<Task>> {
    // Only the rows of the page are read: which they are stands in the index.
    let mut select = QueryBuilder::new("select row from tasks where key in (");
    keys(&mut select, search, query);
    select.push(" limit ").push_bind(i64::from(query.page.per_page));
    select.push(" offset ").push_bind(i64::try_from(query.page.offset()).unwrap_or(i64::MAX));
    select.push(")");
    order(&mut select, &query.sort, search.aliases());
    let rows = select.build().fetch_all(conn).await.map_err(sql)?;
    let items = rows.iter().map(|row| read(row, search.aliases())).collect::<Result<_>>()?;
    Ok(Page::new(items, total, query.page))
}

/// Adds what selects the keys of all tasks that are asked for, in order.
pub(crate) fn keys(sql: &mut QueryBuilder<Sqlite>, search: &Search, query: &TaskQuery) {
    // The newest of all tasks are found without looking at the others. Anything else SQLite would answer from whole
    // rows, if it were not told that one index has all that it needs.
    let newest = query.filter == TaskFilter::default() && query.sort.iter().all(|sort| *sort == Sort::NEWEST);
    sql.push(if newest { "select key from tasks where true" } else { KEYS });
    search.conditions(sql, &query.filter);
    order(sql, &query.sort, search.aliases());
}

const KEYS: &str = "select key from tasks indexed by tasks_ledger where true";

/// Adds the order. Those merged into others stand where the others do.
pub(crate) fn order(sql: &mut QueryBuilder<Sqlite>, sort: &[Sort], aliases: &Registry) {
    let sort = if sort.is_empty() { &[Sort::NEWEST] } else { sort };
    sql.push(" order by ");
    for sort in sort {
        let column = column(sort.key);
        // What is unknown comes last in either direction.
        if is_nullable(sort.key) {
            sql.push(column).push(" is null, ");
        }
        if sort.key == SortKey::Product && !aliases.merges.is_empty() {
            counting_product(sql, aliases);
        } else {
            sql.push(column);
        }
        sql.push(if sort.direction == Direction::Descending { " desc, " } else { ", " });
    }
    sql.push("id");
}

/// The product that counts, where some were merged into others.
fn counting_product(sql: &mut QueryBuilder<Sqlite>, aliases: &Registry) {
    sql.push("case product");
    for from in aliases.merges.keys() {
        sql.push(" when ").push_bind(from.to_string());
        sql.push(" then ").push_bind(aliases.resolve(from).to_string());
    }
    sql.push(" else product end");
}

fn column(key: SortKey) -> &'static str {
    match key {
        SortKey::Title => "title",
        SortKey::Product => "product",
        SortKey::Status => "status",
        SortKey::Priority => "priority",
        SortKey::Type => "type",
        SortKey::Source => "source",
        SortKey::Agent => "agent",
        SortKey::Created => "created_at",
        SortKey::Started => "started_at",
        SortKey::Completed => "completed_at",
        SortKey::Duration => "duration_ms",
        SortKey::Retries => "retries",
        SortKey::Progress => "progress",
        SortKey::Activity => "activity_at",
    }
}

fn is_nullable(key: SortKey) -> bool {
    !matches!(key, SortKey::Title | SortKey::Product | SortKey::Status | SortKey::Created | SortKey::Activity)
}
