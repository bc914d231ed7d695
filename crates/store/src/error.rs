//! What can go wrong in a store.

/// Why a store could not do what it was asked for.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// The store cannot be reached, read or written at present.
    #[error("the store does not answer: {0}")]
    Unavailable(String),
    /// What is stored cannot be understood: a file of another program, a newer version, a damaged page.
    #[error("the store holds something that this version cannot read: {0}")]
    Corrupt(String),
    /// A name that must be unique is taken.
    #[error("{0} exists already")]
    Taken(String),
    /// There are as many of them as there may be.
    #[error("there are as many {0} as there may be; delete one first")]
    Full(&'static str),
}

/// A result of a store.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;
