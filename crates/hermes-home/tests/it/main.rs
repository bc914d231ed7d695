//! The reader over real files of the agent, into a real ledger.
#![expect(clippy::unwrap_used, reason = "tests")]

mod broken;
mod damaged_files;
mod evidence;
mod fixture;
mod follow;
mod harness;
mod identity;
mod odd_rows;
mod read_only;
mod schemas;
mod traps;
mod while_it_writes;
