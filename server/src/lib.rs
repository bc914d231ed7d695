//! The `mission-control` binary: the composition root, and everything that touches the outside.
//!
//! # Invariants
//! - Listens on loopback only, and answers only to loopback names, until there is sign-in.
//! - What changes something needs same-origin proof from a browser, or a token ([`middleware`]).
//! - Telemetry is acknowledged when it is durable, not before ([`http`]).
//! - Only this crate names concrete stores, and only here are errors turned into statuses ([`error`]).
//! - Standard output carries what a program may read (the address, a token, a summary); logs go to standard error.
//!
//! # To add a new …
//! - **route of the API**: a handler in `http/` with its description, its line in `http.rs` ([`http`] has the steps), its
//!   lines in `docs/hermes-dashboard.md`. Errors are [`error::ApiError`].
//! - **figure for monitoring**: counted as it happens in [`metrics`], or read when asked for in `metrics/scrape.rs`.
//! - **job in the background**: a module in `jobs/`, started in `cli/serve.rs`, ending on the shutdown token.
//! - **subcommand or option**: `cli.rs`, with its `MISSION_CONTROL_*` variable and an example in its help.
//! - **bound**: `limits.rs`.

// The whole document is one type.
#![recursion_limit = "256"]

pub mod assets;
pub mod cli;
pub mod data_dir;
pub mod demo;
pub mod error;
pub mod home;
pub mod http;
pub mod jobs;
pub mod limits;
mod line_ends;
pub mod listen;
pub mod logging;
pub mod metrics;
pub mod middleware;
pub mod pages;
pub mod router;
pub mod shutdown;
pub mod state;
mod terminal;
