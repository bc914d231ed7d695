//! `verification_evidence.db`: test runs that Hermes recognised, and the files that a session changed.

use anyhow::Result;
use serde_json::json;
use sqlx::SqliteConnection;

use crate::{
    python,
    stamp::{self, Time},
    tools::TEST,
};

pub(crate) async fn first_rows(db: &mut SqliteConnection) -> Result<()> {
    sqlx::raw_sql("INSERT INTO meta (key, value) VALUES ('schema_version', '1')").execute(db).await?;
    Ok(())
}

/// A run of the tests; returns its id.
pub(crate) async fn tested(
    db: &mut SqliteConnection,
    session: &str,
    root: &str,
    exit: i32,
    at: Time,
) -> Result<i64> {
    let done = sqlx::query(
        "INSERT INTO verification_events (created_at, session_id, cwd, root, command, canonical_command, kind, scope, \
         status, exit_code, output_summary) VALUES (?, ?, ?, ?, ?, ?, 'test', 'full', ?, ?, '')",
    )
    .bind(stamp::iso(at))
    .bind(session)
    .bind(root)
    .bind(root)
    .bind(TEST)
    .bind(TEST)
    .bind(if exit == 0 { "passed" } else { "failed" })
    .bind(exit)
    .execute(db)
    .await?;
    Ok(done.last_insert_rowid())
}

/// Where a session stands: its last test run and the files that it changed.
pub(crate) async fn stands(
    db: &mut SqliteConnection,
    session: &str,
    root: &str,
    last: Option<i64>,
    changed: &[String],
    at: Time,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO verification_state (session_id, root, last_event_id, last_edit_at, changed_paths_json) \
         VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET last_event_id = excluded.last_event_id, \
         last_edit_at = excluded.last_edit_at, changed_paths_json = excluded.changed_paths_json",
    )
    .bind(session)
    .bind(root)
    .bind(last)
    .bind(stamp::iso(at))
    .bind(python::dumps(&json!(changed)))
    .execute(db)
    .await?;
    Ok(())
}
