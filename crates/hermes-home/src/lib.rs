//! Reads the files of a Hermes agent: sessions, boards, jobs, projects, test runs, memories.
//!
//! Recorded formats: Hermes Agent 0.19.0, `state.db` schema 22. `docs/hermes-agent.md` tells users what is read.
//!
//! # Invariants
//! - Nothing in the home is ever written. Databases are opened read-only with their write-ahead log, one reading at a
//!   time ([`database`]); where that cannot be, a copy of ours is read.
//! - Named files are opened, no others: no `.env`, no keys, no configuration.
//! - What follows from the home depends on its rows, not on when or in how many looks they were read: a home that was
//!   followed equals one that was imported at its end.
//! - No row of `messages` is read twice ([`Work`] counts; a test holds it).
//! - Other versions of the schema are read as far as they go: columns that are missing are unknown, those that are new
//!   are ignored, words that are new are counted and shown. What cannot be read is said with its place and reason, and
//!   the rest is read.
//! - Lines and cursors go to the [`Sink`] together; it redacts and bounds what it stores.
//! - Time comes in as a parameter.
//!
//! # To add a new …
//! - **column** of the agent's: its name in the `COLUMNS` of its row, its field there.
//! - **kind of event** on boards: its line in `kanban/events.rs`.
//! - **file** of the home: a module that reads it, its place in `profile.rs`, its kind in `domain::source`, its line in
//!   `docs/hermes-agent.md`.
//! - **thing that follows from a tool's result**: `session/results.rs`.

mod agents;
mod command;
mod cron;
mod database;
mod dumps;
mod entities;
mod files;
mod gateway;
mod hash;
mod ids;
mod kanban;
mod lessons;
mod links;
mod pass;
mod profile;
mod projects;
mod reader;
mod report;
mod session;
mod sessions;
mod sink;
mod table;
mod time;
mod verification;
mod work;

pub use reader::{Polled, Reader};
pub use report::{Counts, Report};
pub use sink::{Sink, SinkError, Taken};
pub use work::Work;
