//! Streams: one `EventSource` with its listeners.

use leptos::{
    prelude::*,
    wasm_bindgen::{JsCast, closure::Closure},
};
use web_sys::{EventSource, MessageEvent};

use super::{
    Live, Topics,
    message::{self, Message, NAMES},
};

/// A stream that is open, or comes back by itself. It ends when it is dropped.
pub(super) struct Stream {
    source: EventSource,
    _listeners: Vec<Closure<dyn Fn(MessageEvent)>>,
    _lost: Closure<dyn Fn()>,
}

impl Stream {
    /// Opens `url`. `heard` gets each message with its name and its text, `lost` is called when the connection breaks:
    /// `true` where the browser does not come back by itself.
    pub(super) fn open(
        url: &str,
        heard: impl Fn(&str, &str) + Clone + 'static,
        lost: impl Fn(bool) + 'static,
    ) -> Option<Self> {
        let source = EventSource::new(url).ok()?;
        let listener = |name: &'static str| {
            let heard = heard.clone();
            let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
                heard(name, &event.data().as_string().unwrap_or_default());
            });
            // A listener is refused by nothing.
            let _ = source.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
            listener
        };
        let listeners = NAMES.map(listener).into();
        let broken = source.clone();
        let lost = Closure::<dyn Fn()>::new(move || lost(broken.ready_state() == EventSource::CLOSED));
        source.set_onerror(Some(lost.as_ref().unchecked_ref()));
        Some(Self { source, _listeners: listeners, _lost: lost })
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.source.set_onerror(None);
        self.source.close();
    }
}

/// Listens to the events and runs of a task for as long as its page is there, and can be seen.
pub(super) fn follow_task(live: Live, task: impl Fn() -> String + 'static) {
    let stream = StoredValue::new_local(None::<Stream>);
    let place = StoredValue::new_local(None::<f64>);
    let known = live.clone();
    let open = move |task: &str| {
        let live = live.clone();
        let after = place.get_value().map_or_else(String::new, |place| format!("&after={place}"));
        let url = format!("/api/v1/live?kinds=&task={}{after}", crate::links::segment(task));
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
        Stream::open(&url, heard, |_| {})
    };
    let open = std::rc::Rc::new(open);
    Effect::new(move || {
        let task = task();
        // Its page is read after this place was reached.
        place.set_value(known.place.get_value());
        let open = std::rc::Rc::clone(&open);
        let shown = {
            let task = task.clone();
            move || stream.set_value(if document().hidden() { None } else { open(&task) })
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
