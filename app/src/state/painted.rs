//! What is done once what stands in the document is painted: all of it in one task, after the frame, or before the next click
//! or key, which must find everything as it is.

use std::{
    cell::{Cell, RefCell},
    mem::take,
    sync::Once,
};

use futures::channel::oneshot;
use gloo_timers::callback::Timeout;
use leptos::{
    prelude::{request_animation_frame, window},
    wasm_bindgen::{JsCast, prelude::Closure},
};
use web_sys::{Event, HtmlInputElement};

/// How long a page that is out of sight, and paints nothing, is waited for, in milliseconds: longer than a slow device takes for a
/// frame, which this would overtake.
const UNSEEN_MS: u32 = 1_000;

type Late = Box<dyn FnOnce()>;

thread_local! {
    /// What waits for the next frame.
    static WAITS: RefCell<Vec<Late>> = const { RefCell::new(Vec::new()) };
    /// Counts the frames that something waited for.
    static FRAME: Cell<u64> = const { Cell::new(0) };
}

/// Does that once what stands in the document now is painted. What it was about may be gone by then.
pub(crate) fn once_painted(what: impl FnOnce() + 'static) {
    let waiting = WAITS.with_borrow_mut(|waits| {
        waits.push(Box::new(what));
        waits.len()
    });
    if waiting > 1 {
        return;
    }
    input_finds_all();
    let frame = FRAME.get();
    // What comes after the frame has begun waits for the next one.
    request_animation_frame(move || {
        let due = due(frame);
        Timeout::new(0, move || due.into_iter().for_each(|what| what())).forget();
    });
    Timeout::new(UNSEEN_MS, move || due(frame).into_iter().for_each(|what| what())).forget();
}

/// From the first call on, nothing waits any longer where someone points at something, follows a link or presses a key: where
/// links lead is told late. A key in a field follows none, and need not wait for what is done.
fn input_finds_all() {
    static HEARD: Once = Once::new();
    HEARD.call_once(|| {
        let hear = Closure::<dyn Fn(Event)>::new(|event: Event| {
            let is_typed = event.type_() == "keydown"
                && event.target().is_some_and(|it| it.has_type::<HtmlInputElement>());
            if !is_typed {
                due(FRAME.get()).into_iter().for_each(|what| what());
            }
        });
        let hear = hear.into_js_value();
        for name in ["pointerdown", "click", "keydown"] {
            // Before all others hear of it. The names are right: nothing refuses them.
            let _ = window().add_event_listener_with_callback_and_bool(name, hear.unchecked_ref(), true);
        }
    });
}

/// What waits for that frame; nothing, where it was done already.
fn due(frame: u64) -> Vec<Late> {
    if FRAME.get() != frame {
        return Vec::new();
    }
    FRAME.set(frame.wrapping_add(1));
    WAITS.with_borrow_mut(take)
}

/// Waits until what stands in the document now is painted.
pub(crate) async fn painted() {
    let (tell, told) = oneshot::channel();
    once_painted(move || {
        // Who waited may have gone.
        let _ = tell.send(());
    });
    let _ = told.await;
}
