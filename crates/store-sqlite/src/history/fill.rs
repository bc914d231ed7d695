//! Filling the tables of the history from the rows that are there: once for a file from before they existed, and again
//! where a later version classifies failures or lengths otherwise.

use domain::{
    event::EventRecord,
    facts::{HistoryShare, blocked_at},
    task::TaskRecord,
};
use sqlx::{Row, SqliteConnection};
use store::Result;

use crate::{error::sql, meta, rollups::HistoryRollups, rows::decode};

/// Goes up with every change of `FailureCause`, of its words, or of the slots of durations.
const VERSION: u64 = 1;

/// How many tasks are read at once.
const CHUNK: i64 = 5_000;

/// Fills the tables, unless this version did.
pub(crate) async fn fill(conn: &mut SqliteConnection) -> Result<()> {
    if meta::number(&mut *conn, meta::HISTORY).await? == VERSION {
        return Ok(());
    }
    let mut transaction = sqlx::Connection::begin(conn).await.map_err(sql)?;
    let conn = &mut *transaction;
    for table in ["delete from history_ends", "delete from history_durations", "delete from history_causes"] {
        sqlx::query(table).execute(&mut *conn).await.map_err(sql)?;
    }
    let mut after = i64::MIN;
    loop {
        let rows = sqlx::query(
            "select key, row from tasks where key > ? and ended_at is not null order by key limit ?",
        )
        .bind(after)
        .bind(CHUNK)
        .fetch_all(&mut *conn)
        .await
        .map_err(sql)?;
        let Some(last) = rows.last() else { break };
        after = last.get(0);
        let mut rollups = HistoryRollups::default();
        for row in rows {
            let task: TaskRecord = decode(row.get(1))?;
            if let Some(share) = HistoryShare::of(&task) {
                rollups.add_task(share, 1);
            }
        }
        rollups.save(conn, &[]).await?;
    }
    let mut rollups = HistoryRollups::default();
    let blocked = sqlx::query(
        "select events.row, tasks.product from events join tasks on tasks.id = events.task \
         where json_extract(events.row, '$.eventType') = 'blocked'",
    );
    for row in blocked.fetch_all(&mut *conn).await.map_err(sql)? {
        let event: EventRecord = decode(row.get(0))?;
        if let Some(at) = blocked_at(&event) {
            rollups.add_blocked(at, row.get(1), 1);
        }
    }
    rollups.save(conn, &[]).await?;
    meta::set_number(conn, meta::HISTORY, VERSION).await?;
    transaction.commit().await.map_err(sql)
}
