//! Tokens: names and hashes.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::{Row, SqliteConnection, sqlite::SqliteRow};
use store::{Result, StoreError, Token};

use crate::{
    error::sql,
    time::{from_micros, micros},
};

/// A use is noted at most this often: a write for each request would be waste.
const NOTE_EVERY: TimeDelta = TimeDelta::hours(1);

fn token(row: &SqliteRow) -> Token {
    Token {
        name: row.get("name"),
        hash: row.get("hash"),
        created_at: from_micros(row.get("created_at")),
        last_used_at: row.get::<Option<i64>, _>("last_used_at").map(from_micros),
    }
}

pub(crate) async fn add(conn: &mut SqliteConnection, token: &Token) -> Result<()> {
    let done =
        sqlx::query("insert into tokens (name, hash, created_at) values (?, ?, ?) on conflict do nothing")
            .bind(&token.name)
            .bind(&token.hash)
            .bind(micros(token.created_at))
            .execute(conn)
            .await
            .map_err(sql)?;
    match done.rows_affected() {
        0 => Err(StoreError::Taken(format!("a token named `{}`", token.name))),
        _ => Ok(()),
    }
}

pub(crate) async fn all(conn: &mut SqliteConnection) -> Result<Vec<Token>> {
    let rows = sqlx::query("select * from tokens order by name").fetch_all(conn).await.map_err(sql)?;
    Ok(rows.iter().map(token).collect())
}

pub(crate) async fn revoke(conn: &mut SqliteConnection, name: &str) -> Result<bool> {
    let done =
        sqlx::query("delete from tokens where name = ?").bind(name).execute(conn).await.map_err(sql)?;
    Ok(done.rows_affected() > 0)
}

pub(crate) async fn by_hash(conn: &mut SqliteConnection, hash: &str) -> Result<Option<Token>> {
    let row = sqlx::query("select * from tokens where hash = ?").bind(hash).fetch_optional(conn).await;
    Ok(row.map_err(sql)?.as_ref().map(token))
}

pub(crate) fn is_stale(token: &Token, now: DateTime<Utc>) -> bool {
    token.last_used_at.is_none_or(|at| now - at >= NOTE_EVERY)
}

pub(crate) async fn note_use(conn: &mut SqliteConnection, name: &str, now: DateTime<Utc>) -> Result<()> {
    sqlx::query("update tokens set last_used_at = ? where name = ?")
        .bind(micros(now))
        .bind(name)
        .execute(conn)
        .await
        .map_err(sql)?;
    Ok(())
}
