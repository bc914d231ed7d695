//! Every row of a home, as text.

use std::path::Path;

use chrono::{DateTime, Utc};
use hermes_fake::{Made, Plan};
use sqlx::{Connection as _, Row as _, SqliteConnection};

pub(crate) const DATABASES: [&str; 5] =
    ["state.db", "kanban.db", "projects.db", "cron/executions.db", "verification_evidence.db"];

pub(crate) fn now() -> DateTime<Utc> {
    "2026-11-22T17:12:10Z".parse().unwrap()
}

/// A home of the plan in a folder of its own.
pub(crate) async fn make(plan: &Plan) -> (tempfile::TempDir, Made) {
    let dir = tempfile::tempdir().unwrap();
    let made = hermes_fake::home(dir.path(), plan).await.unwrap();
    (dir, made)
}

pub(crate) async fn open(home: &Path, file: &str) -> SqliteConnection {
    SqliteConnection::connect(&format!("sqlite://{}", home.join(file).display())).await.unwrap()
}

/// One number.
pub(crate) async fn count(home: &Path, file: &str, sql: &'static str) -> i64 {
    let mut db = open(home, file).await;
    let found: i64 = sqlx::query_scalar(sql).fetch_one(&mut db).await.unwrap();
    db.close().await.unwrap();
    found
}

/// Every row of every table that is not SQLite's own, and the jobs.
pub(crate) async fn rows(home: &Path) -> Vec<String> {
    let mut all = vec![std::fs::read_to_string(home.join("cron/jobs.json")).unwrap()];
    for file in DATABASES {
        let mut db = open(home, file).await;
        let tables: Vec<String> = sqlx::query_scalar(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '%fts%' ORDER BY name",
        )
        .fetch_all(&mut db)
        .await
        .unwrap();
        for table in tables {
            let columns: Vec<String> = sqlx::query_scalar("SELECT name FROM pragma_table_info(?)")
                .bind(&table)
                .fetch_all(&mut db)
                .await
                .unwrap();
            let quoted: Vec<String> = columns.iter().map(|column| format!("quote({column})")).collect();
            let sql = format!("SELECT {} FROM {table} ORDER BY rowid", quoted.join(" || '|' || "));
            for row in sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(&mut db).await.unwrap() {
                all.push(format!("{table} {}", row.get::<String, _>(0)));
            }
        }
        db.close().await.unwrap();
    }
    all
}
