//! How far each source was read.

use sqlx::{Row, SqliteConnection};
use store::{Cursor, Result};

use crate::error::{json, sql};

/// The cursor of that name.
pub(crate) async fn get(conn: &mut SqliteConnection, name: &str) -> Result<Option<Cursor>> {
    let value: Option<String> = sqlx::query_scalar("select value from cursors where name = ?")
        .bind(name)
        .fetch_optional(conn)
        .await
        .map_err(sql)?;
    value.map(|value| serde_json::from_str(&value).map_err(json)).transpose()
}

/// At most `limit` cursors whose names begin with `prefix` and come after `after`, in order. Such names lie side by
/// side in the primary key, so the scan begins at the first and reads no more than `limit` rows.
pub(crate) async fn all(
    conn: &mut SqliteConnection,
    prefix: &str,
    after: Option<&str>,
    limit: usize,
) -> Result<Vec<(String, Cursor)>> {
    let (select, from) = match after.filter(|after| *after >= prefix) {
        Some(after) => ("select name, value from cursors where name > ? order by name limit ?", after),
        None => ("select name, value from cursors where name >= ? order by name limit ?", prefix),
    };
    let rows = sqlx::query(select)
        .bind(from)
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .fetch_all(conn)
        .await
        .map_err(sql)?;
    let named = rows.iter().map(|row| (row.get::<String, _>(0), row.get::<&str, _>(1)));
    named
        .take_while(|(name, _)| name.starts_with(prefix))
        .map(|(name, value)| Ok((name, serde_json::from_str(value).map_err(json)?)))
        .collect()
}

/// Sets the cursor of that name, or forgets it where it is `Null`.
pub(crate) async fn set(conn: &mut SqliteConnection, name: &str, cursor: &Cursor) -> Result<()> {
    let query = if cursor.is_null() {
        sqlx::query("delete from cursors where name = ?").bind(name)
    } else {
        sqlx::query(
            "insert into cursors (name, value) values (?, ?) on conflict (name) do update set value = excluded.value",
        )
        .bind(name)
        .bind(cursor.to_string())
    };
    query.execute(conn).await.map_err(sql)?;
    Ok(())
}
