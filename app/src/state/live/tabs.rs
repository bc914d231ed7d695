//! One stream for all tabs: the tab that holds the lock listens, and tells the others.
//!
//! Browsers open six connections to a server at most, so tabs must not hold one each. A tab that can be seen waits for the lock;
//! whoever has it opens the stream and repeats on a channel what it hears. A tab that is out of sight gives the lock up after a
//! while; when it is seen again it goes on from the place that it has. Where a browser knows no locks, each tab listens itself.

use std::{cell::RefCell, rc::Rc};

use chrono::{DateTime, TimeDelta, Utc};
use js_sys::{Array, Function, Promise, Reflect};
use leptos::{
    prelude::*,
    wasm_bindgen::{JsCast, JsValue, closure::Closure},
};
use web_sys::{BroadcastChannel, MessageEvent};

use super::{
    Live, Pulse, Topics,
    message::{self, Message},
    stream::{Stream, document_listener},
};
use crate::{
    api::frame::Frame,
    state::{Hydrated, device_ms, keeps_no_more, kept_ms},
};

/// The name of the lock and of the channel.
const NAME: &str = "hermes-live";
/// How long a tab that is out of sight still listens, in milliseconds.
const OUT_OF_SIGHT_MS: u32 = 30_000;
/// How often it is looked whether anything was heard, in milliseconds.
const LOOK_MS: u32 = 2_500;
/// The server says something every 15 s: who hears nothing for longer than that is cut off, in milliseconds.
const SILENT_MS: f64 = 40_000.0;
/// How long a lost connection may take to come back until it is worth a warning, in milliseconds.
const RECONNECT_MS: f64 = 8_000.0;
/// Since when a page that the browser kept has no connection: it never had one.
const EVER: f64 = 0.0;

/// What this tab knows.
struct Tab {
    live: Live,
    /// How many entries the founder's logs had, as JSON.
    marks: String,
    /// The server's time less this browser's, in milliseconds.
    ahead: f64,
    /// When something was last heard, in milliseconds of this browser.
    heard: f64,
    /// Since when the connection is lost.
    lost: Option<f64>,
    /// The stream, where this tab has the lock.
    stream: Option<Stream>,
    /// Gives the lock back.
    release: Option<Function>,
    /// Whether the lock was asked for.
    waits: bool,
    channel: Option<BroadcastChannel>,
}

type Shared = Rc<RefCell<Tab>>;

/// Listens, once the frame is known, for as long as the app is there.
pub(super) fn listen(live: Live, frame: impl Fn() -> Option<Frame> + 'static) {
    let started = StoredValue::new_local(None::<Shared>);
    let hydrated = Hydrated::now();
    Effect::new(move || {
        // What was told before the page listens would be lost to it.
        if !hydrated.get() {
            return;
        }
        let Some(frame) = frame() else { return };
        if started.with_value(Option::is_some) {
            return;
        }
        // A page that was kept is as of then, and stands still until something is heard.
        let kept = kept_ms();
        let heard = kept.unwrap_or_else(device_ms);
        #[expect(clippy::cast_precision_loss, reason = "places and milliseconds are far below 2^53")]
        let (place, ahead) = (frame.seq.0 as f64, frame.now.timestamp_millis() as f64 - heard);
        let marks = serde_json::to_string(&frame.marks).unwrap_or_default();
        live.place.set_value(Some(place));
        let tab = Rc::new(RefCell::new(Tab {
            live: live.clone(),
            marks,
            ahead,
            heard,
            lost: kept.map(|_| EVER),
            stream: None,
            release: None,
            waits: false,
            channel: BroadcastChannel::new(NAME).ok(),
        }));
        hear_others(&tab);
        watch_sight(&tab);
        look_now_and_then(&tab);
        if kept.is_some() {
            show_pulse(&tab);
        }
        ask_for_lock(&tab);
        started.set_value(Some(tab));
    });
}

