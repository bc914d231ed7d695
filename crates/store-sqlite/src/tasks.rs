//! Tasks: the filter and the order of `domain::query` as SQL. The conformance suite holds the two together.

use domain::{
    id::{ProductId, TaskId},
    query::{Direction, Page, Sort, SortKey, TaskFilter, TaskQuery},
    registry::Registry,
    task::{Task, TaskRecord},
    text,
};
use sqlx::{QueryBuilder, Row, Sqlite, SqliteConnection, sqlite::SqliteRow};
use store::Result;

use crate::{error::sql, merges, registry, rows::decode, time::micros};

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
    let conn = &mut *transaction;
    let words = text::query_tokens(&query.filter.q);
    let aliases = registry::aliases(conn).await?;
    let products = if words.is_empty() { Vec::new() } else { named(conn).await? };
    let mut filter = query.filter.clone();
    filter.product = filter.product.iter().flat_map(|id| aliases.members(id)).collect();

    let mut count = QueryBuilder::new("select count(*) from tasks where true");
    conditions(&mut count, &filter, &words, &products);
    let total: i64 = count.build_query_scalar().fetch_one(&mut *conn).await.map_err(sql)?;

    let mut select = QueryBuilder::new("select row from tasks where true");
    conditions(&mut select, &filter, &words, &products);
    order(&mut select, &query.sort, &aliases);
    select.push(" limit ").push_bind(i64::from(query.page.per_page));
    select.push(" offset ").push_bind(i64::try_from(query.page.offset()).unwrap_or(i64::MAX));
    let rows = select.build().fetch_all(conn).await.map_err(sql)?;
    let items = rows.iter().map(|row| read(row, &aliases)).collect::<Result<_>>()?;
    Ok(Page::new(items, u64::try_from(total).unwrap_or(0), query.page))
}

fn conditions(sql: &mut QueryBuilder<Sqlite>, filter: &TaskFilter, words: &[String], products: &[Named]) {
    among(sql, "status", filter.status.iter().map(|value| *value as i64));
    among(sql, "priority", filter.priority.iter().map(|value| *value as i64));
    among(sql, "type", filter.task_type.iter().map(|value| *value as i64));
    among(sql, "source", filter.source.iter().map(|value| *value as i64));
    among(sql, "product", filter.product.iter().map(ToString::to_string));
    among(sql, "agent", filter.agent.iter().map(ToString::to_string));
    if let Some(from) = filter.from {
        sql.push(" and created_at >= ").push_bind(micros(from.begin()));
    }
    if let Some(to) = filter.to {
        sql.push(" and created_at < ").push_bind(micros(to.end()));
    }
    for word in words {
        // Words are letters and digits only, so the quotes cannot be left.
        sql.push(" and (key in (select rowid from task_words where task_words match ");
        sql.push_bind(format!("\"{word}\"*")).push(")");
        by_product(sql, word, products);
        sql.push(")");
    }
}

fn among<T>(sql: &mut QueryBuilder<Sqlite>, column: &'static str, values: impl ExactSizeIterator<Item = T>)
where
    T: for<'q> sqlx::Encode<'q, Sqlite> + sqlx::Type<Sqlite> + 'static,
{
    if values.len() == 0 {
        return;
    }
    sql.push(" and ").push(column).push(" in (");
    let mut list = sql.separated(", ");
    values.for_each(|value| {
        list.push_bind(value);
    });
    sql.push(")");
}

/// A task is also found by the names of its product. The ids go in as one value: a founder has many products.
fn by_product(sql: &mut QueryBuilder<Sqlite>, word: &str, products: &[Named]) {
    let named = |product: &&Named| product.words.iter().any(|token| token.starts_with(word));
    let found: Vec<&ProductId> = products.iter().filter(named).flat_map(|product| &product.members).collect();
    if !found.is_empty() {
        let ids = serde_json::to_string(&found).unwrap_or_default();
        sql.push(" or product in (select value from json_each(").push_bind(ids).push("))");
    }
}

/// A product, with those merged into it, and the words of its names.
struct Named {
    members: Vec<ProductId>,
    words: Vec<String>,
}

async fn named(conn: &mut SqliteConnection) -> Result<Vec<Named>> {
    let book = registry::book(conn).await?;
    let named = |(id, words)| Named { members: book.registry.members(&id), words };
    Ok(book.words().into_iter().map(named).collect())
}

fn order(sql: &mut QueryBuilder<Sqlite>, sort: &[Sort], aliases: &Registry) {
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
