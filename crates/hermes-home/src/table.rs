//! Reading rows of tables that may be older or newer than this version knows.

use std::collections::HashSet;

use sqlx::{AssertSqlSafe, Row as _, SqliteConnection, TypeInfo as _, ValueRef as _, sqlite::SqliteRow};

/// A table as it is there.
pub(crate) struct Table {
    name: &'static str,
    columns: HashSet<String>,
}

impl Table {
    /// The table of that name; nothing where there is none.
    pub(crate) async fn of(
        conn: &mut SqliteConnection,
        name: &'static str,
    ) -> Result<Option<Self>, sqlx::Error> {
        let rows = sqlx::query("select name from pragma_table_info(?)").bind(name).fetch_all(conn).await?;
        let columns: HashSet<String> = rows.iter().filter_map(|row| Cells(row).text(0)).collect();
        Ok((!columns.is_empty()).then_some(Self { name, columns }))
    }

    /// Whether it has that column.
    pub(crate) fn has(&self, column: &str) -> bool {
        self.columns.contains(column)
    }

    /// `select … from …`: columns that are not there come as null, so that their places stay.
    pub(crate) fn select(&self, columns: &[&str]) -> String {
        let cell = |column: &&str| if self.has(column) { (*column).to_owned() } else { "null".to_owned() };
        let cells: Vec<String> = columns.iter().map(cell).collect();
        format!("select {} from {}", cells.join(", "), self.name)
    }
}

/// Statements are made of names in this code, never of what was read.
pub(crate) fn query(sql: String) -> sqlx::query::Query<'static, sqlx::Sqlite, sqlx::sqlite::SqliteArguments> {
    sqlx::query(AssertSqlSafe(sql))
}

/// The cells of a row. SQLite lets any value stand in any column, so nothing is taken for granted: a number is read
/// from a text, a text that is no UTF-8 is mended.
pub(crate) struct Cells<'a>(pub(crate) &'a SqliteRow);

impl Cells<'_> {
    /// The text, where there is one that is not empty.
    pub(crate) fn text(&self, index: usize) -> Option<String> {
        let bytes: Option<&[u8]> = self.0.try_get_unchecked(index).ok()?;
        bytes.filter(|bytes| !bytes.is_empty()).map(|bytes| String::from_utf8_lossy(bytes).into_owned())
    }

    /// The whole number; nothing where a text is none.
    pub(crate) fn int(&self, index: usize) -> Option<i64> {
        if self.is_text(index) {
            return self.text(index)?.trim().parse().ok();
        }
        self.0.try_get_unchecked(index).ok()?
    }

    /// The whole number, nothing where it is negative.
    pub(crate) fn count(&self, index: usize) -> Option<u64> {
        self.int(index).and_then(|value| u64::try_from(value).ok())
    }

    /// The number, nothing where it is none of the finite ones.
    pub(crate) fn real(&self, index: usize) -> Option<f64> {
        let value: Option<f64> = if self.is_text(index) {
            self.text(index)?.trim().parse().ok()
        } else {
            self.0.try_get_unchecked(index).ok()?
        };
        value.filter(|value| value.is_finite())
    }

    /// Whether SQLite would make a number of what is none: 0 of a text without digits.
    fn is_text(&self, index: usize) -> bool {
        let value = self.0.try_get_raw(index);
        value.is_ok_and(|value| !value.is_null() && matches!(value.type_info().name(), "TEXT" | "BLOB"))
    }
}
