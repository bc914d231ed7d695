//! The laws of the domain.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod attention;
mod fold;
mod insight;
mod laws;
mod query;
mod registry;
