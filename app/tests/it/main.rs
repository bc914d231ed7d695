//! Components as the server renders them: hostile text stays text, what is not known is said to be unknown, and
//! every figure leads somewhere.

#![expect(clippy::unwrap_used, reason = "a failing test says so")]

mod agents;
mod audit;
mod deck;
mod did;
mod fixture;
mod health;
mod history;
mod jobs;
mod ledger;
mod ledger_filters;
mod missions;
mod portfolio;
mod queue;
mod settings;
mod sources;
mod states;
#[cfg(debug_assertions)]
mod styleguide;
mod tape;
mod task;
