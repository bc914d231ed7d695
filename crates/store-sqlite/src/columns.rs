//! What facets count, in memory: for each task the few values that filters name, 48 bytes a task.
//!
//! A page of the ledger wants six groupings of the same tasks, each with another condition left out. SQLite takes a
//! scan for each of them; here one pass over 100,000 tasks takes about a millisecond. The columns are read when they are
//! first asked for, and catch up by the log of changes, whoever wrote it, another process included.

use std::collections::HashMap;

use domain::id::Seq;
use futures::TryStreamExt as _;
use sqlx::{Row, SqliteConnection, sqlite::SqliteRow};
use store::Result;

use crate::{error::sql, meta};

/// More changed tasks than this are not caught up with one by one: all are read anew.
const MOST_CHANGED: i64 = 5_000;

/// What stands for "unknown" in a column of words of a fixed list, or of ids.
pub(crate) const UNKNOWN: u8 = u8::MAX;
pub(crate) const NOBODY: u32 = u32::MAX;

/// In no order: all of it stands in the index, which is a tenth of the rows.
const ALL: &str = "select key, created_at, product, status, priority, type, source, agent, ended_at \
    from tasks indexed by tasks_ledger";
const CHANGED: &str = "select key, created_at, product, status, priority, type, source, agent, ended_at from tasks \
    where id in (select ref from changes where seq > ? and kind = 1) order by key";

/// The columns, as of a place in the log.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    /// `None`: nothing was read yet.
    seq: Option<Seq>,
    /// By key.
    pub(crate) tasks: Vec<Entry>,
    pub(crate) products: Names,
    pub(crate) agents: Names,
}

/// A task. Words are their place in the domain's list, ids their place among the names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    pub(crate) key: i64,
    pub(crate) created_at: i64,
    /// `None` while it is open.
    pub(crate) ended_at: Option<i64>,
    pub(crate) product: u32,
    pub(crate) agent: u32,
    pub(crate) status: u8,
    pub(crate) priority: u8,
    pub(crate) task_type: u8,
    pub(crate) source: u8,
}

/// Texts that many tasks share, each once.
#[derive(Debug, Default)]
pub(crate) struct Names {
    pub(crate) texts: Vec<String>,
    places: HashMap<String, u32>,
}

impl Names {
    /// The place of a text, which is known from now on.
    fn place(&mut self, text: &str) -> u32 {
        if let Some(place) = self.places.get(text) {
            return *place;
        }
        let place = u32::try_from(self.texts.len()).unwrap_or(NOBODY);
        self.texts.push(text.to_owned());
        self.places.insert(text.to_owned(), place);
        place
    }
}

impl Columns {
    /// Brings the columns up to the moment of the transaction that `conn` is in.
    pub(crate) async fn catch_up(&mut self, conn: &mut SqliteConnection) -> Result<()> {
        let seq = Seq(meta::number(conn, meta::SEQ).await?);
        match self.seq {
            Some(known) if known == seq => return Ok(()),
            Some(known) if known < seq && is_small(conn, known).await? => {
                self.read_changed(conn, known).await?;
            }
            _ => self.read_all(conn).await?,
        }
        self.seq = Some(seq);
        Ok(())
    }

    async fn read_all(&mut self, conn: &mut SqliteConnection) -> Result<()> {
        // Should reading fail midway, nothing is known.
        *self = Self::default();
        let mut rows = sqlx::query(ALL).fetch(conn);
        while let Some(row) = rows.try_next().await.map_err(sql)? {
            let entry = self.entry(&row);
            self.tasks.push(entry);
        }
        self.tasks.sort_unstable_by_key(|entry| entry.key);
        Ok(())
    }

    async fn read_changed(&mut self, conn: &mut SqliteConnection, known: Seq) -> Result<()> {
        let rows = sqlx::query(CHANGED).bind(place(known)).fetch_all(conn).await.map_err(sql)?;
        for row in &rows {
            let entry = self.entry(row);
            match self.tasks.binary_search_by_key(&entry.key, |entry| entry.key) {
                Ok(at) => self.tasks[at] = entry,
                Err(at) => self.tasks.insert(at, entry),
            }
        }
        Ok(())
    }

    fn entry(&mut self, row: &SqliteRow) -> Entry {
        let word = |column: usize| {
            row.get::<Option<i64>, _>(column).map_or(UNKNOWN, |at| u8::try_from(at).unwrap_or(UNKNOWN))
        };
        Entry {
            key: row.get(0),
            created_at: row.get(1),
            ended_at: row.get(8),
            product: self.products.place(row.get(2)),
            agent: row.get::<Option<&str>, _>(7).map_or(NOBODY, |agent| self.agents.place(agent)),
            status: word(3),
            priority: word(4),
            task_type: word(5),
            source: word(6),
        }
    }
}

/// Whether what changed since then can be caught up with: few tasks, of which none is gone.
async fn is_small(conn: &mut SqliteConnection, known: Seq) -> Result<bool> {
    if known.0 < meta::number(conn, meta::FLOOR).await? {
        // Tasks were deleted since, of which the log does not tell.
        return Ok(false);
    }
    let (changed, gone): (i64, i64) = sqlx::query_as(
        "select count(*), coalesce(sum(kind = 6), 0) from (select kind from changes where seq > ? and kind in (1, 6) limit ?)",
    )
    .bind(place(known))
    .bind(MOST_CHANGED + 1)
    .fetch_one(conn)
    .await
    .map_err(sql)?;
    Ok(changed <= MOST_CHANGED && gone == 0)
}

fn place(seq: Seq) -> i64 {
    i64::try_from(seq.0).unwrap_or(i64::MAX)
}

/// Which of the values of a filter there are among the names.
pub(crate) fn wanted<'a>(names: &Names, asked: impl Iterator<Item = &'a str>) -> Vec<bool> {
    let mut wanted = vec![false; names.texts.len()];
    for asked in asked {
        let place = names.places.get(asked).and_then(|place| usize::try_from(*place).ok());
        if let Some(wanted) = place.and_then(|place| wanted.get_mut(place)) {
            *wanted = true;
        }
    }
    wanted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::MIGRATIONS;

    #[tokio::test]
    async fn all_columns_are_read_from_the_index_alone() {
        let mut conn = <SqliteConnection as sqlx::Connection>::connect("sqlite::memory:").await.unwrap();
        MIGRATIONS.run(&mut conn).await.unwrap();
        let plan = sqlx::query(sqlx::AssertSqlSafe(format!("explain query plan {ALL}")));
        let steps = plan.fetch_all(&mut conn).await.unwrap();
        let steps: Vec<&str> = steps.iter().map(|step| step.get("detail")).collect();
        assert_eq!(steps, ["SCAN tasks USING COVERING INDEX tasks_ledger"]);
    }
}
