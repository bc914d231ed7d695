//! The mirror answers as a store does, whatever comes in and in whatever order.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod answers;
mod hostile;
mod setup;
