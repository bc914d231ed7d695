//! One table, and the statements that fill it.

use std::sync::Arc;

use sqlx::{Arguments as _, AssertSqlSafe, SqliteConnection, sqlite::SqliteArguments};
use store::Result;

use super::value::Value;
use crate::error::sql;

/// How many rows one statement inserts, the same as in the store: what is left over goes into smaller ones.
const SIZES: [usize; 3] = [256, 16, 1];

/// How a table is filled.
pub(super) struct Table {
    columns: usize,
    /// For each of `SIZES`: how many rows it inserts, and its text.
    statements: [(usize, Arc<str>); 3],
}

impl Table {
    /// A table of so many columns; `into` is the beginning of its statements, `insert into …`.
    pub(super) fn new(into: &'static str, columns: usize) -> Self {
        let row = format!("({})", vec!["?"; columns].join(", "));
        let statement = |rows: usize| format!("{into} values {}", vec![row.as_str(); rows].join(", "));
        Self { columns, statements: SIZES.map(|rows| (rows, statement(rows).into())) }
    }

    /// Inserts rows; `values` are theirs, one row after the other.
    pub(super) async fn insert(&self, conn: &mut SqliteConnection, values: &[Value]) -> Result<()> {
        let mut rest = values;
        for (rows, statement) in &self.statements {
            while !rest.is_empty() && rest.len() >= rows * self.columns {
                let (some, others) = rest.split_at(rows * self.columns);
                rest = others;
                let mut bound = SqliteArguments::default();
                bound.reserve(some.len(), 0);
                some.iter().try_for_each(|value| value.bind(&mut bound))?;
                // The text is made of names that stand in this crate.
                let query = sqlx::query_with(AssertSqlSafe(Arc::clone(statement)), bound);
                query.execute(&mut *conn).await.map_err(sql)?;
            }
        }
        Ok(())
    }
}
