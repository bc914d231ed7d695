//! Asking for files that no page waits for, behind everything that one does.

use js_sys::{ArrayBuffer, Reflect, Uint8Array};
use leptos::{
    prelude::window,
    wasm_bindgen::{JsCast, JsValue},
};
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestInit, Response};

/// The bytes at that address; `None` where they are not to be had.
pub(crate) async fn bytes(url: &str) -> Option<Vec<u8>> {
    let how = RequestInit::new();
    // Where a browser knows no such thing, nothing is lost.
    let _ = Reflect::set(&how, &"priority".into(), &"low".into());
    let answer: Response = wait(window().fetch_with_str_and_init(url, &how)).await?;
    if !answer.ok() {
        return None;
    }
    let bytes: ArrayBuffer = wait(answer.array_buffer().ok()?).await?;
    Some(Uint8Array::new(&bytes).to_vec())
}

async fn wait<T: JsCast>(promise: js_sys::Promise) -> Option<T> {
    JsFuture::from(promise).await.ok().and_then(|value: JsValue| value.dyn_into().ok())
}
