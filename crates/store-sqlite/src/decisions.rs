//! Decisions: made, taken back, and ended by what lines change.

use chrono::{DateTime, Utc};
use domain::{
    decision::{AuditAction, AuditEntry, Decision, NewDecision, Subject, Turn, Watch},
    fold::{Key, Ledger},
};
use sqlx::{Row, SqliteConnection, sqlite::SqliteRow};
use store::{Result, StoreError};

use crate::{
    audit::{self, action, key, place},
    error::{json, sql},
    merges,
    time::{from_micros, micros},
};

/// Keeps a decision, in a transaction of its own.
pub(crate) async fn decide(
    conn: &mut SqliteConnection,
    new: &NewDecision,
    now: DateTime<Utc>,
) -> Result<AuditEntry> {
    let mut transaction = sqlx::Connection::begin_with(conn, "begin immediate").await.map_err(sql)?;
    let conn = &mut *transaction;
    let (mut item, mut subject) = (new.item.clone(), new.subject.clone());
    if let Some(Subject::Task(id)) = &mut subject {
        let into = merges::meant(conn, id).await?;
        item = item.moved(id, &into);
        *id = into;
    }
    let last: Option<i64> = sqlx::query_scalar("select max(id) from decisions where item = ?")
        .bind(item.as_str())
        .fetch_one(&mut *conn)
        .await
        .map_err(sql)?;
    if let Some(last) = last.and_then(|last| u64::try_from(last).ok()) {
        let last = audit::entry(conn, last).await?.filter(|last| new.repeats(last));
        if let Some(last) = last {
            return Ok(last);
        }
    }
    let subject = subject.as_ref().map(text).transpose()?;
    let entry = audit::New {
        by: &new.by,
        action: new.kind.into(),
        item: item.as_str(),
        title: &new.title,
        cause: &new.cause,
        subject: subject.as_deref(),
        until: new.until,
        note: new.note.as_deref(),
        undoes: None,
    };
    let id = audit::add(conn, entry, now).await?;
    sqlx::query("insert into decisions (id, item, subject) values (?, ?, ?)")
        .bind(place(id))
        .bind(item.as_str())
        .bind(subject)
        .execute(&mut *conn)
        .await
        .map_err(sql)?;
    let entry = audit::entry(conn, id).await?.ok_or_else(lost)?;
    transaction.commit().await.map_err(sql)?;
    Ok(entry)
}

/// Takes back the decision in force that has this id, in a transaction of its own.
pub(crate) async fn undo(
    conn: &mut SqliteConnection,
    id: u64,
    by: &str,
    now: DateTime<Utc>,
) -> Result<Option<AuditEntry>> {
    let mut transaction = sqlx::Connection::begin_with(conn, "begin immediate").await.map_err(sql)?;
    let conn = &mut *transaction;
    let Some(undone) = audit::entry(conn, id).await?.filter(|entry| entry.in_force) else { return Ok(None) };
    let live = sqlx::query("delete from decisions where id = ? returning item, subject")
        .bind(place(id))
        .fetch_one(&mut *conn)
        .await
        .map_err(sql)?;
    let entry = audit::New {
        by,
        action: AuditAction::Undone,
        item: live.get("item"),
        title: &undone.title,
        cause: &undone.cause,
        subject: live.get("subject"),
        until: None,
        note: None,
        undoes: Some(id),
    };
    let id = audit::add(conn, entry, now).await?;
    let entry = audit::entry(conn, id).await?.ok_or_else(lost)?;
    transaction.commit().await.map_err(sql)?;
    Ok(Some(entry))
}

/// The decisions in force, the oldest first.
pub(crate) async fn in_force(conn: &mut SqliteConnection) -> Result<Vec<Decision>> {
    let rows = sqlx::query(
        "select audit.*, decisions.item as item_now from decisions join audit on audit.id = decisions.id \
         where decisions.id in (select max(id) from decisions group by item) order by decisions.id",
    )
    .fetch_all(conn)
    .await
    .map_err(sql)?;
    rows.iter().map(decode).collect()
}

