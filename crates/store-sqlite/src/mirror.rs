//! What the browser's mirror is made of: closed tasks by month, and all others.

use std::collections::BTreeMap;

use domain::{id::Seq, month::Month, task::TaskRecord};
use futures::TryStreamExt as _;
use sqlx::{Row, SqliteConnection};
use store::{ClosedMonth, MirrorMonths, MirrorPart, Result};

use crate::{error::sql, meta, rows::decode, time::micros};

/// After so many rows, others get their turn.
const TURN: usize = 500;

const CLOSED: &str = "select row from tasks where created_at >= ? and created_at < ? and status in (3, 4, 5, 6) \
    order by created_at, id";
const OPEN: &str =
    "select row from tasks where status in (0, 1, 2) and created_at < ? order by created_at, id";
const SINCE: &str = "select row from tasks where created_at >= ? order by created_at, id";

/// The months, and how many tasks there are.
pub(crate) async fn months(conn: &mut SqliteConnection) -> Result<MirrorMonths> {
    let mut transaction = sqlx::Connection::begin(conn).await.map_err(sql)?;
    let conn = &mut *transaction;
    let seq = Seq(meta::number(conn, meta::SEQ).await?);
    let tasks: i64 = sqlx::query_scalar("select coalesce(sum(n), 0) from status_counts")
        .fetch_one(&mut *conn)
        .await
        .map_err(sql)?;
    let rows =
        sqlx::query("select month, closed, version from mirror_months where closed > 0 order by month desc")
            .fetch_all(conn)
            .await
            .map_err(sql)?;
    let count = |number: i64| u64::try_from(number).unwrap_or(0);
    let month = |row: &sqlx::sqlite::SqliteRow| ClosedMonth {
        month: Month::of_number(row.get(0)),
        tasks: count(row.get(1)),
        version: count(row.get(2)),
    };
    Ok(MirrorMonths { seq, tasks: count(tasks), months: rows.iter().map(month).collect() })
}

/// Hands over the tasks of a part.
pub(crate) async fn rows(
    conn: &mut SqliteConnection,
    part: MirrorPart,
    visit: &mut (dyn FnMut(TaskRecord) + Send),
) -> Result<Option<Seq>> {
    let mut transaction = sqlx::Connection::begin(conn).await.map_err(sql)?;
    let conn = &mut *transaction;
    let seq = Seq(meta::number(conn, meta::SEQ).await?);
    match part {
        MirrorPart::Closed { month, version } => {
            let known: Option<i64> =
                sqlx::query_scalar("select version from mirror_months where month = ? and closed > 0")
                    .bind(month.number())
                    .fetch_optional(&mut *conn)
                    .await
                    .map_err(sql)?;
            if known.and_then(|known| u64::try_from(known).ok()) != Some(version) {
                return Ok(None);
            }
            each(conn, CLOSED, &[micros(month.begin()), micros(month.next().begin())], visit).await?;
        }
        MirrorPart::Fresh { since } => {
            let since = micros(since.begin());
            each(conn, OPEN, &[since], visit).await?;
            each(conn, SINCE, &[since], visit).await?;
        }
    }
    Ok(Some(seq))
}

async fn each(
    conn: &mut SqliteConnection,
    select: &'static str,
    bounds: &[i64],
    visit: &mut (dyn FnMut(TaskRecord) + Send),
) -> Result<()> {
    let query = bounds.iter().fold(sqlx::query(select), |query, bound| query.bind(*bound));
    let mut rows = query.fetch(conn);
    let mut count = 0;
    while let Some(row) = rows.try_next().await.map_err(sql)? {
        visit(decode(row.get(0))?);
        count += 1;
        if count % TURN == 0 {
            tokio::task::yield_now().await;
        }
    }
    Ok(())
}

/// Months whose closed tasks changed, and how many more each has.
#[derive(Debug, Default)]
pub(crate) struct MonthChanges(BTreeMap<Month, i64>);

impl MonthChanges {
    /// Notes what a task was and what it is.
    pub(crate) fn change(&mut self, old: Option<&TaskRecord>, new: Option<&TaskRecord>) {
        if old == new {
            return;
        }
        for (task, sign) in [(old, -1), (new, 1)] {
            if let Some(task) = task.filter(|task| !task.status_or_queued().is_open()) {
                let month = Month::of(task.created_at.unwrap_or(task.first_seen_at));
                *self.0.entry(month).or_default() += sign;
            }
        }
    }

    /// Saves them. The transaction's own changes of the log are yet to be numbered.
    pub(crate) async fn save(self, conn: &mut SqliteConnection) -> Result<()> {
        if self.0.is_empty() {
            return Ok(());
        }
        let version = meta::number(conn, meta::SEQ).await?.saturating_add(1);
        for (month, more) in self.0 {
            sqlx::query(
                "insert into mirror_months (month, closed, version) values (?, ?, ?) \
                 on conflict (month) do update set closed = closed + excluded.closed, version = excluded.version",
            )
            .bind(month.number())
            .bind(more)
            .bind(i64::try_from(version).unwrap_or(i64::MAX))
            .execute(&mut *conn)
            .await
            .map_err(sql)?;
        }
        Ok(())
    }
}
