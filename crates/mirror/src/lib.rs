//! The mirror: the ledger in the browser's memory, so that filters, facets, search, orders and pages need no request.
//!
//! [`wire`] is its form on the wire, written by the server and read by the browser; [`Mirror`] holds the rows and answers
//! exactly as a store does ([`domain::query`]).
//!
//! # To use it
//! 1. Fetch the [`Manifest`], begin with [`Mirror::new`].
//! 2. Fetch its chunks, the first one first, and hand the bytes of each to [`Mirror::load`].
//! 3. In idle time, [`Mirror::build_some`] until it says that all is done. It works in pieces of a few milliseconds.
//! 4. From the log of changes after [`Mirror::seq`], hand each to [`Mirror::apply`]. It says what became old: the rows, or
//!    the products, of which the manifest tells anew ([`Mirror::set_products`]). Where the log says "resync", begin anew.
//! 5. Where [`Mirror::beyond`] has nothing to say about a filter, [`Mirror::ledger`] answers; else ask the server. Dates
//!    are settled by the caller, who knows the founder's days ([`domain::query::DateBound::settled`]).
//!
//! # Invariants
//! - Depends on `domain` only; no I/O, no clock.
//! - Same rows, order, totals and facets as `store::MemoryStore`, for any filter; held to it by the questions of
//!   `store::conformance`.
//! - Bytes are never believed: no input makes the reader panic, or take more memory than a few times the input.
//! - A row never goes back: of two states of a task, the one of the later place in the log counts.
//! - At most 220,000 rows, and no more than twice the texts that they have: what changes leave behind goes in idle time.
//!
//! # To add a column
//! 1. Its place at the end of `COLUMNS` in `wire.rs`, written in `wire/write.rs`, read in `wire/read.rs`; [`wire::FORMAT`]
//!    goes up, so browsers ask for new chunks.
//! 2. Its field in `fields.rs`: in `Hot` where every pass looks at it, else in `Cold`; and in `take.rs`, for live changes.
//! 3. Its filter in `find.rs` or its order in `sort.rs`.

mod bytes;
mod fields;
mod find;
mod manifest;
mod mirror;
mod names;
mod order;
mod show;
mod slots;
mod sort;
mod take;
mod texts;
mod tidy;
pub mod wire;
mod words;

pub use self::{
    fields::Row,
    manifest::{ChunkRef, Guesses, Manifest, ProductName, Products},
    mirror::{Applied, Beyond, Mirror},
};

/// The most rows that a mirror is made of.
pub const LIMIT: u64 = 200_000;

/// The most rows that a mirror holds: live changes add some.
pub(crate) const MAX_ROWS: usize = 220_000;
