//! Roll-ups of the history: by quarter of an hour and by day.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::{
    event::EventRecord,
    facts::{Happened, HistoryShare, blocked_at, day},
    fold::{Key, Ledger},
    id::{EventId, ProductId, TaskId},
    task::TaskRecord,
};
use sqlx::{Row, SqliteConnection};
use store::Result;

use crate::{
    error::sql,
    rows::{decode, insert},
    time::{from_micros, micros},
};

/// The name under which durations of all products are counted: no id is empty.
const ALL_PRODUCTS: &str = "";

/// Differences to the tables of the history.
#[derive(Debug, Default)]
pub(crate) struct HistoryRollups {
    /// By bucket and product, in the order of the columns.
    ends: BTreeMap<(i64, String), [i64; 6]>,
    durations: BTreeMap<(i64, String, i64), i64>,
    causes: BTreeMap<(i64, String, i64), i64>,
    /// Blocked events whose task was not loaded: it did not change.
    elsewhere: Vec<(TaskId, DateTime<Utc>, i64)>,
    /// Tasks that went to another product: their blocked events that were not touched go along.
    moved: Vec<(TaskId, ProductId, ProductId)>,
}

impl HistoryRollups {
    /// Takes out what the task added, or puts it in.
    pub(crate) fn add_task(&mut self, share: HistoryShare, sign: i64) {
        let (at, product) = (micros(share.at), share.product.to_string());
        if let Some(slot) = share.slot {
            for name in [product.clone(), ALL_PRODUCTS.to_owned()] {
                *self.durations.entry((at, name, slot.into())).or_default() += sign;
            }
        }
        if let Some(cause) = share.cause {
            *self.causes.entry((at, product.clone(), cause as i64)).or_default() += sign;
        }
        self.add(at, product, &Happened { ended: share.ended, blocked: 0 }, sign);
    }

    /// Notes that a task went to another product.
    pub(super) fn note_move(&mut self, old: &TaskRecord, new: &TaskRecord) {
        if old.product() != new.product() {
            self.moved.push((new.id.clone(), old.product(), new.product()));
        }
    }

    /// Takes out what the event added, or puts it in; `ledger` is what was there then.
    pub(super) fn add_event(&mut self, event: Option<&EventRecord>, ledger: &Ledger, sign: i64) {
        let Some((event, at)) = event.and_then(|event| Some((event, blocked_at(event)?))) else { return };
        match ledger.tasks.get(&event.event.task_id) {
            Some(task) => self.add_blocked(at, task.product().to_string(), sign),
            None => self.elsewhere.push((event.event.task_id.clone(), at, sign)),
        }
    }

    /// Counts a task that became blocked.
    pub(crate) fn add_blocked(&mut self, at: DateTime<Utc>, product: String, sign: i64) {
        self.add(micros(at), product, &Happened { blocked: 1, ..Happened::default() }, sign);
    }

    fn add(&mut self, at: i64, product: String, happened: &Happened, sign: i64) {
        let ended = &happened.ended;
        let values =
            [ended.completed, ended.failed, ended.dropped, ended.duration_ms, ended.timed, happened.blocked];
        let sums = self.ends.entry((at, product)).or_default();
        for (sum, value) in sums.iter_mut().zip(values) {
            *sum += sign * i64::try_from(value).unwrap_or(i64::MAX);
        }
    }

