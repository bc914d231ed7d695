//! Decoders: bytes in, [`Telemetry`](domain::telemetry::Telemetry) out. No I/O, no store, no network.
//!
//! # Invariants
//! - A bad line becomes a [`LineError`] that names the line, the field and the remedy; it never stops the others.
//! - Whatever leaves this crate is redacted ([`redact`]) and bounded ([`clip`]): secrets and floods do not reach a
//!   store.
//! - Digests are made of the bytes as they came, before redaction; of a [`Draft`], which had none, of its rows.
//!
//! # To add a new source
//! 1. A module `x.rs` with a function from its bytes to `Telemetry`, its payloads under `testdata/x/`.
//! 2. Pass everything it makes through [`redact::scrub`]; a source that makes rows, not bytes, hands [`Draft`]s to
//!    [`Decoder::seal`], which does.
//! 3. Drive it from `server` (a route, a job or a subcommand), describe the format in `docs/telemetry.md`.

pub mod clip;
mod decoder;
mod draft;
mod error;
mod findings;
mod native;
pub mod redact;
pub mod stream;

pub use decoder::{Decoded, Decoder};
pub use draft::Draft;
pub use error::LineError;
pub use findings::{Findings, LISTED};
pub use native::write_line;