/// What another tab repeats is as good as heard.
fn hear_others(tab: &Shared) {
    let Some(channel) = tab.borrow().channel.clone() else { return };
    let tab = Rc::clone(tab);
    let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let parts: Vec<JsValue> = Array::from(&event.data()).iter().collect();
        let [from, name, data] = parts.as_slice() else { return tell_place(&tab) };
        let (Some(name), Some(data)) = (name.as_string(), data.as_string()) else { return };
        if tab.borrow().stream.is_none() {
            let live = tab.borrow().live.clone();
            live.recorded(from.as_f64(), &name, &data);
        }
        // Out of sight nothing is asked for; when the tab is seen again, it asks where the others are.
        if tab.borrow().stream.is_none() && !document().hidden() {
            heard(&tab, from.as_f64(), &name, &data);
        }
    });
    channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
    // For as long as the app is there.
    listener.forget();
}

/// Another tab asks where this one is, if it listens and is told.
fn tell_place(tab: &Shared) {
    let tab = tab.borrow();
    let listens = tab.stream.is_some() && tab.lost.is_none();
    let (Some(place), Some(channel), true) = (tab.live.place.get_value(), &tab.channel, listens) else {
        return;
    };
    let data = format!("{{\"seq\":{place},\"areas\":[],\"marks\":{}}}", tab.marks);
    let _ = channel.post_message(&Array::of3(&place.into(), &"touched".into(), &data.into()));
}

/// Gives the lock up a while after the tab went out of sight, and asks for it when it comes back.
fn watch_sight(tab: &Shared) {
    let tab = Rc::clone(tab);
    let listener = document_listener("visibilitychange", move || {
        if !document().hidden() {
            // What was heard before it went out of sight says nothing of now.
            show_pulse(&tab);
            if let Some(channel) = tab.borrow().channel.as_ref().filter(|_| tab.borrow().stream.is_none()) {
                // Where nobody answers, nobody listens, and the lock is to be had.
                let _ = channel.post_message(&Array::new());
            }
            return ask_for_lock(&tab);
        }
        let tab = Rc::clone(&tab);
        gloo_timers::callback::Timeout::new(OUT_OF_SIGHT_MS, move || {
            if document().hidden() {
                let mut tab = tab.borrow_mut();
                tab.stream = None;
                tab.lost.get_or_insert(device_ms());
                if let Some(release) = tab.release.take() {
                    // It only settles a promise.
                    let _ = release.call0(&JsValue::NULL);
                }
            }
        })
        .forget();
    });
    // For as long as the app is there.
    std::mem::forget(listener);
}

/// Listens as soon as no other tab does.
fn ask_for_lock(tab: &Shared) {
    if tab.borrow().waits || tab.borrow().stream.is_some() {
        return;
    }
    let locks = Reflect::get(&window().navigator(), &"locks".into());
    let request = locks.as_ref().ok().and_then(|locks| Reflect::get(locks, &"request".into()).ok());
    let (Ok(locks), Some(Ok(request))) = (locks, request.map(JsCast::dyn_into::<Function>)) else {
        return open(tab);
    };
    tab.borrow_mut().waits = true;
    let granted = Rc::clone(tab);
    let granted = Closure::once_into_js(move || -> JsValue {
        granted.borrow_mut().waits = false;
        if document().hidden() {
            return JsValue::UNDEFINED;
        }
        let mut release = None;
        let held = Promise::new(&mut |resolve, _| release = Some(resolve));
        granted.borrow_mut().release = release;
        open(&granted);
        held.into()
    });
    if request.call2(&locks, &NAME.into(), &granted).is_err() {
        open(tab);
    }
}

