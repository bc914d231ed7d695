//! `cron/executions.db`: one row an attempt of a job.

use anyhow::Result;
use sqlx::SqliteConnection;

use crate::{
    rng::Rng,
    stamp::{self, Time},
};

/// How many ended attempts Hermes keeps.
pub(crate) const KEPT: i64 = 1000;

/// An attempt that has ended, unless it has no `finished`.
#[derive(Debug, Clone)]
pub(crate) struct Attempt {
    pub(crate) job: String,
    pub(crate) claimed: Time,
    pub(crate) finished: Option<Time>,
    pub(crate) error: Option<String>,
}

/// A job is claimed; returns the id of the attempt.
pub(crate) async fn claim(db: &mut SqliteConnection, rng: &mut Rng, job: &str, at: Time) -> Result<String> {
    let id = rng.hex(32);
    sqlx::query(
        "INSERT INTO executions (id, job_id, source, process_id, pid, process_started_at, status, claimed_at) \
         VALUES (?, ?, 'direct', ?, ?, ?, 'claimed', ?)",
    )
    .bind(&id)
    .bind(job)
    .bind(rng.hex(32))
    .bind(i64::try_from(rng.between(300, 30_000))?)
    .bind(173_211_i64)
    .bind(stamp::iso(at))
    .execute(db)
    .await?;
    Ok(id)
}

/// A claimed attempt starts.
pub(crate) async fn start(db: &mut SqliteConnection, id: &str, at: Time) -> Result<()> {
    sqlx::query(
        "UPDATE executions SET status = 'running', started_at = ? WHERE id = ? AND status = 'claimed'",
    )
    .bind(stamp::iso(at))
    .bind(id)
    .execute(db)
    .await?;
    Ok(())
}

/// An attempt ends, for good or bad; the oldest ended ones beyond [`KEPT`] go.
pub(crate) async fn finish(db: &mut SqliteConnection, id: &str, at: Time, error: Option<&str>) -> Result<()> {
    sqlx::query(
        "UPDATE executions SET status = ?, finished_at = ?, error = ? WHERE id = ? AND status IN ('claimed', 'running')",
    )
    .bind(if error.is_some() { "failed" } else { "completed" })
    .bind(stamp::iso(at))
    .bind(error)
    .bind(id)
    .execute(&mut *db)
    .await?;
    sqlx::query(
        "DELETE FROM executions WHERE id IN (SELECT id FROM executions WHERE status IN ('completed', 'failed', \
         'unknown') ORDER BY claimed_at DESC, id DESC LIMIT -1 OFFSET ?)",
    )
    .bind(KEPT)
    .execute(db)
    .await?;
    Ok(())
}

/// A whole attempt at once.
pub(crate) async fn insert(db: &mut SqliteConnection, rng: &mut Rng, attempt: &Attempt) -> Result<()> {
    let id = claim(db, rng, &attempt.job, attempt.claimed).await?;
    start(db, &id, stamp::after(attempt.claimed, 0.05)).await?;
    if let Some(finished) = attempt.finished {
        finish(db, &id, finished, attempt.error.as_deref()).await?;
    }
    Ok(())
}
