//! Errors of the database, in the port's words.

use store::StoreError;

/// An error of sqlx.
pub(crate) fn sql(error: sqlx::Error) -> StoreError {
    match &error {
        sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) | sqlx::Error::ColumnNotFound(_) => {
            StoreError::Corrupt(error.to_string())
        }
        sqlx::Error::Database(inner) if matches!(inner.code().as_deref(), Some("11" | "26")) => {
            // SQLITE_CORRUPT, SQLITE_NOTADB
            StoreError::Corrupt(error.to_string())
        }
        _ => StoreError::Unavailable(error.to_string()),
    }
}

/// A row whose JSON this version cannot read.
pub(crate) fn json(error: serde_json::Error) -> StoreError {
    StoreError::Corrupt(error.to_string())
}

/// The migrations do not fit the file.
pub(crate) fn migrate(error: sqlx::migrate::MigrateError) -> StoreError {
    match error {
        sqlx::migrate::MigrateError::VersionMissing(version) => StoreError::Corrupt(format!(
            "the database was made by a newer version (migration {version}); use that version or another --data folder"
        )),
        other => StoreError::Unavailable(other.to_string()),
    }
}
