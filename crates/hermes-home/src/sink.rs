//! Where what was read goes to.

use async_trait::async_trait;
use ingest::Draft;
use serde_json::Value;

/// Why a sink did not take lines. The reader is then made anew, from what the sink has.
pub type SinkError = Box<dyn std::error::Error + Send + Sync>;

/// How many of some lines were new.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Taken {
    /// Lines that were new.
    pub accepted: u64,
    /// Lines that were there before.
    pub known: u64,
}

/// Stores lines together with how far their sources were read, in one transaction.
#[async_trait]
pub trait Sink: Send + Sync {
    /// Stores lines and cursors, all or nothing.
    async fn take(&self, lines: Vec<Draft>, cursors: Vec<(String, Value)>) -> Result<Taken, SinkError>;
    /// The cursor of that name.
    async fn cursor(&self, name: &str) -> Result<Option<Value>, SinkError>;
    /// At most `limit` cursors whose names begin with `prefix`, in order, after `after`.
    async fn cursors(
        &self,
        prefix: &str,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<(String, Value)>, SinkError>;
}
