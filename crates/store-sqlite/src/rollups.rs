//! Roll-ups: what the touched tasks added before is taken out, what they add now is put in.

use std::collections::BTreeMap;

use domain::{
    facts::{Ended, Share},
    fold::{Key, Ledger},
    task::TaskStatus,
};
use sqlx::SqliteConnection;
use store::Result;

use crate::{error::sql, rows, time::micros};

/// Differences to the roll-ups.
#[derive(Debug, Default)]
pub(crate) struct Rollups {
    statuses: BTreeMap<TaskStatus, i64>,
    buckets: BTreeMap<i64, [i64; 5]>,
}

impl Rollups {
    /// What the touched tasks of `after` add more than those of `before`.
    pub(crate) fn between(touched: &[Key], before: &Ledger, after: &Ledger) -> Self {
        let mut rollups = Self::default();
        for key in touched {
            let Key::Task(id) = key else { continue };
            let Some(new) = after.tasks.get(id).map(Share::of) else { continue };
            let old = before.tasks.get(id).map(Share::of);
            if old != Some(new) {
                rollups.add(old, -1);
                rollups.add(Some(new), 1);
            }
        }
        for task in rows::gone(before, after) {
            rollups.add(Some(Share::of(task)), -1);
        }
        rollups
    }

    fn add(&mut self, share: Option<Share>, sign: i64) {
        let Some(share) = share else { return };
        *self.statuses.entry(share.status).or_default() += sign;
        if let Some((at, ended)) = share.ended {
            let bucket = self.buckets.entry(micros(at)).or_default();
            for (sum, value) in bucket.iter_mut().zip(parts(&ended)) {
                *sum += sign * value;
            }
        }
    }

    /// Adds the differences to the tables.
    pub(crate) async fn save(self, conn: &mut SqliteConnection) -> Result<()> {
        for (status, n) in self.statuses.into_iter().filter(|(_, n)| *n != 0) {
            sqlx::query(
                "insert into status_counts (status, n) values (?, ?) on conflict (status) do update set n = n + excluded.n",
            )
            .bind(status as i64)
            .bind(n)
            .execute(&mut *conn)
            .await
            .map_err(sql)?;
        }
        for (at, [completed, failed, dropped, duration_ms, timed]) in self.buckets {
            sqlx::query(
                "insert into ended_buckets (at, completed, failed, dropped, duration_ms, timed) values (?, ?, ?, ?, ?, ?) \
                 on conflict (at) do update set completed = completed + excluded.completed, \
                 failed = failed + excluded.failed, dropped = dropped + excluded.dropped, \
                 duration_ms = duration_ms + excluded.duration_ms, timed = timed + excluded.timed",
            )
            .bind(at)
            .bind(completed)
            .bind(failed)
            .bind(dropped)
            .bind(duration_ms)
            .bind(timed)
            .execute(&mut *conn)
            .await
            .map_err(sql)?;
        }
        Ok(())
    }
}

fn parts(ended: &Ended) -> [i64; 5] {
    [ended.completed, ended.failed, ended.dropped, ended.duration_ms, ended.timed]
        .map(|value| i64::try_from(value).unwrap_or(i64::MAX))
}
