//! Versions of the settings: every one is kept, the last one is in force.

use chrono::{DateTime, Utc};
use domain::{
    query::{Page, PageRequest},
    settings::{SettingsVersion, VersionLine},
};
use sqlx::{Row, SqliteConnection, sqlite::SqliteRow};
use store::{NewSettings, Result};

use crate::{
    error::{json, sql},
    time::{from_micros, micros},
};

/// The last version, or the defaults.
pub(crate) async fn in_force(conn: &mut SqliteConnection) -> Result<SettingsVersion> {
    let row = sqlx::query("select * from settings order by version desc limit 1")
        .fetch_optional(conn)
        .await
        .map_err(sql)?;
    row.as_ref().map_or_else(|| Ok(SettingsVersion::default()), decode)
}

/// Adds the version after `expected`, in one statement. `None` where another one is in force.
pub(crate) async fn put(
    conn: &mut SqliteConnection,
    new: &NewSettings,
    expected: u64,
    now: DateTime<Utc>,
) -> Result<Option<SettingsVersion>> {
    let row = sqlx::query(
        "insert into settings (version, at, value, who, restores) select ?1 + 1, ?2, ?3, ?4, ?5 \
         where (select coalesce(max(version), 0) from settings) = ?1 returning *",
    )
    .bind(i64::try_from(expected).unwrap_or(-1))
    .bind(micros(now))
    .bind(serde_json::to_string(&new.settings).map_err(json)?)
    .bind(&new.by)
    .bind(new.restores.and_then(|version| i64::try_from(version).ok()))
    .fetch_optional(conn)
    .await
    .map_err(sql)?;
    row.as_ref().map(decode).transpose()
}

/// The stored versions, the newest first.
pub(crate) async fn versions(
    conn: &mut SqliteConnection,
    page: PageRequest,
) -> Result<Page<SettingsVersion>> {
    let mut transaction = sqlx::Connection::begin(conn).await.map_err(sql)?;
    let conn = &mut *transaction;
    let total: i64 =
        sqlx::query_scalar("select count(*) from settings").fetch_one(&mut *conn).await.map_err(sql)?;
    let rows = sqlx::query("select * from settings order by version desc limit ? offset ?")
        .bind(i64::from(page.per_page))
        .bind(i64::try_from(page.offset()).unwrap_or(i64::MAX))
        .fetch_all(conn)
        .await
        .map_err(sql)?;
    let items = rows.iter().map(decode).collect::<Result<_>>()?;
    Ok(Page::new(items, u64::try_from(total).unwrap_or(0), page))
}

fn decode(row: &SqliteRow) -> Result<SettingsVersion> {
    let number = |value: i64| u64::try_from(value).unwrap_or(0);
    let line = VersionLine {
        version: number(row.get("version")),
        at: Some(from_micros(row.get("at"))),
        by: Some(row.get("who")),
        restores: row.get::<Option<i64>, _>("restores").map(number),
    };
    Ok(SettingsVersion { line, settings: serde_json::from_str(row.get("value")).map_err(json)? })
}
