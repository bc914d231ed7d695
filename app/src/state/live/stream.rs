//! Streams: one `EventSource` with its listeners, opened again until nobody wants it any more.

use std::{cell::RefCell, rc::Rc};

use gloo_timers::callback::Timeout;
use leptos::{
    prelude::*,
    wasm_bindgen::{JsCast, closure::Closure},
};
use web_sys::{EventSource, MessageEvent};

use super::{
    Live, Topics,
    message::{self, Message, NAMES},
};

/// How long after a refusal a stream is opened again, in milliseconds.
const AGAIN_MS: u32 = 2_500;

/// A stream that is open, or comes back. Where the connection breaks, the browser opens it again by itself; where the
/// server refuses it, as it does while it starts, we do. It ends when it is dropped.
pub(super) struct Stream {
    _wanted: Rc<Wanted>,
}

/// Gets a message: its name and its text.
type Heard = dyn Fn(&str, &str);

/// What a stream is, whether it is open or not.
struct Wanted {
    url: Box<dyn Fn() -> String>,
    heard: Rc<Heard>,
    lost: Box<dyn Fn()>,
    open: RefCell<Option<Source>>,
    again: RefCell<Option<Timeout>>,
}

/// What the browser has of a stream.
struct Source {
    events: EventSource,
    _listeners: Vec<Closure<dyn Fn(MessageEvent)>>,
    _lost: Closure<dyn Fn()>,
}

impl Stream {
    /// Opens what `url` says at that moment. `heard` gets each message with its name and its text, `lost` is called when the
    /// connection breaks.
    pub(super) fn open(
        url: impl Fn() -> String + 'static,
        heard: impl Fn(&str, &str) + 'static,
        lost: impl Fn() + 'static,
    ) -> Self {
        let wanted = Rc::new(Wanted {
            url: Box::new(url),
            heard: Rc::new(heard),
            lost: Box::new(lost),
            open: RefCell::default(),
            again: RefCell::default(),
        });
        connect(&wanted);
        Self { _wanted: wanted }
    }
}

fn connect(wanted: &Rc<Wanted>) {
    let Ok(source) = EventSource::new(&(wanted.url)()) else { return };
    let listener = |name: &'static str| {
        let heard = Rc::clone(&wanted.heard);
        let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            heard(name, &event.data().as_string().unwrap_or_default());
        });
        // A listener is refused by nothing.
        let _ = source.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
        listener
    };
    let listeners = NAMES.map(listener).into();
    // Nothing that the browser or a timer holds keeps a stream that was dropped.
    let broken = Rc::downgrade(wanted);
    let lost = Closure::<dyn Fn()>::new(move || {
        if let Some(wanted) = broken.upgrade() {
            is_lost(&wanted);
        }
    });
    source.set_onerror(Some(lost.as_ref().unchecked_ref()));
    *wanted.open.borrow_mut() = Some(Source { events: source, _listeners: listeners, _lost: lost });
}

fn is_lost(wanted: &Rc<Wanted>) {
    (wanted.lost)();
    let refused = |open: &Source| open.events.ready_state() == EventSource::CLOSED;
    if wanted.open.borrow().as_ref().is_some_and(refused) {
        let again = Rc::downgrade(wanted);
        let again = Timeout::new(AGAIN_MS, move || {
            if let Some(wanted) = again.upgrade() {
                connect(&wanted);
            }
        });
        *wanted.again.borrow_mut() = Some(again);
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        self.events.set_onerror(None);
        self.events.close();
    }
}

/// Listens to the events and runs of a task for as long as its page is there, and can be seen.
pub(super) fn follow_task(live: Live, task: impl Fn() -> String + 'static) {
    let stream = StoredValue::new_local(None::<Stream>);
    let place = StoredValue::new_local(None::<f64>);
    let known = live.clone();
    let open = move |task: String| {
        let live = live.clone();
        let url = move || {
            let place = place.try_get_value().flatten();
            let after = place.map_or_else(String::new, |place| format!("&after={place}"));
            format!("/api/v1/live?kinds=&task={}{after}", crate::links::segment(&task))
        };
        let heard = move |name: &str, data: &str| {
            let Some(Message { place: reached, topics, .. }) = message::read(name, data) else { return };
            // Between the page and the stream's beginning something may have happened.
            let began = name == "hello" && place.get_value().is_none();
            if reached.is_some() && place.try_update_value(|place| *place = reached).is_none() {
                return;
            }
            if began || topics != Topics::default() {
                live.changed(Topics::THIS_TASK);
            }
        };
        Stream::open(url, heard, || {})
    };
    let open = Rc::new(open);
    Effect::new(move || {
        let task = task();
        // Its page is read after this place was reached.
        place.set_value(known.place.get_value());
        let open = Rc::clone(&open);
        let shown = {
            let task = task.clone();
            move || stream.set_value((!document().hidden()).then(|| open(task.clone())))
        };
        shown();
        // Both end with the effect's turn.
        StoredValue::new_local(document_listener("visibilitychange", shown));
        on_cleanup(move || drop(stream.try_update_value(Option::take)));
    });
}

/// A listener of the document; it ends when it is dropped.
pub(super) struct DocumentListener {
    name: &'static str,
    call: Closure<dyn Fn()>,
}

pub(super) fn document_listener(name: &'static str, call: impl Fn() + 'static) -> DocumentListener {
    let call = Closure::<dyn Fn()>::new(call);
    // A listener is refused by nothing.
    let _ = document().add_event_listener_with_callback(name, call.as_ref().unchecked_ref());
    DocumentListener { name, call }
}

impl Drop for DocumentListener {
    fn drop(&mut self) {
        let _ = document().remove_event_listener_with_callback(self.name, self.call.as_ref().unchecked_ref());
    }
}
