//! Roll-ups: what the touched tasks added before is taken out, what they add now is put in.

mod history;

use std::collections::BTreeMap;

use domain::{
    facts::{
        Deed, Ended, HistoryShare, Share, day,
        deeds::{self, DeedShare},
        work,
    },
    fold::{Key, Ledger},
    id::ProductId,
    task::{TaskRecord, TaskStatus},
};
use sqlx::SqliteConnection;
use store::Result;

pub(crate) use self::history::HistoryRollups;
use crate::{
    error::sql,
    mirror::MonthChanges,
    rows,
    time::{from_micros, micros},
    work::WorkChanges,
};

/// Differences to the roll-ups.
#[derive(Debug, Default)]
pub(crate) struct Rollups {
    statuses: BTreeMap<TaskStatus, i64>,
    buckets: BTreeMap<i64, [i64; 5]>,
    products: BTreeMap<(String, TaskStatus), i64>,
    /// Completed and failed tasks by day and product.
    days: BTreeMap<(i64, String), [i64; 2]>,
    /// Results by bucket.
    deeds: BTreeMap<(i64, Deed), i64>,
    history: HistoryRollups,
    /// What workers did.
    work: WorkChanges,
    months: MonthChanges,
}

impl Rollups {
    /// What the touched tasks of `after` add more than those of `before`.
    pub(crate) fn between(touched: &[Key], before: &Ledger, after: &Ledger) -> Self {
        let mut rollups = Self::default();
        for key in touched {
            match key {
                // One that is there no more is among the gone ones below.
                Key::Task(id) => {
                    if let Some(new) = after.tasks.get(id) {
                        rollups.change(before.tasks.get(id), Some(new));
                    }
                }
                Key::Event(id) => {
                    let deeds = |ledger: &Ledger| ledger.events.get(id).and_then(deeds::of_event);
                    rollups.add_deeds(deeds(before), -1);
                    rollups.add_deeds(deeds(after), 1);
                    rollups.history.add_event(before.events.get(id), before, -1);
                    rollups.history.add_event(after.events.get(id), after, 1);
                    let work = |ledger: &Ledger| ledger.events.get(id).and_then(work::of_event);
                    rollups.work.change(work(before), work(after));
                }
                Key::Run(id) => {
                    let work = |ledger: &Ledger| ledger.runs.get(id).and_then(work::of_run);
                    rollups.work.change(work(before), work(after));
                }
                _ => {}
            }
        }
        for task in rows::gone(before, after) {
            rollups.change(Some(task), None);
        }
        rollups
    }

    /// Takes out what `old` added, puts in what `new` adds. Most lines of a task change neither.
    fn change(&mut self, old: Option<&TaskRecord>, new: Option<&TaskRecord>) {
        let adds = |task: &TaskRecord| {
            (Share::of(task), task.product(), deeds::of_task(task), HistoryShare::of(task))
        };
        if let (Some(old), Some(new)) = (old, new) {
            self.history.note_move(old, new);
        }
        self.work.change(old.and_then(work::of_task), new.and_then(work::of_task));
        self.months.change(old, new);
        let (old, new) = (old.map(adds), new.map(adds));
        if old == new {
            return;
        }
        for (adds, sign) in [(old, -1), (new, 1)] {
            let Some((share, product, deeds, history)) = adds else { continue };
            if let Some(history) = history {
                self.history.add_task(history, sign);
            }
            self.add_by_product(&share, &product, sign);
            self.add(share, sign);
            self.add_deeds(deeds, sign);
        }
    }

    fn add_by_product(&mut self, share: &Share, product: &ProductId, sign: i64) {
        let product = product.to_string();
        if let Some((at, ended)) = share.ended {
            let sums = self.days.entry((micros(day(at)), product.clone())).or_default();
            for (sum, value) in sums.iter_mut().zip([ended.completed, ended.failed]) {
                *sum += sign * i64::try_from(value).unwrap_or(i64::MAX);
            }
        }
        *self.products.entry((product, share.status)).or_default() += sign;
    }

    fn add_deeds(&mut self, share: DeedShare, sign: i64) {
        let Some((at, deeds)) = share else { return };
        for deed in deeds {
            *self.deeds.entry((micros(at), deed)).or_default() += sign;
        }
    }

    fn add(&mut self, share: Share, sign: i64) {
        *self.statuses.entry(share.status).or_default() += sign;
        if let Some((at, ended)) = share.ended {
            let bucket = self.buckets.entry(micros(at)).or_default();
            for (sum, value) in bucket.iter_mut().zip(parts(&ended)) {
                *sum += sign * value;
            }
        }
    }

    /// Adds the differences to the tables. The rows of tasks and events are saved already.
    pub(crate) async fn save(self, conn: &mut SqliteConnection, touched: &[Key]) -> Result<()> {
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
        for (at, sums) in self.buckets.into_iter().filter(|(_, sums)| sums.iter().any(|sum| *sum != 0)) {
            let [completed, failed, dropped, duration_ms, timed] = sums;
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
        save_products(conn, self.products, self.days).await?;
        save_deeds(conn, self.deeds).await?;
        self.work.save(conn).await?;
        self.months.save(conn).await?;
        self.history.save(conn, touched).await
    }
}

async fn save_products(
    conn: &mut SqliteConnection,
    products: BTreeMap<(String, TaskStatus), i64>,
    days: BTreeMap<(i64, String), [i64; 2]>,
) -> Result<()> {
    for ((product, status), n) in products.into_iter().filter(|(_, n)| *n != 0) {
        sqlx::query(
            "insert into product_counts (product, status, n) values (?, ?, ?) \
             on conflict (product, status) do update set n = n + excluded.n",
        )
        .bind(product)
        .bind(status as i64)
        .bind(n)
        .execute(&mut *conn)
        .await
        .map_err(sql)?;
    }
    for ((day, product), [completed, failed]) in days.into_iter().filter(|(_, sums)| *sums != [0, 0]) {
        sqlx::query(
            "insert into product_days (day, product, completed, failed) values (?, ?, ?, ?) \
             on conflict (day, product) do update set completed = completed + excluded.completed, \
             failed = failed + excluded.failed",
        )
        .bind(day)
        .bind(product)
        .bind(completed)
        .bind(failed)
        .execute(&mut *conn)
        .await
        .map_err(sql)?;
    }
    Ok(())
}

/// Each result in its quarter of an hour, and in its day.
async fn save_deeds(conn: &mut SqliteConnection, deeds: BTreeMap<(i64, Deed), i64>) -> Result<()> {
    let mut rows: BTreeMap<(i64, i64, Deed), i64> = BTreeMap::new();
    for ((at, deed), n) in deeds {
        *rows.entry((0, at, deed)).or_default() += n;
        *rows.entry((1, micros(day(from_micros(at))), deed)).or_default() += n;
    }
    for ((grain, at, deed), n) in rows.into_iter().filter(|(_, n)| *n != 0) {
        sqlx::query(
            "insert into deeds (grain, at, deed, n) values (?, ?, ?, ?) \
             on conflict (grain, at, deed) do update set n = n + excluded.n",
        )
        .bind(grain)
        .bind(at)
        .bind(deed as i64)
        .bind(n)
        .execute(&mut *conn)
        .await
        .map_err(sql)?;
    }
    Ok(())
}

fn parts(ended: &Ended) -> [i64; 5] {
    [ended.completed, ended.failed, ended.dropped, ended.duration_ms, ended.timed]
        .map(|value| i64::try_from(value).unwrap_or(i64::MAX))
}
