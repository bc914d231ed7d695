//! What can go wrong in a use case.

use store::StoreError;

/// Why a use case could not be carried out.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// What was asked for makes no sense; says what to write instead.
    #[error("{0}")]
    Invalid(String),
    /// A name that must be unique is taken.
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
            StoreError::Unavailable(_) | StoreError::Corrupt(_) => Self::Unavailable(error.to_string()),
        }
    }
}

/// A result of a use case.
pub(crate) type Result<T, E = ServiceError> = std::result::Result<T, E>;
