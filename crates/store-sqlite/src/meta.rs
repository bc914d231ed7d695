//! Small values that belong to the database as a whole.

use sqlx::{Encode, Sqlite, SqliteConnection, Type};
use store::Result;

use crate::error::sql;

/// The last place in the log.
pub(crate) const SEQ: &str = "seq";
/// How many lines were taken, ever.
pub(crate) const LINES: &str = "lines";
/// Up to which place the log is gone.
pub(crate) const FLOOR: &str = "floor";
/// The key of the digests.
pub(crate) const DIGEST_KEY: &str = "digest_key";
/// Which version of the rules made the fingerprints of failures.
pub(crate) const FINGERPRINTS: &str = "fingerprints";
/// The newest event: its stamp and id, as JSON.
pub(crate) const LAST_EVENT: &str = "last_event";
/// By which version the tables of the history were filled.
pub(crate) const HISTORY: &str = "history";

/// A number; 0 where it was never set.
pub(crate) async fn number(conn: &mut SqliteConnection, key: &str) -> Result<u64> {
    let value: Option<i64> = sqlx::query_scalar("select value from meta where key = ?")
        .bind(key)
        .fetch_optional(conn)
        .await
        .map_err(sql)?;
    Ok(value.and_then(|value| u64::try_from(value).ok()).unwrap_or(0))
}

/// Sets a number.
pub(crate) async fn set_number(conn: &mut SqliteConnection, key: &str, value: u64) -> Result<()> {
    set(conn, key, i64::try_from(value).unwrap_or(i64::MAX)).await
}

/// A text; `None` where it was never set.
pub(crate) async fn text(conn: &mut SqliteConnection, key: &str) -> Result<Option<String>> {
    sqlx::query_scalar("select value from meta where key = ?")
        .bind(key)
        .fetch_optional(conn)
        .await
        .map_err(sql)
}

/// Sets a text.
pub(crate) async fn set_text(conn: &mut SqliteConnection, key: &str, value: String) -> Result<()> {
    set(conn, key, value).await
}

async fn set<T>(conn: &mut SqliteConnection, key: &str, value: T) -> Result<()>
where
    T: for<'q> Encode<'q, Sqlite> + Type<Sqlite> + Send,
{
    sqlx::query(
        "insert into meta (key, value) values (?, ?) on conflict (key) do update set value = excluded.value",
    )
    .bind(key)
    .bind(value)
    .execute(conn)
    .await
    .map_err(sql)?;
    Ok(())
}

/// The key of the digests: made by the database when it is first asked for.
pub(crate) async fn digest_key(conn: &mut SqliteConnection) -> Result<[u8; 32]> {
    sqlx::query("insert into meta (key, value) values (?, randomblob(32)) on conflict (key) do nothing")
        .bind(DIGEST_KEY)
        .execute(&mut *conn)
        .await
        .map_err(sql)?;
    let key: Vec<u8> = sqlx::query_scalar("select value from meta where key = ?")
        .bind(DIGEST_KEY)
        .fetch_one(conn)
        .await
        .map_err(sql)?;
    key.try_into().map_err(|_| store::StoreError::Corrupt("the digest key has not 32 bytes".to_owned()))
}
