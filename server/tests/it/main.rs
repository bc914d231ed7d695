//! The server as its users meet it: over HTTP in one process, and as the real binary.

#![expect(clippy::unwrap_used, reason = "what fails in a test is told by its test")]

mod access;
mod agents;
mod api;
mod assets;
mod bad_input;
mod cli;
mod crash;
mod decisions;
mod demo;
mod export;
mod follow;
mod harness;
mod headers;
mod health;
mod home;
mod insights;
mod intake;
mod limits;
mod live;
mod metrics;
mod mirror;
mod openapi;
mod pages;
mod products;
mod settings;
mod settings_page;
mod sources;
mod task_page;
mod truth;
mod views;
mod warm;
