//! What is counted by product and by kind of result, from roll-ups.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use domain::{
    facts::{
        BIN_SECONDS, Bin, DayEnds, Deed, DeedCounts, LastCompleted, ProductTasks, Spans, StatusCounts, day,
        tape_start,
    },
    id::ProductId,
    task::TaskStatus,
};
use sqlx::{Row, SqliteConnection};
use store::{Result, StoreError};

use super::{gaps, number, product, status};
use crate::{
    error::sql,
    time::{from_micros, micros},
};

const MICROS: i64 = 1_000_000;

pub(super) async fn product_tasks(conn: &mut SqliteConnection, spans: Spans) -> Result<Vec<ProductTasks>> {
    let counts = sqlx::query("select product, status, n from product_counts where n > 0")
        .fetch_all(&mut *conn)
        .await
        .map_err(sql)?;
    let mut all: BTreeMap<ProductId, ProductTasks> = BTreeMap::new();
    for row in counts {
        let id = product(row.get(0))?;
        let tasks = all.entry(id.clone()).or_insert_with(|| ProductTasks {
            id,
            counts: StatusCounts::default(),
            days: Vec::new(),
        });
        *tasks.counts.get_mut(status(row.get(1))?) = number(row.get(2));
    }
    let days = sqlx::query(
        "select product, day, completed, failed from product_days \
         where day between ? and ? and (completed > 0 or failed > 0) order by day",
    )
    .bind(micros(spans.days))
    .bind(micros(spans.until))
    .fetch_all(conn)
    .await
    .map_err(sql)?;
    for row in days {
        // A task that ended is also counted among its product's.
        if let Some(tasks) = all.get_mut(&product(row.get(0))?) {
            let ends = DayEnds { completed: number(row.get(2)), failed: number(row.get(3)) };
            tasks.days.push((from_micros(row.get(1)), ends));
        }
    }
    Ok(all.into_values().collect())
}

/// Found by leaps through the index, from each product and type to the next: the cost is that of the pairs that there
/// are, not of the tasks. The index is named, because SQLite takes wider ones of the ledger for better and sorts all of them.
pub(super) async fn last_completed(conn: &mut SqliteConnection, spans: Spans) -> Result<Vec<LastCompleted>> {
    let rows = sqlx::query(
        "with recursive pairs (product, type) as ( \
             select * from (select product, coalesce(type, -1) as kind from tasks indexed by tasks_completed_by_product \
                 where status = 3 order by product, kind limit 1) \
             union all \
             select coalesce( \
                     (select product from tasks indexed by tasks_completed_by_product where status = 3 and product = pairs.product \
                         and coalesce(type, -1) > pairs.type order by coalesce(type, -1) limit 1), \
                     (select product from tasks indexed by tasks_completed_by_product where status = 3 and product > pairs.product \
                         order by product limit 1)), \
                 coalesce( \
                     (select coalesce(type, -1) from tasks indexed by tasks_completed_by_product where status = 3 and product = pairs.product \
                         and coalesce(type, -1) > pairs.type order by coalesce(type, -1) limit 1), \
                     (select coalesce(type, -1) from tasks indexed by tasks_completed_by_product where status = 3 and product > pairs.product \
                         order by product, coalesce(type, -1) limit 1)) \
             from pairs where pairs.product is not null \
         ) \
         select product, type, (select max(ended_at) from tasks indexed by tasks_completed_by_product where status = 3 and product = pairs.product \
             and coalesce(type, -1) = pairs.type and ended_at <= ?) \
         from pairs where product is not null order by product, type",
    )
    .bind(micros(spans.until))
    .fetch_all(conn)
    .await
    .map_err(sql)?;
    let mut last = Vec::with_capacity(rows.len());
    for row in rows {
        // All that were completed may be said to end later than now.
        let Some(at) = row.get::<Option<i64>, _>(2) else { continue };
        last.push(LastCompleted {
            product_id: product(row.get(0))?,
            task_type: gaps::kind(row.get(1))?,
            at: from_micros(at),
        });
    }
    Ok(last)
}

pub(super) async fn deeds(conn: &mut SqliteConnection, spans: Spans) -> Result<[DeedCounts; 3]> {
    let mut all = [DeedCounts::default(); 3];
    for (since, counts) in spans.deeds.iter().zip(&mut all) {
        // Whole days from the coarse rows, what is before and after them from the fine ones.
        let first_day = day(*since + TimeDelta::days(1) - TimeDelta::microseconds(1));
        let last_day = day(spans.until).max(first_day);
        let rows = sqlx::query(
            "select deed, sum(n) from deeds where (grain = 0 and at >= ?1 and at < ?2 and at <= ?4) \
             or (grain = 1 and at >= ?2 and at < ?3) or (grain = 0 and at >= ?3 and at <= ?4) group by deed",
        )
        .bind(micros(*since))
        .bind(micros(first_day))
        .bind(micros(last_day))
        .bind(micros(spans.until))
        .fetch_all(&mut *conn)
        .await
        .map_err(sql)?;
        for row in rows {
            let place = usize::try_from(row.get::<i64, _>(0)).ok();
            let Some(deed) = place.and_then(|place| Deed::ALL.get(place)) else {
                return Err(StoreError::Corrupt(
                    "a kind of result that this version does not know".to_owned(),
                ));
            };
            *counts.get_mut(*deed) = number(row.get(1));
        }
    }
    Ok(all)
}

pub(super) async fn tape(conn: &mut SqliteConnection, spans: Spans) -> Result<Vec<Bin>> {
    let mut bins: BTreeMap<i64, Bin> = BTreeMap::new();
    for status in [TaskStatus::Completed, TaskStatus::Failed] {
        let rows = sqlx::query(
            "select ended_at - ended_at % ?, count(*) from tasks where status = ? and ended_at between ? and ? group by 1",
        )
        .bind(BIN_SECONDS * MICROS)
        .bind(status as i64)
        .bind(micros(tape_start(spans.until)))
        .bind(micros(spans.until))
        .fetch_all(&mut *conn)
        .await
        .map_err(sql)?;
        for row in rows {
            let at: i64 = row.get(0);
            let bin = bins.entry(at).or_insert(Bin { at: from_micros(at), completed: 0, failed: 0 });
            let sum = if status == TaskStatus::Completed { &mut bin.completed } else { &mut bin.failed };
            *sum = number(row.get(1));
        }
    }
    Ok(bins.into_values().collect())
}