/// Opens the stream where this tab's pages stand.
fn open(tab: &Shared) {
    let (asked, told, broken) = (Rc::clone(tab), Rc::clone(tab), Rc::clone(tab));
    let url = move || {
        let place = asked.borrow().live.place.get_value();
        place.map_or_else(|| "/api/v1/live".to_owned(), |place| format!("/api/v1/live?after={place}"))
    };
    let hear = move |name: &str, data: &str| {
        let (from, channel) = {
            let tab = told.borrow();
            (tab.live.place.get_value(), tab.channel.clone())
        };
        let live = told.borrow().live.clone();
        live.recorded(from, name, data);
        if let Some(channel) = channel {
            let from = from.map_or(JsValue::NULL, JsValue::from_f64);
            let message = Array::of3(&from, &name.into(), &data.into());
            // Other tabs that do not hear it notice a gap.
            let _ = channel.post_message(&message);
        }
        heard(&told, None, name, data);
    };
    let lose = move || {
        broken.borrow_mut().lost.get_or_insert(device_ms());
        show_pulse(&broken);
    };
    let stream = Stream::open(url, hear, lose);
    tab.borrow_mut().stream = Some(stream);
}

/// Something was heard, here or by another tab; `from` is the place where that one was before.
fn heard(tab: &Shared, from: Option<f64>, name: &str, data: &str) {
    let Some(message) = message::read(name, data) else { return };
    let Message { place, mut topics, now, build, marks } = message;
    let live = {
        let mut tab = tab.borrow_mut();
        tab.heard = device_ms();
        if tab.lost.take() == Some(EVER) {
            // What time alone changes was told by nobody.
            topics = Topics::ALL;
            keeps_no_more();
        }
        #[expect(clippy::cast_precision_loss, reason = "milliseconds are far below 2^53")]
        if let Some(now) = now {
            tab.ahead = now.timestamp_millis() as f64 - tab.heard;
        }
        let before = tab.live.place.get_value();
        if from.is_some_and(|from| before.is_none_or(|place| from > place)) {
            // The other tab was further than this one: what lies between was told to nobody here.
            topics = Topics::ALL;
        } else if topics != Topics::ALL && place.is_some() && place <= before && name == "changes" {
            // This tab was further than the other one.
            topics = Topics::default();
        }
        if name == "resync" || place > before {
            tab.live.place.set_value(place);
        }
        if let Some(marks) = marks {
            topics = topics.and(message::differing(&tab.marks, &marks));
            tab.marks = marks;
        }
        if name == "changes" {
            let ahead = tab.ahead;
            tab.live.last.set(time(tab.heard + ahead));
        }
        tab.live.clone()
    };
    if let Some(build) = build {
        let own = document().document_element().and_then(|html| html.get_attribute("data-build"));
        let other = own.is_some_and(|own| own != build);
        if live.newer.get_untracked() != other {
            live.newer.set(other);
        }
    }
    show_pulse(tab);
    live.changed(topics);
}

fn time(ms: f64) -> Option<DateTime<Utc>> {
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds of a date")]
    DateTime::UNIX_EPOCH.checked_add_signed(TimeDelta::try_milliseconds(ms as i64)?)
}

/// Says how the page hears of what happens.
fn show_pulse(tab: &Shared) {
    let tab = tab.borrow();
    let now = device_ms();
    let silent = now - tab.heard;
    let lost = tab.lost.map(|since| now - since);
    let pulse = match lost {
        Some(lost) if lost < RECONNECT_MS => Pulse::Reconnecting,
        None if silent < SILENT_MS => Pulse::Live,
        _ => time(tab.heard + tab.ahead).map_or(Pulse::Reconnecting, Pulse::Stale),
    };
    if matches!(pulse, Pulse::Stale(_)) {
        #[expect(clippy::cast_possible_truncation, reason = "milliseconds since something was heard")]
        let silent = silent.max(RECONNECT_MS) as i64;
        tab.live.silent.set(TimeDelta::try_milliseconds(silent).unwrap_or_default());
    }
    if tab.live.pulse.get_untracked() != pulse {
        tab.live.pulse.set(pulse);
    }
}

fn look_now_and_then(tab: &Shared) {
    let tab = Rc::clone(tab);
    gloo_timers::callback::Interval::new(LOOK_MS, move || {
        if !document().hidden() {
            show_pulse(&tab);
        }
    })
    .forget();
}
