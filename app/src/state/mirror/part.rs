//! The part of the client that holds and answers.

#![expect(clippy::unnecessary_wraps, reason = "what is loaded can fail to load, which is the error")]

use leptos::wasm_split::{SplitLoaderError, wasm_split};

use super::held::{Held, InMemory};

/// An empty mirror, and with it the code of all that it can do. That it does not load is no reason to stop: the server answers.
#[wasm_split(mirror, wasm_split_path = ::leptos::wasm_split, fallible)]
pub(super) fn held() -> Result<Box<dyn Held>, SplitLoaderError> {
    Ok(Box::new(InMemory::default()))
}
