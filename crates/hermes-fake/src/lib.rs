//! Homes of a Hermes agent, written as Hermes Agent 0.19 writes them: the same tables, modes, times and
//! files. Tests and benches read them; nothing here is part of the product.
//!
//! [`home`] writes a whole home at once, believable and of any size. [`Writer`] lives over a home and does one
//! step at a time, as an agent at work would. Both do what a seed decides, at times that come in.
//!
//! To add a new thing that Hermes does: its rows in the module of the database (`state`, `board`, `executions`,
//! `evidence`), what it looks like in a session in `tools` or `story`, an arm of [`Action`] if it happens alone,
//! and its statement against a recorded home.

mod board;
mod cards;
mod compaction;
mod db;
mod evidence;
mod executions;
mod files;
mod home;
mod jobs;
mod plan;
mod projects;
mod prompt;
mod python;
mod rng;
mod rows;
mod sessions;
mod stamp;
mod state;
mod story;
mod tools;
mod words;
mod writer;

pub use home::{Made, home};
pub use plan::Plan;
pub use writer::{Action, Step, Writer};
