//! Failures by their fingerprint: kept with the rows that tell them, so that a page finds in one look who else had one.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::{
    event::EventRecord,
    fold::{Key, Ledger},
    id::TaskId,
    insight::fingerprint::{
        Failure, MAX_FAILURES, MAX_OTHERS, Other, Recurrence, VERSION, of_event, of_task,
    },
    registry::Registry,
    task::{Task, TaskRecord},
};
use futures::TryStreamExt as _;
use sqlx::{Row, SqliteConnection};
use store::Result;

use crate::{
    error::sql,
    merges, meta, registry,
    rows::{self, decode, insert},
    time::{from_micros, micros},
};

/// A row of the table: kind, id of the row that tells it, its task, when and what.
type Told = (i64, String, String, DateTime<Utc>, String);

/// How a row of the ledger is read for what it tells.
type Read = fn(&str) -> Result<Option<Told>>;

const INTO: &str = "insert into failures (kind, ref, task, at, fingerprint)";
const CONFLICT: &str = "on conflict (kind, ref) do update set task = excluded.task, at = excluded.at, \
    fingerprint = excluded.fingerprint";
/// How many rows are kept in memory while an older file is brought up to date.
const AT_ONCE: usize = 4_096;

fn by_task(task: &TaskRecord) -> Option<Told> {
    let Failure { fingerprint, at } = of_task(task)?;
    Some((0, task.id.to_string(), task.id.to_string(), at, fingerprint))
}

fn by_event(record: &EventRecord) -> Option<Told> {
    let Failure { fingerprint, at } = of_event(record)?;
    Some((1, record.event.id.to_string(), record.event.task_id.to_string(), at, fingerprint))
}

/// Saves what the touched rows of `after` tell that those of `before` did not.
pub(crate) async fn save(
    conn: &mut SqliteConnection,
    touched: &[Key],
    before: &Ledger,
    after: &Ledger,
) -> Result<()> {
    let mut told = Vec::new();
    let mut gone: BTreeSet<(i64, &str)> = rows::gone(before, after)
        .filter(|task| by_task(task).is_some())
        .map(|task| (0, task.id.as_str()))
        .collect();
    for key in touched {
        let (kind, id, old, new) = match key {
            Key::Task(id) => {
                let of = |ledger: &Ledger| ledger.tasks.get(id).and_then(by_task);
                (0, id.as_str(), of(before), of(after))
            }
            Key::Event(id) => {
                let of = |ledger: &Ledger| ledger.events.get(id).and_then(by_event);
                (1, id.as_str(), of(before), of(after))
            }
            _ => continue,
        };
        match new {
            Some(new) if old.as_ref() != Some(&new) => told.push(new),
            None if old.is_some() => drop(gone.insert((kind, id))),
            _ => {}
        }
    }
    for (kind, id) in gone {
        sqlx::query("delete from failures where kind = ? and ref = ?")
            .bind(kind)
            .bind(id)
            .execute(&mut *conn)
            .await
            .map_err(sql)?;
    }
    put(conn, &told).await
}

async fn put(conn: &mut SqliteConnection, told: &[Told]) -> Result<()> {
    insert(conn, INTO, CONFLICT, told, |mut row, (kind, id, task, at, fingerprint)| {
        row.push_bind(*kind).push_bind(id).push_bind(task).push_bind(micros(*at)).push_bind(fingerprint);
    })
    .await
}

