//! The roll-ups of a file that was made before there were any: from the rows that are there, by the code that keeps
//! them, so that the two cannot differ.

use domain::{
    event::EventRecord,
    facts::work::{of_event, of_run, of_task},
    run::RunRecord,
    task::TaskRecord,
};
use sqlx::{Row, SqlitePool};
use store::Result;

use super::WorkChanges;
use crate::{error::sql, meta, rows::columns, rows::decode};

/// How many rows are read at once.
const AT_ONCE: i64 = 5_000;

/// What is set once the roll-ups are there.
pub(crate) const FILLED: &str = "work_filled";

/// Fills the roll-ups of work where that was not done yet.
pub(crate) async fn fill(pool: &SqlitePool) -> Result<()> {
    let mut conn = pool.acquire().await.map_err(sql)?;
    if meta::number(&mut conn, FILLED).await? > 0 {
        return Ok(());
    }
    let mut transaction = sqlx::Connection::begin_with(&mut *conn, "begin immediate").await.map_err(sql)?;
    let conn = &mut *transaction;
    // Another process may have been first.
    if meta::number(conn, FILLED).await? == 0 {
        let tables = [
            "select key, row from events where key > ? order by key limit ?",
            "select key, row from tasks where key > ? order by key limit ?",
            "select key, row from runs where key > ? order by key limit ?",
        ];
        for (table, select) in tables.into_iter().enumerate() {
            let mut after = i64::MIN;
            loop {
                let rows =
                    sqlx::query(select).bind(after).bind(AT_ONCE).fetch_all(&mut *conn).await.map_err(sql)?;
                let mut changes = WorkChanges::default();
                for row in &rows {
                    after = row.get(0);
                    let text: &str = row.get(1);
                    let share = match table {
                        0 => of_event(&event(conn, after, text).await?),
                        1 => of_task(&decode::<TaskRecord>(text)?),
                        _ => of_run(&run(conn, after, text).await?),
                    };
                    changes.change(None, share);
                }
                changes.save(conn).await?;
                if rows.is_empty() {
                    break;
                }
            }
        }
        meta::set_number(conn, FILLED, 1).await?;
    }
    transaction.commit().await.map_err(sql)
}

async fn event(conn: &mut sqlx::SqliteConnection, key: i64, text: &str) -> Result<EventRecord> {
    let record: EventRecord = decode(text)?;
    let (tool, outcome, at) = columns::of_event(&record);
    if tool.is_some() {
        sqlx::query("update events set tool = ?, outcome = ?, ordered_at = ? where key = ?")
            .bind(tool)
            .bind(outcome)
            .bind(at)
            .bind(key)
            .execute(conn)
            .await
            .map_err(sql)?;
    }
    Ok(record)
}

async fn run(conn: &mut sqlx::SqliteConnection, key: i64, text: &str) -> Result<RunRecord> {
    let record: RunRecord = decode(text)?;
    let (model, worked, ended_at) = columns::of_run(&record);
    if model.is_some() {
        sqlx::query("update runs set model = ?, worked = ?, ended_at = ? where key = ?")
            .bind(model)
            .bind(worked)
            .bind(ended_at)
            .bind(key)
            .execute(conn)
            .await
            .map_err(sql)?;
    }
    Ok(record)
}
