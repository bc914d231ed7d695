//! Posting a form without leaving the page.

use leptos::{
    prelude::window,
    wasm_bindgen::{JsCast, JsValue},
};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestInit, Response};

/// By what the server knows a form again that it was sent before.
const KEY: &str = "idempotency-key";
/// Requests that outlive their page may carry 64 KiB, this one's headers not counted.
const MOST_KEPT_ALIVE: usize = 60_000;

/// What the server answered.
pub(super) enum Answer {
    /// Where a plain form would have been led to.
    Location(String),
    /// What is to be shown in the form's place.
    Shown(String),
}

/// Posts a form. The error is for people: what went wrong.
pub(super) async fn post(to: &str, body: &str, key: &str) -> Result<Answer, String> {
    let unreachable = |_| "the server could not be reached".to_owned();
    let response = fetch(to, body, key).await.map_err(unreachable)?;
    if !response.ok() {
        return Err(format!("the server answered with {}", response.status()));
    }
    // A header is refused by nothing.
    if let Some(location) = response.headers().get("location").ok().flatten() {
        return Ok(Answer::Location(location));
    }
    let text = response.text().map_err(unreachable)?;
    let text = JsFuture::from(text).await.map_err(unreachable)?;
    Ok(Answer::Shown(text.as_string().unwrap_or_default()))
}

async fn fetch(to: &str, body: &str, key: &str) -> Result<Response, JsValue> {
    let headers = Headers::new()?;
    headers.set("content-type", "application/x-www-form-urlencoded")?;
    headers.set("accept", "application/json")?;
    headers.set(KEY, key)?;
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_headers(&headers);
    init.set_body(&JsValue::from_str(body));
    if body.len() < MOST_KEPT_ALIVE {
        // Sent to the end, even if the page is left.
        js_sys::Reflect::set(&init, &"keepalive".into(), &JsValue::TRUE)?;
    }
    JsFuture::from(window().fetch_with_str_and_init(to, &init)).await?.dyn_into()
}
