//! What reading cost, in rows: tests hold that an unchanged home costs none.

/// Counts since the reader was made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Work {
    /// Databases that were opened.
    pub databases_opened: u64,
    /// Rows of `sessions` that were read.
    pub session_rows: u64,
    /// Rows of `messages` that were read.
    pub message_rows: u64,
    /// Rows of all other tables that were read.
    pub other_rows: u64,
    /// Files other than databases that were read.
    pub files_read: u64,
}
