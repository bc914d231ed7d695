//! The part of the client that fills the mirror and answers.

#![expect(clippy::unnecessary_wraps, reason = "what is loaded can fail to load, which is the error")]

use leptos::wasm_split::{SplitLoaderError, wasm_split};

use super::Mirror;

/// Loads the part, and lets it begin.
#[wasm_split(mirror, wasm_split_path = ::leptos::wasm_split, fallible)]
pub(super) fn start(mirror: Mirror) -> Result<(), SplitLoaderError> {
    mirror.start();
    Ok(())
}
