//! What the crate writes, held to what the agent wrote.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod dump;
mod home;
mod schema;
mod writer;
