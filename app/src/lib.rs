//! Pages and components, compiled twice: for the server (`ssr`) and for the browser (`hydrate`).
//!
//! # Invariants
//! - Both sides render the same first view: no clock, no randomness and no `cfg` in what is rendered. What only the
//!   browser knows comes in an `Effect`, after hydration.
//! - Every page is readable without JavaScript: all routes are rendered when their data is there
//!   (`SsrMode::Async`), links are links, and a control that needs scripts appears only where scripts run.
//! - What follows an answer by memos is made once the answer is there (`pages::once_ready`); else the server may, now and
//!   then, send a page without its content.
//! - Text that telemetry told is hostile: it goes through [`components::Told`] as text, never as HTML, and links
//!   of telemetry through [`domain::url::safe`].
//! - What is not known is shown by [`ui::Unknown`], never as 0; what was inferred by [`components::Inferred`].
//! - `pages/` is the only place that makes resources. `components/` use `ui/`, `state`, `format`, `links` and
//!   `domain`; `ui/` uses none of our other modules.
//!
//! # What the server provides
//! It renders [`shell()`] with [`App`] inside, for every route of `leptos_axum::generate_route_list(App)` and, as its
//! fallback, for any other path (the page then answers 404 by itself). Contexts, all optional while the list of
//! routes is made:
//! - `service::Hermes`, for the server functions, when a page is rendered and when they are called;
//! - [`Assets`], read from the site's `manifest.json`;
//! - [`Origin`], the address that this request came to;
//! - [`api::frame::AsOf`], how far the logs had come before the page was rendered;
//! - [`api::decisions::Sender`], who sent the request, where it changes something;
//! - [`api::settings::Shown`], what a form of the settings page asked for, while the page is its answer;
//! - [`api::settings::Demo`], whether and where demo data is shown beside;
//! - `leptos::nonce::Nonce`, the same as in the `Content-Security-Policy` of the answer.
//!
//! Server functions are registered by hand: [`api::overview::OverviewPageFn`], [`api::frame::FrameFn`],
//! [`api::sources::SourcesPageFn`], and those of [`api::agents`], [`api::history`], [`api::decisions`] and
//! [`api::settings`], all under `/api/ui/`.
//!
//! # To add a new page
//! 1. Its module in `pages/`, its `<Route>` in `routes.rs`, its path and heading in `routes/page.rs`, the part of the
//!    client that has it in `routes/part.rs`; its entry in `shell/nav.rs` if it has one.
//! 2. What it loads: a server function in `api/` of two or three lines over `service::Hermes`.
//! 3. Its styles in `style/components/`, its spec in `end2end/tests/`.
//!
//! # To add a new component
//! 1. Its module in `components/` (or `ui/`, if it knows nothing of the product), named like its sheet in
//!    `style/components/`; `cargo xtask tidy` fails on a class that only one of them knows.
//! 2. Its HTML with hostile text in `tests/it`.
//! 3. A place on the styleguide with all its states, if others are to find and use it: see `pages/styleguide.rs`.

#![recursion_limit = "256"]

pub mod api;
mod assets;
pub mod chart;
pub mod components;
pub mod format;
pub mod ledger;
pub mod links;
pub mod pages;
pub mod routes;
pub mod shell;
pub mod state;
pub mod ui;

pub use assets::{Assets, Origin};
pub use routes::App;
pub use shell::document::shell;