/// Makes the fingerprints of all rows anew, where those in the file were made by other rules or not at all.
pub(crate) async fn bring_up_to_date(conn: &mut SqliteConnection) -> Result<()> {
    if meta::number(conn, meta::FINGERPRINTS).await? == VERSION {
        return Ok(());
    }
    let mut transaction = sqlx::Connection::begin_with(conn, "begin immediate").await.map_err(sql)?;
    let conn = &mut *transaction;
    sqlx::query("delete from failures").execute(&mut *conn).await.map_err(sql)?;
    // By key, a part at a time: a statement that is being read would stand in the way of the one that writes.
    let tasks = "select key, row from tasks where key > ? and json_extract(row, '$.error') is not null \
        order by key limit 4096";
    let events = "select key, row from events where key > ? and json_extract(row, '$.eventType') = 'error' \
        order by key limit 4096";
    let kinds: [(&'static str, Read); 2] = [
        (tasks, |row| decode(row).map(|task| by_task(&task))),
        (events, |row| decode(row).map(|event| by_event(&event))),
    ];
    for (select, read) in kinds {
        let mut after = i64::MIN;
        loop {
            let mut told = Vec::with_capacity(AT_ONCE);
            let mut found = 0;
            let mut rows = sqlx::query(select).bind(after).fetch(&mut *conn);
            while let Some(row) = rows.try_next().await.map_err(sql)? {
                found += 1;
                after = row.get(0);
                told.extend(read(row.get(1))?);
            }
            drop(rows);
            put(conn, &told).await?;
            if found < AT_ONCE {
                break;
            }
        }
    }
    meta::set_number(conn, meta::FINGERPRINTS, VERSION).await?;
    transaction.commit().await.map_err(sql)
}

/// The latest failures of a task, each with who else had it.
pub(crate) async fn recurrences(conn: &mut SqliteConnection, task: &TaskId) -> Result<Vec<Recurrence>> {
    let mut transaction = sqlx::Connection::begin(conn).await.map_err(sql)?;
    let conn = &mut *transaction;
    let task = merges::meant(conn, task).await?;
    let own = sqlx::query(
        "select fingerprint, max(at) from failures where task = ? group by fingerprint order by 2 desc, 1 limit ?",
    )
    .bind(task.as_str())
    .bind(MAX_FAILURES)
    .fetch_all(&mut *conn)
    .await
    .map_err(sql)?;
    let aliases = registry::aliases(conn).await?;
    let mut all = Vec::with_capacity(own.len());
    for row in own {
        all.push(recurrence(conn, &task, row.get(0), &aliases).await?);
    }
    Ok(all)
}

async fn recurrence(
    conn: &mut SqliteConnection,
    task: &TaskId,
    fingerprint: &str,
    aliases: &Registry,
) -> Result<Recurrence> {
    let sums = sqlx::query(
        "select count(*), count(distinct task), min(at), max(at) from failures where fingerprint = ?",
    )
    .bind(fingerprint)
    .fetch_one(&mut *conn)
    .await
    .map_err(sql)?;
    let count = |at: usize| u64::try_from(sums.get::<i64, _>(at)).unwrap_or(0);
    let products: Vec<String> = sqlx::query_scalar(
        "select distinct product from tasks join failures on tasks.id = failures.task \
         where fingerprint = ? and product <> 'unassigned'",
    )
    .bind(fingerprint)
    .fetch_all(&mut *conn)
    .await
    .map_err(sql)?;
    let counting = |id: &String| Ok(aliases.resolve(&registry::product(id)?).clone());
    let products = products.iter().map(counting).collect::<Result<BTreeSet<_>>>()?;
    let others = sqlx::query(
        "select tasks.row, max(failures.at) as last from failures join tasks on tasks.id = failures.task \
         where fingerprint = ? and failures.task <> ? group by failures.task order by last desc, failures.task limit ?",
    )
    .bind(fingerprint)
    .bind(task.as_str())
    .bind(MAX_OTHERS)
    .fetch_all(&mut *conn)
    .await
    .map_err(sql)?;
    let other = |row: &sqlx::sqlite::SqliteRow| {
        let mut task = Task::from(decode::<TaskRecord>(row.get(0))?);
        aliases.point_task(&mut task);
        let Task { id, title, product_id, status, .. } = task;
        Ok(Other { id, title, product_id, status, at: from_micros(row.get(1)) })
    };
    Ok(Recurrence {
        fingerprint: fingerprint.to_owned(),
        times: count(0),
        tasks: count(1),
        products: products.len() as u64,
        first_at: from_micros(sums.get(2)),
        last_at: from_micros(sums.get(3)),
        others: others.iter().map(other).collect::<Result<_>>()?,
    })
}
