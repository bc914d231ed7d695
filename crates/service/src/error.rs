//! What can go wrong in a use case.

use store::StoreError;

/// Why a use case could not be carried out.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// What was asked for makes no sense; says what to write instead.
    #[error("{0}")]
    Invalid(String),
    /// One field of what was sent makes no sense.
    #[error("{field}: {reason}")]
    Field {
        /// The field, by its name in JSON.
        field: &'static str,
        /// What is wrong with it, and what to write instead.
        reason: String,
    },
    /// There is no such thing.
    #[error("{0}")]
    NotFound(String),
    /// A name that must be unique is taken, or what is there does not allow it.
    #[error("{0}")]
    Conflict(String),
    /// The store does not answer at present.
    #[error("{0}")]
    Unavailable(String),
}

impl From<StoreError> for ServiceError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Taken(_) => Self::Conflict(error.to_string()),
            StoreError::Full(what) => Self::Field { field: what, reason: error.to_string() },
            StoreError::Unavailable(_) | StoreError::Corrupt(_) => Self::Unavailable(error.to_string()),
        }
    }
}

/// A result of a use case.
pub(crate) type Result<T, E = ServiceError> = std::result::Result<T, E>;
