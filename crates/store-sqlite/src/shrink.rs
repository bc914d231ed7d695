//! Giving room that is not used any more back to the disk.
//!
//! A new file is made with `auto_vacuum = incremental`: its free pages are handed back a few at a time, which moves only
//! what lies behind them. An older file has no map of its pages; it gets one by a whole `vacuum`, once, and only where
//! that pays, because it writes the database anew.

use sqlx::{Row, SqliteConnection};
use store::Result;

use crate::error::sql;

/// What is not worth the work, in bytes.
const LEAST: u64 = 1024 * 1024;

/// A whole vacuum must give back this part of the file, one in so many.
const PART: u64 = 5;

/// Pages that are handed back in one transaction.
const STEP: u64 = 2_000;

/// Hands free pages back where that pays. The answer is how many bytes the database is smaller.
pub(crate) async fn shrink(conn: &mut SqliteConnection) -> Result<u64> {
    let size = pragma(conn, "pragma page_size").await?;
    let before = pragma(conn, "pragma page_count").await?;
    let mut free = pragma(conn, "pragma freelist_count").await?;
    if free * size < LEAST {
        return Ok(0);
    }
    if pragma(conn, "pragma auto_vacuum").await? == INCREMENTAL {
        while free > 0 {
            let statement = format!("pragma incremental_vacuum({STEP})");
            sqlx::query(sqlx::AssertSqlSafe(statement)).fetch_all(&mut *conn).await.map_err(sql)?;
            let left = pragma(conn, "pragma freelist_count").await?;
            if left >= free {
                break;
            }
            free = left;
        }
    } else if free >= before / PART {
        sqlx::raw_sql("pragma auto_vacuum = incremental; vacuum").execute(&mut *conn).await.map_err(sql)?;
    } else {
        return Ok(0);
    }
    // The file itself shrinks when the log is written back; where a reader is in the way, that comes later.
    let _ = sqlx::query("pragma wal_checkpoint(truncate)").fetch_all(&mut *conn).await;
    let after = pragma(conn, "pragma page_count").await?;
    Ok(before.saturating_sub(after) * size)
}

/// What `pragma auto_vacuum` says of a file with a map of its pages.
const INCREMENTAL: u64 = 2;

async fn pragma(conn: &mut SqliteConnection, statement: &'static str) -> Result<u64> {
    let row = sqlx::query(statement).fetch_one(conn).await.map_err(sql)?;
    Ok(u64::try_from(row.get::<i64, _>(0)).unwrap_or(0))
}
