//! Roll-ups of work: what the touched rows added before is taken out, what they add now is put in.

use std::collections::BTreeMap;

use domain::facts::work::{WorkKey, WorkShare, WorkSlot};
use sqlx::{Row, SqliteConnection, sqlite::SqliteRow};
use store::Result;

use super::number;
use crate::{
    error::{json, sql},
    rows::decode,
    time::micros,
};

/// Differences to the roll-ups of work.
#[derive(Debug, Default)]
pub(crate) struct WorkChanges {
    slots: BTreeMap<(WorkKey, i64), Change>,
    totals: BTreeMap<WorkKey, i64>,
}

/// What is put into a slot, and what is taken out.
#[derive(Debug, Default)]
struct Change {
    more: WorkSlot,
    less: WorkSlot,
}

impl WorkChanges {
    /// A row adds something else than before. Most lines change nothing here.
    pub(crate) fn change(&mut self, old: Option<WorkShare>, new: Option<WorkShare>) {
        if old == new {
            return;
        }
        for (share, sign) in [(old, -1), (new, 1)] {
            let Some(WorkShare { key, total, done }) = share else { continue };
            *self.totals.entry(key.clone()).or_default() += sign * signed(total);
            if let Some((at, work)) = done {
                let change = self.slots.entry((key, micros(at))).or_default();
                if sign > 0 { change.more.add(&work) } else { change.less.add(&work) }
            }
        }
    }

    /// Brings the tables up to date.
    pub(crate) async fn save(self, conn: &mut SqliteConnection) -> Result<()> {
        for ((key, at), Change { more, less }) in self.slots {
            let known = sqlx::query(
                "select calls, failures, timed, duration_ms, latency from worker_slots \
                 where kind = ? and name = ? and at = ?",
            )
            .bind(key.kind as i64)
            .bind(&key.name)
            .bind(at)
            .fetch_optional(&mut *conn)
            .await
            .map_err(sql)?;
            let mut slot = known.map(|row| read(&row, 0)).transpose()?.unwrap_or_default();
            slot.add(&more);
            slot.sub(&less);
            write(conn, &key, at, &slot).await?;
        }
        for (key, total) in self.totals {
            save_total(conn, &key, total).await?;
        }
        Ok(())
    }
}

async fn write(conn: &mut SqliteConnection, key: &WorkKey, at: i64, slot: &WorkSlot) -> Result<()> {
    let query = if slot.is_empty() {
        sqlx::query("delete from worker_slots where kind = ? and name = ? and at = ?")
            .bind(key.kind as i64)
            .bind(&key.name)
            .bind(at)
    } else {
        sqlx::query(
            "insert into worker_slots (kind, name, at, calls, failures, timed, duration_ms, latency) \
             values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (kind, name, at) do update set calls = excluded.calls, \
             failures = excluded.failures, timed = excluded.timed, duration_ms = excluded.duration_ms, \
             latency = excluded.latency",
        )
        .bind(key.kind as i64)
        .bind(&key.name)
        .bind(at)
        .bind(signed(slot.calls))
        .bind(signed(slot.failures))
        .bind(signed(slot.timed))
        .bind(signed(slot.duration_ms))
        .bind(serde_json::to_string(&slot.latency).map_err(json)?)
    };
    query.execute(conn).await.map_err(sql)?;
    Ok(())
}

/// A worker stays known for as long as any slot is: a call may have been told of only by how it came out.
async fn save_total(conn: &mut SqliteConnection, key: &WorkKey, total: i64) -> Result<()> {
    sqlx::query(
        "insert into worker_totals (kind, name, total) values (?, ?, ?) \
         on conflict (kind, name) do update set total = total + excluded.total",
    )
    .bind(key.kind as i64)
    .bind(&key.name)
    .bind(total)
    .execute(&mut *conn)
    .await
    .map_err(sql)?;
    sqlx::query(
        "delete from worker_totals where kind = ?1 and name = ?2 and total = 0 \
         and not exists (select 1 from worker_slots where kind = ?1 and name = ?2)",
    )
    .bind(key.kind as i64)
    .bind(&key.name)
    .execute(conn)
    .await
    .map_err(sql)?;
    Ok(())
}

/// The slot that begins at that column.
pub(super) fn read(row: &SqliteRow, from: usize) -> Result<WorkSlot> {
    Ok(WorkSlot {
        calls: number(row.get(from)),
        failures: number(row.get(from + 1)),
        timed: number(row.get(from + 2)),
        duration_ms: number(row.get(from + 3)),
        latency: decode(row.get(from + 4))?,
    })
}

fn signed(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}
