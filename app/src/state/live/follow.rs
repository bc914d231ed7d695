//! Asking for data again when what it is made of has changed.

use std::{
    cell::{Cell, RefCell},
    pin::Pin,
    rc::Rc,
    time::Duration,
};

use leptos::{
    prelude::*,
    wasm_bindgen::{JsCast, closure::Closure},
};

use super::{Live, Pace, Pulse, Topics};
use crate::state::device_ms;

impl Pace {
    const fn ms(self) -> f64 {
        match self {
            Self::AtOnce => 250.0,
            Self::AtLeisure => 5_000.0,
        }
    }
}

/// For how long after an answer what is made anew is news, in milliseconds.
const NEWS_MS: f64 = 300.0;

/// What is called when a topic changes.
#[derive(Default)]
pub(super) struct Followers {
    next: usize,
    all: Vec<(usize, Topics, Rc<Follower>)>,
    /// Called at once, and for as long as the app is there.
    at_once: Vec<(Topics, Rc<dyn Fn()>)>,
}

/// What hears every message: the place before it, its name, its text.
#[derive(Clone)]
pub(super) struct Recorder(Rc<Hear>);

type Hear = dyn Fn(Option<f64>, &str, &str);

impl std::fmt::Debug for Recorder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Recorder")
    }
}

impl std::fmt::Debug for Followers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Followers").field("count", &self.all.len()).finish_non_exhaustive()
    }
}

impl Live {
    /// Something was heard, and it changed these topics, if any. Those who follow one of them ask again; so do those whose last
    /// question came to nothing, for now there is somebody to ask.
    pub(super) fn changed(&self, topics: Topics) {
        let at_once = self.followers.with_value(|followers| {
            let meet = followers.at_once.iter().filter(|(followed, _)| followed.meets(topics));
            meet.map(|(_, call)| Rc::clone(call)).collect::<Vec<_>>()
        });
        for call in at_once {
            call();
        }
        let all = self.followers.with_value(|followers| {
            let all = followers.all.iter();
            all.map(|(_, followed, follower)| (followed.meets(topics), Rc::clone(follower)))
                .collect::<Vec<_>>()
        });
        for (meets, follower) in all {
            if meets || follower.lives.get() && (follower.failed)() {
                follower.state.borrow_mut().due = true;
            }
            look(&follower);
        }
    }

    /// The place in the log of changes that is reached, once it is known.
    pub(crate) fn place(&self) -> Option<f64> {
        self.place.try_get_value().flatten()
    }

    /// What is shown may not be so any more, for whatever reason: all of it is asked for again.
    pub(crate) fn doubt(&self) {
        self.changed(Topics::ALL);
    }

    /// Whether what is made now is news.
    pub(super) fn tells(&self) -> bool {
        device_ms() - self.told.get_value() < NEWS_MS
    }

    /// Whether what is shown is fresh.
    pub(crate) fn is_live(&self) -> bool {
        self.pulse.get_untracked() == Pulse::Live
    }

    /// Hands every message over as it comes, before any page hears of it, also while the tab is out of sight: the place
    /// before it, its name and its text.
    pub(crate) fn record(&self, hear: impl Fn(Option<f64>, &str, &str) + 'static) {
        self.recorder.set_value(Some(Recorder(Rc::new(hear))));
    }

    /// Hands a message to who records.
    pub(super) fn recorded(&self, from: Option<f64>, name: &str, data: &str) {
        if let Some(recorder) = self.recorder.try_get_value().flatten() {
            (recorder.0)(from, name, data);
        }
    }

    /// Calls at once when one of the topics changes, for as long as the app is there; before any page that
    /// follows them.
    pub(crate) fn on_change(&self, topics: Topics, call: impl Fn() + 'static) {
        self.followers.update_value(|followers| followers.at_once.push((topics, Rc::new(call))));
    }