    /// Adds the differences to the tables. The rows of tasks and events are saved already.
    pub(crate) async fn save(mut self, conn: &mut SqliteConnection, touched: &[Key]) -> Result<()> {
        self.find(conn, touched).await?;
        let ends = graded(
            self.ends,
            |(at, product)| (at, product),
            |sums, value| {
                sums.iter_mut().zip(value).for_each(|(sum, value)| *sum += value);
            },
        );
        let ends: Vec<_> = ends.into_iter().filter(|(_, sums)| sums.iter().any(|sum| *sum != 0)).collect();
        insert(
            conn,
            "insert into history_ends (grain, at, product, completed, failed, dropped, duration_ms, timed, blocked)",
            "on conflict (grain, at, product) do update set completed = completed + excluded.completed, \
             failed = failed + excluded.failed, dropped = dropped + excluded.dropped, \
             duration_ms = duration_ms + excluded.duration_ms, timed = timed + excluded.timed, \
             blocked = blocked + excluded.blocked",
            &ends,
            |mut row, ((grain, at, product), sums)| {
                row.push_bind(*grain).push_bind(*at).push_bind(product.as_str());
                for sum in sums {
                    row.push_bind(*sum);
                }
            },
        )
        .await?;
        save_counts(
            conn,
            "insert into history_durations (grain, at, product, slot, n)",
            "on conflict (grain, at, product, slot) do update set n = n + excluded.n",
            self.durations,
        )
        .await?;
        save_counts(
            conn,
            "insert into history_causes (grain, at, product, cause, n)",
            "on conflict (grain, at, product, cause) do update set n = n + excluded.n",
            self.causes,
        )
        .await
    }

    /// Reads what the ledger of the batch does not hold.
    async fn find(&mut self, conn: &mut SqliteConnection, touched: &[Key]) -> Result<()> {
        for (task, at, sign) in std::mem::take(&mut self.elsewhere) {
            let product: Option<String> = sqlx::query_scalar("select product from tasks where id = ?")
                .bind(task.as_str())
                .fetch_optional(&mut *conn)
                .await
                .map_err(sql)?;
            if let Some(product) = product {
                self.add_blocked(at, product, sign);
            }
        }
        if self.moved.is_empty() {
            return Ok(());
        }
        let counted: BTreeSet<&EventId> =
            touched.iter().filter_map(|key| if let Key::Event(id) = key { Some(id) } else { None }).collect();
        for (task, old, new) in std::mem::take(&mut self.moved) {
            let rows = sqlx::query(
                "select row from events where task = ? and json_extract(row, '$.eventType') = 'blocked'",
            )
            .bind(task.as_str())
            .fetch_all(&mut *conn)
            .await
            .map_err(sql)?;
            for row in rows {
                let record: EventRecord = decode(row.get(0))?;
                let Some(at) = blocked_at(&record).filter(|_| !counted.contains(&record.event.id)) else {
                    continue;
                };
                self.add_blocked(at, old.to_string(), -1);
                self.add_blocked(at, new.to_string(), 1);
            }
        }
        Ok(())
    }
}

/// The same differences at both grains.
fn graded<K, V: Copy + Default>(
    of: BTreeMap<K, V>,
    parts: impl Fn(K) -> (i64, String),
    add: impl Fn(&mut V, V),
) -> BTreeMap<(i64, i64, String), V> {
    let mut all: BTreeMap<(i64, i64, String), V> = BTreeMap::new();
    for (key, value) in of {
        let (at, product) = parts(key);
        add(all.entry((1, start_of_day(at), product.clone())).or_default(), value);
        add(all.entry((0, at, product)).or_default(), value);
    }
    all
}

async fn save_counts(
    conn: &mut SqliteConnection,
    into: &'static str,
    conflict: &'static str,
    of: BTreeMap<(i64, String, i64), i64>,
) -> Result<()> {
    let mut all: BTreeMap<(i64, i64, String, i64), i64> = BTreeMap::new();
    for ((at, product, what), n) in of {
        *all.entry((1, start_of_day(at), product.clone(), what)).or_default() += n;
        *all.entry((0, at, product, what)).or_default() += n;
    }
    let all: Vec<_> = all.into_iter().filter(|(_, n)| *n != 0).collect();
    insert(conn, into, conflict, &all, |mut row, ((grain, at, product, what), n)| {
        row.push_bind(*grain).push_bind(*at).push_bind(product.as_str()).push_bind(*what).push_bind(*n);
    })
    .await
}

fn start_of_day(at: i64) -> i64 {
    micros(day(from_micros(at)))
}
