//! What is done once what stands in the document is painted: all of it in one task, after the frame, or before the next click
//! or key, which must find everything as it is.

use std::{
    cell::{Cell, RefCell},
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
    /// What waited for a frame that has begun: it is done once that is painted.
    static DUE: RefCell<Vec<Late>> = const { RefCell::new(Vec::new()) };
    /// Counts the frames that something waited for.
    static FRAME: Cell<u64> = const { Cell::new(0) };
}

/// Does that once what stands in the document now is painted, or before the next click or key. What it was about may be gone by
/// then.
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
    request_animation_frame(move || {
        if begins(frame) {
            Timeout::new(0, do_due).forget();
        }
    });
    Timeout::new(UNSEEN_MS, move || {
        if begins(frame) {
            do_due();
        }
    })
    .forget();
}

/// The frame begins: what comes from now on waits for the next one. `false` where it has begun already.
fn begins(frame: u64) -> bool {
    if FRAME.get() != frame {
        return false;
    }
    FRAME.set(frame.wrapping_add(1));
    let waited = WAITS.take();
    DUE.with_borrow_mut(|due| due.extend(waited));
    true
}

fn do_due() {
    for what in DUE.take() {
        what();
    }
}

fn do_all() {
    begins(FRAME.get());
    do_due();
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
                do_all();
                // Who is told now may have more to tell, as a row has: before others hear of the event, too.
                leptos::task::spawn_local(async { do_all() });
            }
        });
        let hear = hear.into_js_value();
        for name in ["pointerdown", "click", "auxclick", "contextmenu", "dragstart", "keydown"] {
            // Before all others hear of it. The names are right: nothing refuses them.
            let _ = window().add_event_listener_with_callback_and_bool(name, hear.unchecked_ref(), true);
        }
    });
}

/// Waits until what stands in the document now is painted, or someone clicks or presses a key.
pub(crate) async fn painted() {
    let (tell, told) = oneshot::channel();
    once_painted(move || {
        // Who waited may have gone.
        let _ = tell.send(());
    });
    let _ = told.await;
}