    fn add(&self, topics: Topics, follower: Rc<Follower>) -> usize {
        let mut id = 0;
        self.followers.update_value(|followers| {
            id = followers.next;
            followers.next += 1;
            followers.all.push((id, topics, follower));
        });
        id
    }

    fn remove(&self, id: usize) {
        // Gone with the page, it is.
        let _ = self.followers.try_update_value(|followers| followers.all.retain(|(other, ..)| *other != id));
    }
}

/// Where following stands.
#[derive(Default)]
struct State {
    /// Something changed that is not yet asked for.
    due: bool,
    /// An answer is waited for.
    asks: bool,
    /// When it was last asked for, in milliseconds.
    last: f64,
    /// Whether a timer or the end of typing will look again.
    waits: bool,
}

type Answer = Pin<Box<dyn Future<Output = bool>>>;

/// One that follows: shared by its timer, its listener and the answer that it waits for.
struct Follower {
    state: RefCell<State>,
    pace: Pace,
    /// Whether it asks while a form is being filled in, too.
    while_typing: bool,
    again: Box<dyn Fn() -> Answer>,
    /// Whether what it shows is that nothing could be had.
    failed: Box<dyn Fn() -> bool>,
    /// Whether its page is still there.
    lives: Cell<bool>,
}

pub(super) fn follow(
    live: &Live,
    topics: Topics,
    pace: Pace,
    while_typing: bool,
    again: impl Fn() -> Answer + 'static,
    failed: impl Fn() -> bool + 'static,
) {
    let (again, failed) = (Box::new(again), Box::new(failed));
    let (state, lives) = (RefCell::default(), Cell::new(true));
    let follower = Rc::new(Follower { state, pace, while_typing, again, failed, lives });
    let id = live.add(topics, Rc::clone(&follower));
    let (live, follower) = (live.clone(), StoredValue::new_local(follower));
    on_cleanup(move || {
        live.remove(id);
        let _ = follower.try_with_value(|follower| follower.lives.set(false));
    });
}

/// Asks where it is due, now or when it may be.
fn look(follower: &Rc<Follower>) {
    let now = device_ms();
    let mut state = follower.state.borrow_mut();
    if !state.due || state.asks || state.waits || !follower.lives.get() {
        return;
    }
    let wait = state.last + follower.pace.ms() - now;
    let again = {
        let follower = Rc::clone(follower);
        move || {
            follower.state.borrow_mut().waits = false;
            look(&follower);
        }
    };
    if wait > 0.0 {
        state.waits = true;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most five seconds")]
        set_timeout(again, Duration::from_millis(wait.ceil() as u64));
    } else if !follower.while_typing && is_typing() {
        // What is being written would go under another's name if the list moved.
        state.waits = true;
        after_typing(again);
    } else {
        *state = State { asks: true, last: now, ..State::default() };
        drop(state);
        ask(Rc::clone(follower));
    }
}

fn ask(follower: Rc<Follower>) {
    leptos::task::spawn_local(async move {
        let done = (follower.again)().await;
        {
            let mut state = follower.state.borrow_mut();
            state.asks = false;
            if !done {
                // Due, and asked for with the next message, whatever it says: the server may be gone for now.
                state.due = true;
                return;
            }
        }
        look(&follower);
    });
}

/// Whether a form that changes something is being filled in.
fn is_typing() -> bool {
    document().active_element().is_some_and(|element| {
        element.matches("main form[method=post] :is(input, textarea, select)").unwrap_or_default()
    })
}

/// Calls `then` once the field that has the focus loses it.
fn after_typing(then: impl FnOnce() + 'static) {
    let Some(field) = document().active_element() else { return };
    let left = Closure::once_into_js(move || {
        // The focus may go to the form's next field: that is seen when it is there.
        set_timeout(then, Duration::ZERO);
    });
    let options = web_sys::AddEventListenerOptions::new();
    options.set_once(true);
    let _ = field.add_event_listener_with_callback_and_add_event_listener_options(
        "focusout",
        left.unchecked_ref(),
        &options,
    );
}
