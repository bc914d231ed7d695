//! The decoder on real files and on bad lines.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod bad_lines;
mod drafts;
mod fixtures;
mod written;
