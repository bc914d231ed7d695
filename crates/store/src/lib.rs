//! The storage port: what the service asks of a store, an in-memory store, and the suite that every store passes.
//!
//! # Invariants
//! - [`Store::append`] is all or nothing, durable when it returns, and idempotent on the line's id.
//! - Places in the log ([`domain::id::Seq`]) have no gap, and commit in order.
//! - Rows come only from [`domain::fold`]; a store never merges by itself.
//! - Not found is `Ok(None)`, not an error. Time comes in as a parameter.
//! - Roll-ups equal a full scan ([`conformance`] checks it).
//!
//! # To add a new backend
//! 1. Make a crate `crates/store-x`, implement [`Store`] for it, keep rows as the JSON of the domain's records.
//! 2. Call [`conformance::all`], [`conformance::products`], [`conformance::ledger`], [`conformance::mirror`] and [`conformance::questions`] in its
//!    tests.
//! 3. Add its arm where `server` opens the store, by the scheme of its URL.

#[cfg(any(test, feature = "conformance"))]
pub mod conformance;
mod error;
mod memory;
mod port;

pub use error::{Result, StoreError};
pub use memory::MemoryStore;
pub use port::{
    Appended, Batch, ClosedMonth, Cursor, Extent, Info, MirrorMonths, MirrorPart, NewSettings, Prune,
    PrunePlace, Pruned, Rows, Store, Token,
};
