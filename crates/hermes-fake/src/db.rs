//! The agent's databases: where they lie, how they are made and opened.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};

/// One database of a home: its file and its tables.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Database {
    pub(crate) file: &'static str,
    schema: &'static str,
}

pub(crate) const STATE: Database =
    Database { file: "state.db", schema: include_str!("../testdata/schema/state.sql") };
pub(crate) const KANBAN: Database =
    Database { file: "kanban.db", schema: include_str!("../testdata/schema/kanban.sql") };
pub(crate) const PROJECTS: Database =
    Database { file: "projects.db", schema: include_str!("../testdata/schema/projects.sql") };
pub(crate) const EXECUTIONS: Database =
    Database { file: "cron/executions.db", schema: include_str!("../testdata/schema/executions.sql") };
pub(crate) const EVIDENCE: Database = Database {
    file: "verification_evidence.db",
    schema: include_str!("../testdata/schema/verification_evidence.sql"),
};

/// The full-text tables of `state.db` and the triggers that fill them.
const SEARCH: &str = include_str!("../testdata/schema/state_search.sql");

/// Rows of the two full-text tables, as the triggers would have made them.
const FILL: [&str; 2] = [
    "INSERT INTO messages_fts(rowid, content) SELECT id, COALESCE(content, '') || ' ' || COALESCE(tool_name, '') \
     || ' ' || COALESCE(tool_calls, '') FROM messages",
    "INSERT INTO messages_fts_trigram(rowid, content) SELECT id, COALESCE(content, '') || ' ' || \
     COALESCE(tool_name, '') || ' ' || COALESCE(tool_calls, '') FROM messages",
];

impl Database {
    fn path(self, home: &Path) -> PathBuf {
        home.join(self.file)
    }

    /// Makes the file and its tables, for writing much at once: no journal, no waiting for the disk. What is
    /// cut off half-way is worth nothing.
    pub(crate) async fn make(self, home: &Path) -> Result<SqliteConnection> {
        let path = self.path(home);
        anyhow::ensure!(
            !path.exists(),
            "{} is there already; a home is written into an empty folder",
            path.display()
        );
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        }
        let options = SqliteConnectOptions::new()
            .filename(&path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Off)
            .synchronous(SqliteSynchronous::Off)
            .foreign_keys(false)
            .pragma("cache_size", "-65536");
        let mut connection = options.connect().await.with_context(|| path.display().to_string())?;
        sqlx::raw_sql(self.schema).execute(&mut connection).await?;
        Ok(connection)
    }

    /// Opens the file as Hermes does: it waits for another process, and each commit is written ahead.
    pub(crate) async fn open(self, home: &Path) -> Result<SqliteConnection> {
        let path = self.path(home);
        let options = SqliteConnectOptions::new()
            .filename(&path)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5));
        options.connect().await.with_context(|| format!("{}: write the home first", path.display()))
    }
}

/// Ends what [`Database::make`] began: from now on the file is written ahead, as Hermes keeps it.
pub(crate) async fn finish(mut connection: SqliteConnection) -> Result<()> {
    sqlx::raw_sql("PRAGMA journal_mode=WAL").execute(&mut connection).await?;
    connection.close().await?;
    Ok(())
}

/// Adds the full-text tables to a filled `state.db`.
pub(crate) async fn add_search(state: &mut SqliteConnection, fill: bool) -> Result<()> {
    sqlx::raw_sql(SEARCH).execute(&mut *state).await?;
    if fill {
        for statement in FILL {
            sqlx::raw_sql(statement).execute(&mut *state).await?;
        }
    }
    Ok(())
}
