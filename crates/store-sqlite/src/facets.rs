//! Facets: how many tasks each value of a filter would show.

use domain::{
    id::{AgentId, ProductId},
    query::{Count, FacetKey, Facets, Page, TaskFilter, TaskQuery},
    task::Task,
};
use sqlx::{QueryBuilder, Row, SqliteConnection, sqlite::SqliteRow};
use store::{Result, StoreError};

use crate::{error::sql, search::Search, tasks};

/// How many tasks each value of a filter would show.
pub(crate) async fn facets(conn: &mut SqliteConnection, filter: &TaskFilter) -> Result<Facets> {
    let mut transaction = sqlx::Connection::begin(conn).await.map_err(sql)?;
    let search = Search::of(&mut transaction, filter).await?;
    counted(&mut transaction, &search, filter).await
}

/// The page that is asked for, and its facets, of one moment.
pub(crate) async fn ledger(
    conn: &mut SqliteConnection,
    query: &TaskQuery,
) -> Result<(Page<Task>, Facets)> {
    let mut transaction = sqlx::Connection::begin(conn).await.map_err(sql)?;
    let search = Search::of(&mut transaction, &query.filter).await?;
    let facets = counted(&mut transaction, &search, &query.filter).await?;
    let page = tasks::page(&mut transaction, &search, query, facets.total).await?;
    Ok((page, facets))
}

async fn counted(conn: &mut SqliteConnection, search: &Search, filter: &TaskFilter) -> Result<Facets> {
    let mut facets = Facets::default();
    for key in FacetKey::ALL {
        let column = column(*key);
        let mut select = QueryBuilder::new("select ");
        select.push(column).push(", count(*) from tasks where true");
        search.conditions(&mut select, filter, Some(*key));
        select.push(" group by 1 order by 1 is null, 1");
        let rows = select.build().fetch_all(&mut *conn).await.map_err(sql)?;
        match key {
            FacetKey::Status => facets.status = listed(&rows, domain::task::TaskStatus::ALL)?,
            FacetKey::Product => facets.product = named(&rows, ProductId::new)?,
            FacetKey::Priority => facets.priority = listed(&rows, domain::task::Priority::ALL)?,
            FacetKey::Type => facets.task_type = listed(&rows, domain::task::TaskType::ALL)?,
            FacetKey::Source => facets.source = listed(&rows, domain::task::TaskSource::ALL)?,
            FacetKey::Agent => facets.agent = named(&rows, AgentId::new)?,
        }
    }
    let asked = |count: &&Count<_>| {
        filter.status.is_empty() || count.value.is_some_and(|value| filter.status.contains(&value))
    };
    facets.total = facets.status.iter().filter(asked).map(|count| count.count).sum();
    Ok(facets)
}

fn column(key: FacetKey) -> &'static str {
    match key {
        FacetKey::Status => "status",
        FacetKey::Product => "product",
        FacetKey::Priority => "priority",
        FacetKey::Type => "type",
        FacetKey::Source => "source",
        FacetKey::Agent => "agent",
    }
}

/// Words of a fixed list, which are kept as their place in it.
fn listed<T: Copy>(rows: &[SqliteRow], all: &[T]) -> Result<Vec<Count<T>>> {
    let value = |at: i64| {
        let value = usize::try_from(at).ok().and_then(|at| all.get(at).copied());
        value.ok_or_else(|| StoreError::Corrupt(format!("a task has a word {at} that this version does not know")))
    };
    let count = |row: &SqliteRow| {
        let at: Option<i64> = row.get(0);
        Ok(Count { value: at.map(value).transpose()?, count: number(row) })
    };
    rows.iter().map(count).collect()
}

fn named<T>(
    rows: &[SqliteRow],
    id: impl Fn(String) -> std::result::Result<T, domain::id::BadId>,
) -> Result<Vec<Count<T>>> {
    let corrupt = |error: domain::id::BadId| StoreError::Corrupt(error.to_string());
    let count = |row: &SqliteRow| {
        let text: Option<String> = row.get(0);
        Ok(Count { value: text.map(&id).transpose().map_err(corrupt)?, count: number(row) })
    };
    rows.iter().map(count).collect()
}

fn number(row: &SqliteRow) -> u64 {
    u64::try_from(row.get::<i64, _>(1)).unwrap_or(0)
}
