//! Saved views, and their history.

use chrono::{DateTime, Utc};
use domain::{
    query::{Page, PageRequest},
    stamp::whole_micros,
    view::{MAX_VIEWS, NewView, View, ViewAction, ViewChange},
};
use sqlx::{Row, SqliteConnection, sqlite::SqliteRow};
use store::{Result, StoreError};

use crate::{
    error::sql,
    time::{from_micros, micros},
};

/// All views, in the founder's order.
pub(crate) async fn all(conn: &mut SqliteConnection) -> Result<Vec<View>> {
    let rows = sqlx::query("select * from views order by position").fetch_all(conn).await.map_err(sql)?;
    Ok(rows.iter().map(view).collect())
}

fn view(row: &SqliteRow) -> View {
    View {
        id: unsigned(row, "id"),
        name: row.get("name"),
        query: row.get("query"),
        position: unsigned(row, "position"),
        created_at: from_micros(row.get("created_at")),
        updated_at: from_micros(row.get("updated_at")),
    }
}

fn unsigned(row: &SqliteRow, column: &str) -> u64 {
    u64::try_from(row.get::<i64, _>(column)).unwrap_or(0)
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

pub(crate) async fn add(
    conn: &mut SqliteConnection,
    new: &NewView,
    by: &str,
    now: DateTime<Utc>,
) -> Result<View> {
    let mut transaction = begin(conn).await?;
    let views = all(&mut transaction).await?;
    check(&views, new, None)?;
    if views.len() >= MAX_VIEWS {
        return Err(StoreError::Full("views"));
    }
    let given: i64 = sqlx::query_scalar("select coalesce(max(view), 0) from view_changes")
        .fetch_one(&mut *transaction)
        .await
        .map_err(sql)?;
    let at = whole_micros(now);
    let view = View {
        id: u64::try_from(given).unwrap_or(0) + 1,
        name: new.name.clone(),
        query: new.query.clone(),
        position: views.len() as u64 + 1,
        created_at: at,
        updated_at: at,
    };
    save(&mut transaction, &view).await?;
    note(&mut transaction, &view, ViewAction::Saved, by, at).await?;
    transaction.commit().await.map_err(sql)?;
    Ok(view)
}

pub(crate) async fn put(
    conn: &mut SqliteConnection,
    id: u64,
    new: &NewView,
    by: &str,
    now: DateTime<Utc>,
) -> Result<Option<View>> {
    let mut transaction = begin(conn).await?;
    let views = all(&mut transaction).await?;
    let Some(old) = views.iter().find(|view| view.id == id) else { return Ok(None) };
    check(&views, new, Some(id))?;
    let Some(action) = ViewAction::between(old, new) else { return Ok(Some(old.clone())) };
    let at = whole_micros(now);
    let view = View { name: new.name.clone(), query: new.query.clone(), updated_at: at, ..old.clone() };
    save(&mut transaction, &view).await?;
    note(&mut transaction, &view, action, by, at).await?;
    transaction.commit().await.map_err(sql)?;
    Ok(Some(view))
}

pub(crate) async fn delete(
    conn: &mut SqliteConnection,
    id: u64,
    by: &str,
    now: DateTime<Utc>,
) -> Result<bool> {
    let mut transaction = begin(conn).await?;
    let views = all(&mut transaction).await?;
    let Some(view) = views.iter().find(|view| view.id == id) else { return Ok(false) };
    for statement in
        ["delete from views where id = ?1", "update views set position = position - 1 where position > ?2"]
    {
        sqlx::query(statement)
            .bind(signed(id))
            .bind(signed(view.position))
            .execute(&mut *transaction)
            .await
            .map_err(sql)?;
    }
    note(&mut transaction, view, ViewAction::Deleted, by, now).await?;
    transaction.commit().await.map_err(sql)?;
    Ok(true)
}

pub(crate) async fn order(
    conn: &mut SqliteConnection,
    ids: &[u64],
    by: &str,
    now: DateTime<Utc>,
) -> Result<Vec<View>> {
    let mut transaction = begin(conn).await?;
    let mut views = all(&mut transaction).await?;
    let last = ids.len();
    views.sort_by_key(|view| ids.iter().position(|id| *id == view.id).unwrap_or(last));
    for (position, view) in (1..).zip(&mut views) {
        if view.position != position {
            view.position = position;
            save(&mut transaction, view).await?;
            note(&mut transaction, view, ViewAction::Moved, by, now).await?;
        }
    }
    transaction.commit().await.map_err(sql)?;
    Ok(views)
}

/// The history, the newest first.
pub(crate) async fn history(conn: &mut SqliteConnection, page: PageRequest) -> Result<Page<ViewChange>> {
    let mut transaction = sqlx::Connection::begin(conn).await.map_err(sql)?;
    let total: i64 = sqlx::query_scalar("select count(*) from view_changes")
        .fetch_one(&mut *transaction)
        .await
        .map_err(sql)?;
    let rows = sqlx::query("select * from view_changes order by id desc limit ? offset ?")
        .bind(i64::from(page.per_page))
        .bind(signed(page.offset()))
        .fetch_all(&mut *transaction)
        .await
        .map_err(sql)?;
    let items = rows.iter().map(change).collect::<Result<_>>()?;
    Ok(Page::new(items, u64::try_from(total).unwrap_or(0), page))
}

fn change(row: &SqliteRow) -> Result<ViewChange> {
    let action: i64 = row.get("action");
    let known = usize::try_from(action).ok().and_then(|at| ViewAction::ALL.get(at).copied());
    let unknown =
        || StoreError::Corrupt(format!("a view changed in a way {action} that this version does not know"));
    Ok(ViewChange {
        id: unsigned(row, "id"),
        at: from_micros(row.get("at")),
        by: row.get("who"),
        action: known.ok_or_else(unknown)?,
        view: unsigned(row, "view"),
        name: row.get("name"),
        query: row.get("query"),
        position: unsigned(row, "position"),
    })
}

async fn begin(conn: &mut SqliteConnection) -> Result<sqlx::Transaction<'_, sqlx::Sqlite>> {
    sqlx::Connection::begin_with(conn, "begin immediate").await.map_err(sql)
}

