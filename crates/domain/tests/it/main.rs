//! The laws of the domain.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod agent_health;
mod ansi;
mod attention;
mod execution;
mod fingerprint;
mod fold;
mod history;
mod insight;
mod laws;
mod query;
mod registry;
mod settings;
