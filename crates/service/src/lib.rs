//! Use cases: what the pages, the API and the command line ask for. One handle, [`Hermes`], over the storage port.
//!
//! # Invariants
//! - Knows no concrete store, no HTTP and no UI. Time comes from its [`Clock`].
//! - A line is acknowledged only when the store has made it durable.
//! - What is waiting to be stored is bounded; more is refused with [`Busy`] instead of being kept in memory.
//! - Nothing computed is stored: insights are made from facts when they are asked for.
//!
//! # To add a new use case
//! 1. A method on [`Hermes`], in the module of its area, that takes domain types and gives domain types.
//! 2. What it needs of the store: a method of the port, with its conformance test.
//! 3. Its route in `server`, its server function in `app`.

mod calendar;
mod clock;
mod decisions;
mod error;
mod export;
mod hermes;
pub mod home;
mod insights;
mod intake;
mod ledger;
pub mod live;
mod mirror;
mod products;
mod retention;
pub mod settings;
mod tasks;
mod tokens;
mod views;
mod workers;

pub use clock::{Clock, FixedClock, SystemClock};
pub use error::ServiceError;
pub use export::Export;
pub use hermes::Hermes;
pub use intake::{Admission, Busy, Conflict, IngestError, Receipt, Taken};
pub use ledger::Ledger;
pub use live::{LiveCounts, LiveFilter, LiveMessage, LiveStream};
pub use products::{LISTED, Portfolio, ProductFile};
pub use settings::SaveError;
pub use tokens::{NewToken, TOKEN_PREFIX};
pub use workers::AllWorkers;