fn decode(row: &SqliteRow) -> Result<Decision> {
    let unknown = || StoreError::Corrupt("an undoing stands where a decision should".to_owned());
    Ok(Decision {
        id: u64::try_from(row.get::<i64, _>("id")).unwrap_or(0),
        item: key(row.get("item_now"))?,
        cause: row.get("cause"),
        kind: action(row.get("action"))?.decision().ok_or_else(unknown)?,
        until: row.get::<Option<i64>, _>("until").map(from_micros),
        note: row.get("note"),
        title: row.get("title"),
        at: from_micros(row.get("at")),
        by: row.get("who"),
    })
}

/// Watches those of the rows, as they are before lines are merged, on which there are decisions. Nearly free where
/// there are no decisions at all.
pub(crate) async fn watch(conn: &mut SqliteConnection, rows: &[Key], before: &Ledger) -> Result<Watch> {
    let any: bool = sqlx::query_scalar("select exists (select 1 from decisions)")
        .fetch_one(&mut *conn)
        .await
        .map_err(sql)?;
    if !any {
        return Ok(Watch::default());
    }
    let subject = |key: &Key| match key {
        Key::Task(id) => Some(text(&Subject::Task(id.clone()))),
        Key::Agent(id) => Some(text(&Subject::Agent(id.clone()))),
        Key::Product(_) | Key::Event(_) | Key::Run(_) | Key::Job(_) | Key::TaskMerged(_) => None,
    };
    let subjects = rows.iter().filter_map(subject).collect::<Result<Vec<_>>>()?;
    let subjects = serde_json::to_string(&subjects).map_err(json)?;
    let decided: Vec<String> = sqlx::query_scalar(
        "select distinct subject from decisions where subject in (select value from json_each(?))",
    )
    .bind(subjects)
    .fetch_all(conn)
    .await
    .map_err(sql)?;
    let decided: Vec<Subject> =
        decided.iter().map(|text| serde_json::from_str(text).map_err(json)).collect::<Result<_>>()?;
    Ok(Watch::over(decided, before))
}

/// Does what followed from lines, in their transaction.
pub(crate) async fn settle(conn: &mut SqliteConnection, turns: Vec<Turn>) -> Result<()> {
    for turn in turns {
        match turn {
            Turn::Ended { subject, at } => end(conn, &text(&subject)?, at).await?,
            Turn::Moved { from, into } => {
                let (old, new) = (text(&Subject::Task(from.clone()))?, text(&Subject::Task(into.clone()))?);
                let rows = sqlx::query("select id, item from decisions where subject = ?")
                    .bind(old)
                    .fetch_all(&mut *conn)
                    .await
                    .map_err(sql)?;
                for row in rows {
                    sqlx::query("update decisions set item = ?, subject = ? where id = ?")
                        .bind(key(row.get("item"))?.moved(&from, &into).to_string())
                        .bind(&new)
                        .bind(row.get::<i64, _>("id"))
                        .execute(&mut *conn)
                        .await
                        .map_err(sql)?;
                }
            }
        }
    }
    Ok(())
}

async fn end(conn: &mut SqliteConnection, subject: &str, at: DateTime<Utc>) -> Result<()> {
    sqlx::query("insert into decision_ends (id, at) select id, ? from decisions where subject = ?")
        .bind(micros(at))
        .bind(subject)
        .execute(&mut *conn)
        .await
        .map_err(sql)?;
    sqlx::query("delete from decisions where subject = ?").bind(subject).execute(conn).await.map_err(sql)?;
    Ok(())
}

/// A subject as it is stored.
fn text(subject: &Subject) -> Result<String> {
    serde_json::to_string(subject).map_err(json)
}

fn lost() -> StoreError {
    StoreError::Corrupt("an entry of the log is gone in the transaction that added it".to_owned())
}
