//! One value of a row, as SQLite keeps it.

use std::sync::Arc;

use sqlx::{
    Arguments as _, Row as _, TypeInfo as _, ValueRef as _,
    sqlite::{SqliteArguments, SqliteRow},
};
use store::Result;

use crate::error::sql;

/// A value that is cheap to bind.
#[derive(Debug, Clone)]
pub(super) enum Value {
    Null,
    Integer(i64),
    Real(f64),
    Text(Arc<str>),
    Blob(Vec<u8>),
}

impl Value {
    /// The value at that place of a row, whatever its column was declared as.
    pub(super) fn read(row: &SqliteRow, at: usize) -> Result<Self> {
        let raw = row.try_get_raw(at).map_err(sql)?;
        if raw.is_null() {
            return Ok(Self::Null);
        }
        let value = match raw.type_info().name() {
            "INTEGER" => row.try_get_unchecked(at).map(Self::Integer),
            "REAL" => row.try_get_unchecked(at).map(Self::Real),
            "TEXT" => row.try_get_unchecked::<&str, _>(at).map(|text| Self::Text(text.into())),
            _ => row.try_get_unchecked(at).map(Self::Blob),
        };
        value.map_err(sql)
    }

    /// The text, where it is one.
    pub(super) fn text(&self) -> &str {
        if let Self::Text(text) = self { text } else { "" }
    }

    /// Adds it to what a statement is run with.
    pub(super) fn bind(&self, to: &mut SqliteArguments) -> Result<()> {
        let bound = match self {
            Self::Null => to.add(None::<i64>),
            Self::Integer(value) => to.add(*value),
            Self::Real(value) => to.add(*value),
            Self::Text(value) => to.add(Arc::clone(value)),
            Self::Blob(value) => to.add(value.as_slice()),
        };
        bound.map_err(|error| sql(sqlx::Error::Encode(error)))
    }
}
