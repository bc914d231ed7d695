//! A loop that only inserts: what SQLite itself costs, for `cargo xtask bench ingest` to be measured against.
//!
//! It makes a database that [`SqliteStore`](crate::SqliteStore) made once more, from its finished rows: the same driver,
//! the same connection options (WAL, `synchronous = FULL`), the same tables and indexes from the same migrations, the
//! same rows with the same keys, in the same order, in the same number of commits.
//!
//! # In the loop
//! - `begin immediate`, and a commit that is on the disk before the next one begins.
//! - Binding every value. Texts are bound by reference count, so nothing of them is copied before SQLite does.
//! - Prepared statements of many rows, whose texts were made before, and are prepared once each.
//! - All indexes, the words of the search and the checkpoints of the WAL.
//!
//! # Not in the loop
//! - Decoding, redacting, digesting and folding of lines, and making the rows' JSON and words.
//! - Asking for anything: whether a line was taken before, what a row was.
//! - Writing a row twice. A task that ten commits touched is inserted once, as it is in the end, in the commit in which
//!   it first came; its words and the roll-ups likewise. The log has all its entries.
//!
//! So it is less work than any ledger can get away with: a yardstick, not a goal.

mod rows;
mod table;
mod value;

use std::path::Path;

use sqlx::{Connection as _, SqliteConnection};
use store::Result;

pub use self::rows::{Commit, Rows};
use crate::{
    error::{migrate, sql},
    store::{MIGRATIONS, options},
};

/// The loop's database.
pub struct Loop {
    conn: SqliteConnection,
}

impl Loop {
    /// Makes the database, with its tables and nothing in them. There must be none at that path.
    pub async fn create(path: &Path) -> Result<Self> {
        let mut conn = SqliteConnection::connect_with(&options(path)).await.map_err(sql)?;
        MIGRATIONS.run(&mut conn).await.map_err(migrate)?;
        Ok(Self { conn })
    }

    /// Inserts all rows; returns when they are durable.
    pub async fn insert(&mut self, rows: &Rows) -> Result<()> {
        for commit in &rows.commits {
            let mut transaction = self.conn.begin_with("begin immediate").await.map_err(sql)?;
            for (table, values) in rows.tables.iter().zip(commit) {
                table.insert(&mut transaction, values).await?;
            }
            transaction.commit().await.map_err(sql)?;
        }
        Ok(())
    }

    /// Closes the database, so that all of it lies in one file.
    pub async fn close(self) -> Result<()> {
        self.conn.close().await.map_err(sql)
    }
}
