//! The log of changes: references to rows, in order.

use std::collections::HashMap;

use domain::{
    change::{Change, Changes},
    fold::Key,
    id::{AgentId, EventId, JobId, ProductId, RunId, Seq, TaskId},
    live::{Heads, Marks},
};
use sqlx::{Row, SqliteConnection};
use store::{Result, StoreError};

use crate::{error::sql, meta, rows};

/// At most `limit` changes after `seq`. A row that changed several times among them comes once, at its last place.
pub(crate) async fn changes_after(conn: &mut SqliteConnection, seq: Seq, limit: usize) -> Result<Changes> {
    let mut transaction = sqlx::Connection::begin(conn).await.map_err(sql)?;
    if seq.0 > meta::number(&mut transaction, meta::SEQ).await? {
        // The reader knows more than there is: another database lies here now.
        return Ok(Changes::Resync);
    }
    if seq.0 < meta::number(&mut transaction, meta::FLOOR).await? {
        // Rows were deleted since, which no change tells.
        return Ok(Changes::Resync);
    }
    let found = sqlx::query("select seq, kind, ref from changes where seq > ? order by seq limit ?")
        .bind(i64::try_from(seq.0).unwrap_or(i64::MAX))
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .fetch_all(&mut *transaction)
        .await
        .map_err(sql)?;
    let mut upto = seq;
    let mut places: HashMap<Key, Seq> = HashMap::with_capacity(found.len());
    for row in found {
        upto = Seq(u64::try_from(row.get::<i64, _>(0)).unwrap_or(0));
        places.insert(key(row.get(1), row.get(2))?, upto);
    }
    let mut keys: Vec<(Key, Seq)> = places.into_iter().collect();
    keys.sort_by_key(|(_, seq)| *seq);
    let names: Vec<Key> = keys.iter().map(|(key, _)| key.clone()).collect();
    let ledger = rows::load(&mut transaction, &names).await?;
    let changes =
        keys.into_iter().filter_map(|(key, seq)| ledger.get(&key).map(|row| Change { seq, row })).collect();
    Ok(Changes::Some { changes, upto })
}

/// How far all logs have come, in one statement. Entries are numbered without gaps and never deleted, so each of these is
/// a look at the end of an index.
pub(crate) async fn heads(conn: &mut SqliteConnection) -> Result<Heads> {
    let row = sqlx::query(
        "select (select value from meta where key = ?), (select max(id) from audit), \
         (select max(version) from settings), (select max(id) from view_changes), \
         (select max(id) from product_changes)",
    )
    .bind(meta::SEQ)
    .fetch_one(conn)
    .await
    .map_err(sql)?;
    let number = |column: usize| {
        row.get::<Option<i64>, _>(column).and_then(|value| u64::try_from(value).ok()).unwrap_or(0)
    };
    let marks = Marks { decisions: number(1), settings: number(2), views: number(3), products: number(4) };
    Ok(Heads { seq: Seq(number(0)), marks })
}

/// Notes that a product changed.
pub(crate) async fn add_product(conn: &mut SqliteConnection, seq: Seq, id: &ProductId) -> Result<()> {
    let key = Key::Product(id.clone());
    let (kind, reference) = rows::reference(&key);
    sqlx::query("insert into changes (seq, kind, ref) values (?, ?, ?)")
        .bind(i64::try_from(seq.0).unwrap_or(i64::MAX))
        .bind(kind)
        .bind(reference)
        .execute(conn)
        .await
        .map_err(sql)?;
    Ok(())
}

fn key(kind: i64, id: &str) -> Result<Key> {
    let corrupt = |_| StoreError::Corrupt(format!("the log names a row `{id}` that cannot be one"));
    match kind {
        0 => ProductId::new(id).map(Key::Product).map_err(corrupt),
        1 => TaskId::new(id).map(Key::Task).map_err(corrupt),
        2 => EventId::new(id).map(Key::Event).map_err(corrupt),
        3 => RunId::new(id).map(Key::Run).map_err(corrupt),
        4 => AgentId::new(id).map(Key::Agent).map_err(corrupt),
        5 => JobId::new(id).map(Key::Job).map_err(corrupt),
        6 => TaskId::new(id).map(Key::TaskMerged).map_err(corrupt),
        other => {
            Err(StoreError::Corrupt(format!("the log names a kind {other} that this version does not know")))
        }
    }
}
