//! The SQLite backend: one file, one writer, many readers.
//!
//! # Invariants
//! - An append that returned is on the disk (`synchronous = FULL`); many batches that wait share one commit.
//! - One writer connection in this process; another process that writes (an import beside a running server) waits
//!   its turn (`begin immediate`, busy time-out).
//! - Roll-ups, words, log and rows change in one transaction.
//! - Rows are the JSON of the domain's records. A column exists only for what is filtered, sorted or joined.
//! - Migrations are additive and are never edited once released.
//!
//! # To add a new filter or sort key
//! 1. A column in a new migration, filled in `rows.rs`, with the record it comes from.
//! 2. Its condition in `search.rs`, or its order in `tasks.rs`. The conformance suite holds it to `domain::query`.

mod append;
mod audit;
#[cfg(feature = "bare")]
pub mod bare;
mod columns;
mod cursors;
mod decisions;
mod deep;
mod error;
mod export;
mod facets;
mod facts;
mod failures;
mod history;
mod lists;
mod log;
mod merges;
mod meta;
mod mirror;
mod prune;
mod registry;
mod rollups;
mod rows;
mod search;
mod settings;
mod shrink;
mod store;
mod tasks;
mod time;
mod tokens;
mod views;
mod work;
mod writer;

pub use store::SqliteStore;
