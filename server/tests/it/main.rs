//! The server as its users meet it: over HTTP in one process, and as the real binary.

mod access;
mod api;
mod assets;
mod bad_input;
mod cli;
mod crash;
mod follow;
mod harness;
mod headers;
mod health;
mod intake;
mod limits;
mod pages;
mod truth;
