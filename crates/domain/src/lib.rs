//! The language of the product: models, the fold, queries and insights. Pure code that the server and the
//! browser share.
//!
//! # Invariants
//! - No I/O, no clock, no `async`, no workspace dependency: time comes in as a parameter.
//! - JSON names are exactly those of the brief (`camelCase`; enum values as listed there).
//! - What a source does not tell is unknown (`None`, `null` in JSON), never a made-up default. What we inferred
//!   is listed in a row's `inferred`.
//! - There is one way to merge telemetry into rows ([`fold`]); arrival order never matters.
//! - A filter and its URL text are the same thing: `parse(text(filter)) == filter` ([`query`]).
//!
//! # To add a new …
//! - **field** to a model: one line at the end of its `record!` block ([`record`]) with its doc comment; stores keep rows as
//!   JSON, so only a filterable or sortable field needs a column.
//! - **kind of telemetry**: a variant in [`telemetry::Body`], its arm in [`fold`], a variant in [`change::Row`].
//! - **insight**: a module under [`insight`], pure over [`facts::Facts`], with its formula in its docs and in
//!   `docs/insights.md`, and its thresholds in [`settings::Rules`].
//! - **filter**: a field in [`query::TaskFilter`], its key in `query/url.rs`, its line in `query/matches.rs`, and
//!   the same condition in each store; the conformance suite tells where one is missing.

#[macro_use]
mod string_enum;
pub use string_enum::UnknownValue;
#[macro_use]
pub mod record;

pub mod agent;
pub mod ansi;
pub mod attention;
pub mod change;
pub mod decision;
pub mod event;
pub mod facts;
pub mod fold;
pub mod id;
pub mod insight;
pub mod job;
pub mod live;
pub mod logs;
pub mod month;
pub mod overview;
pub mod patch;
pub mod portfolio;
pub mod product;
pub mod query;
pub mod registry;
pub mod retell;
pub mod run;
#[cfg(feature = "schema")]
mod schema;
pub mod settings;
pub mod source;
pub mod stamp;
pub mod task;
pub mod telemetry;
pub mod text;
pub mod url;
pub mod view;
pub mod zone;
