//! Storing lines: which are new, what rows come of them, and what follows for words, roll-ups and log.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    fold::{Key, Ledger, Touched},
    id::{LineId, Seq},
    telemetry::{Digest, Outcome, Telemetry},
};
use sqlx::{Row, SqliteConnection};
use store::{Appended, Batch, Result};

use crate::{
    cursors, decisions,
    error::{json, sql},
    failures, merges, meta,
    rollups::Rollups,
    rows::{self, insert},
};

/// Stores batches within the transaction of `conn`.
pub(crate) async fn append(
    conn: &mut SqliteConnection,
    batches: &[(&Batch, DateTime<Utc>)],
) -> Result<Vec<Appended>> {
    let mut known = known_lines(conn, batches).await?;
    let mut outcomes = Vec::with_capacity(batches.len());
    let mut new: Vec<(&Telemetry, DateTime<Utc>)> = Vec::new();
    for (batch, now) in batches {
        let outcome = |line: &Telemetry, known: &mut HashMap<LineId, Digest>| match known.get(&line.id) {
            Some(digest) if *digest == line.digest => Outcome::Duplicate,
            Some(_) => Outcome::Conflict,
            None => {
                known.insert(line.id.clone(), line.digest);
                Outcome::Accepted
            }
        };
        let mut of_batch = Vec::with_capacity(batch.lines.len());
        for line in &batch.lines {
            let outcome = outcome(line, &mut known);
            if outcome == Outcome::Accepted {
                new.push((line, *now));
            }
            of_batch.push(outcome);
        }
        outcomes.push(of_batch);
    }
    let seq = store_new(conn, &new).await?;
    for (name, cursor) in batches.iter().flat_map(|(batch, _)| &batch.cursors) {
        cursors::set(conn, name, cursor).await?;
    }
    Ok(outcomes.into_iter().map(|outcomes| Appended { outcomes, seq }).collect())
}

/// The digests of those lines that were taken before.
async fn known_lines(
    conn: &mut SqliteConnection,
    batches: &[(&Batch, DateTime<Utc>)],
) -> Result<HashMap<LineId, Digest>> {
    let ids: Vec<&LineId> = batches.iter().flat_map(|(batch, _)| &batch.lines).map(|line| &line.id).collect();
    let ids = serde_json::to_string(&ids).map_err(json)?;
    let found = sqlx::query("select id, digest from lines where id in (select value from json_each(?))")
        .bind(ids)
        .fetch_all(conn)
        .await
        .map_err(sql)?;
    let mut known = HashMap::with_capacity(found.len());
    for row in found {
        let (id, digest): (String, Vec<u8>) = (row.get(0), row.get(1));
        if let (Ok(id), Ok(digest)) = (LineId::new(id), Digest::try_from(digest.as_slice())) {
            known.insert(id, digest);
        }
    }
    Ok(known)
}

/// Folds new lines into their rows. Returns the last place in the log.
async fn store_new(conn: &mut SqliteConnection, new: &[(&Telemetry, DateTime<Utc>)]) -> Result<Seq> {
    let mut seq = Seq(meta::number(conn, meta::SEQ).await?);
    if new.is_empty() {
        return Ok(seq);
    }
    let lines: Vec<&Telemetry> = new.iter().map(|(line, _)| *line).collect();
    let merges = merges::of_lines(conn, lines.iter().copied()).await?;
    let needed: Vec<Key> = merges::needed(conn, &lines, &merges).await?.into_iter().collect();
    let before = Ledger { merges, ..rows::load(conn, &needed).await? };
    let mut ledger: Ledger = before.clone();
    let mut touched = Touched::default();
    let mut watch = decisions::watch(conn, &needed, &before).await?;
    for (line, now) in new {
        ledger.merge_noting(line, *now, &mut touched);
        watch.look(line, &ledger, *now);
    }
    decisions::settle(conn, watch.into_turns()).await?;
    let touched = touched.into_keys();
    rows::save(conn, &touched, &before, &ledger).await?;
    failures::save(conn, &touched, &before, &ledger).await?;
    Rollups::between(&touched, &before, &ledger).save(conn, &touched).await?;

    insert(conn, "insert into lines (id, digest)", "", &lines, |mut row, line| {
        row.push_bind(line.id.as_str()).push_bind(&line.digest[..]);
    })
    .await?;
    let mut changes = Vec::with_capacity(touched.len());
    for key in &touched {
        seq = seq.next();
        changes.push((seq, key));
    }
    insert(conn, "insert into changes (seq, kind, ref)", "", &changes, |mut row, (seq, key)| {
        let (kind, reference) = rows::reference(key);
        row.push_bind(i64::try_from(seq.0).unwrap_or(i64::MAX)).push_bind(kind).push_bind(reference);
    })
    .await?;
    meta::set_number(conn, meta::SEQ, seq.0).await?;
    let taken = meta::number(conn, meta::LINES).await?;
    meta::set_number(conn, meta::LINES, taken + new.len() as u64).await?;
    Ok(seq)
}