/// A name stands for one view. Compared here and not by SQLite, which knows no letters beyond ASCII.
fn check(views: &[View], new: &NewView, of: Option<u64>) -> Result<()> {
    let other = views.iter().find(|view| Some(view.id) != of && new.is_named(&view.name));
    other.map_or(Ok(()), |other| Err(StoreError::Taken(format!("a view named `{}`", other.name))))
}

async fn save(conn: &mut SqliteConnection, view: &View) -> Result<()> {
    sqlx::query(
        "insert into views (id, name, query, position, created_at, updated_at) values (?, ?, ?, ?, ?, ?) \
         on conflict (id) do update set name = excluded.name, query = excluded.query, position = excluded.position, \
         updated_at = excluded.updated_at",
    )
    .bind(signed(view.id))
    .bind(&view.name)
    .bind(&view.query)
    .bind(signed(view.position))
    .bind(micros(view.created_at))
    .bind(micros(view.updated_at))
    .execute(conn)
    .await
    .map_err(sql)?;
    Ok(())
}

async fn note(
    conn: &mut SqliteConnection,
    view: &View,
    action: ViewAction,
    by: &str,
    at: DateTime<Utc>,
) -> Result<()> {
    sqlx::query(
        "insert into view_changes (at, who, action, view, name, query, position) values (?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(micros(at))
    .bind(by)
    .bind(action as i64)
    .bind(signed(view.id))
    .bind(&view.name)
    .bind(&view.query)
    .bind(signed(view.position))
    .execute(conn)
    .await
    .map_err(sql)?;
    Ok(())
}
