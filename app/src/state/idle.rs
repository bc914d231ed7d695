//! Time that nothing else needs, and time for what the browser itself needs to do.

use js_sys::{Function, Promise, Reflect};
use leptos::{
    prelude::window,
    wasm_bindgen::{JsCast, JsValue, closure::Closure},
};
use wasm_bindgen_futures::JsFuture;

/// How long a browser that does not tell of idle time is left alone between two pieces, in milliseconds.
const PAUSE_MS: u32 = 40;
/// How long a piece may be, in milliseconds: what is pressed meanwhile is answered within a frame.
pub(super) const PIECE_MS: f64 = 8.0;

/// Waits for idle time; tells how much there is, in milliseconds.
pub(super) async fn idle() -> f64 {
    let window = window();
    let request = Reflect::get(&window, &"requestIdleCallback".into());
    let Some(request) = request.ok().and_then(|request| request.dyn_into::<Function>().ok()) else {
        pause(PAUSE_MS).await;
        return PIECE_MS;
    };
    let waits = Promise::new(&mut |resolve, reject| {
        let begins = Closure::once_into_js(move |deadline: JsValue| {
            let remaining = Reflect::get(&deadline, &"timeRemaining".into());
            let remaining = remaining
                .and_then(JsCast::dyn_into::<Function>)
                .and_then(|remaining| remaining.call0(&deadline))
                .unwrap_or_else(|_| PIECE_MS.into());
            let _ = resolve.call1(&JsValue::NULL, &remaining);
        });
        if let Err(error) = request.call1(&window, &begins) {
            let _ = reject.call1(&JsValue::NULL, &error);
        }
    });
    JsFuture::from(waits).await.ok().and_then(|ms| ms.as_f64()).unwrap_or(PIECE_MS)
}

/// Lets the browser paint, and hear what was pressed, before it goes on: a new task begins.
pub(crate) async fn breathe() {
    pause(0).await;
}

/// Waits that long, in milliseconds.
pub(super) async fn pause(ms: u32) {
    let waits = Promise::new(&mut |resolve, _| {
        let then = move || {
            // It only settles a promise.
            let _ = resolve.call0(&JsValue::NULL);
        };
        gloo_timers::callback::Timeout::new(ms, then).forget();
    });
    let _ = JsFuture::from(waits).await;
}

/// Milliseconds since the page began, finer than a clock tells.
pub(super) fn page_ms() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}
