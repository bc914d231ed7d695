//! What the server tells as it happens, and which pages ask anew for it.
//!
//! The browser holds one stream of changes for all tabs that can be seen ([`tabs`]); a tab that cannot be seen holds none. A page
//! says which topics its data is made of ([`follow`]); when one of them changes, what it shows is asked for again, and only
//! then. Nothing is asked for by the clock. Between two connections nothing is assumed: a stream goes on from the place that
//! the page has, and who cannot be told everything is told to read all again.

#[cfg(feature = "hydrate")]
mod follow;
#[cfg(feature = "hydrate")]
mod message;
#[cfg(feature = "hydrate")]
mod stream;
#[cfg(feature = "hydrate")]
mod tabs;
mod topics;

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

use crate::api::{ApiError, frame::Frame};

pub use topics::Topics;

/// How the page hears of what happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pulse {
    /// Not yet: the page is as of when it was made.
    #[default]
    Still,
    /// What happens is told as it happens.
    Live,
    /// The connection was lost a moment ago.
    Reconnecting,
    /// Nothing was heard since then.
    Stale(DateTime<Utc>),
}

/// What is known of the connection to the server. A context; in the first view of both sides nothing is.
#[derive(Debug, Clone)]
pub struct Live {
    pulse: ArcRwSignal<Pulse>,
    last: ArcRwSignal<Option<DateTime<Utc>>>,
    silent: ArcRwSignal<TimeDelta>,
    newer: ArcRwSignal<bool>,
    /// The place in the log of changes that the pages hold at.
    #[cfg(feature = "hydrate")]
    place: StoredValue<Option<f64>, LocalStorage>,
    #[cfg(feature = "hydrate")]
    followers: StoredValue<follow::Followers, LocalStorage>,
    /// Gets every message of the stream as it is.
    #[cfg(feature = "hydrate")]
    recorder: StoredValue<Option<follow::Recorder>, LocalStorage>,
    /// When what is shown last changed because something was told, in milliseconds.
    #[cfg(feature = "hydrate")]
    told: StoredValue<f64, LocalStorage>,
}

impl Live {
    /// Nothing is known yet.
    pub fn new() -> Self {
        Self {
            pulse: ArcRwSignal::default(),
            last: ArcRwSignal::default(),
            silent: ArcRwSignal::default(),
            newer: ArcRwSignal::default(),
            #[cfg(feature = "hydrate")]
            place: StoredValue::new_local(None),
            #[cfg(feature = "hydrate")]
            followers: StoredValue::new_local(follow::Followers::default()),
            #[cfg(feature = "hydrate")]
            recorder: StoredValue::new_local(None),
            #[cfg(feature = "hydrate")]
            told: StoredValue::new_local(0.0),
        }
    }

    /// How the page hears of what happens.
    pub fn pulse(&self) -> Pulse {
        self.pulse.get()
    }

    /// When something was last told, by the server's clock.
    pub fn last(&self) -> Option<DateTime<Utc>> {
        self.last.get()
    }

    /// For how long nothing was heard, while the pulse is [`Pulse::Stale`].
    pub fn silent(&self) -> TimeDelta {
        self.silent.get()
    }

    /// Whether the server is of another build than the page.
    pub fn is_newer(&self) -> bool {
        self.newer.get()
    }

    /// What is shown changes now, because something was told.
    #[cfg_attr(not(feature = "hydrate"), expect(clippy::unused_self, reason = "only a browser is told"))]
    fn told(&self) {
        #[cfg(feature = "hydrate")]
        self.told.set_value(super::device_ms());
    }

    /// Listens from the place on that the page holds at, once it is known and the client is at work.
    #[cfg_attr(not(feature = "hydrate"), expect(unused_variables, reason = "only a browser listens"))]
    pub fn listen(&self, frame: impl Fn() -> Option<Frame> + 'static) {
        #[cfg(feature = "hydrate")]
        tabs::listen(self.clone(), frame);
    }
}

impl Default for Live {
    fn default() -> Self {
        Self::new()
    }
}

/// An empty attribute for a row that is new because something was just told; none for what stood there from the beginning.
pub fn arrives() -> Option<&'static str> {
    #[cfg(feature = "hydrate")]
    return use_context::<Live>().is_some_and(|live| live.tells()).then_some("");
    #[cfg(not(feature = "hydrate"))]
    None
}

/// How soon after one answer the next may be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// Four times a second: what one looks at while it happens.
    AtOnce,
    /// Every five seconds: what is made of very much, or is no news.
    AtLeisure,
}

/// A resource whose data is asked for again when one of the topics changes: as often as the pace lets it, one question at a
/// time, and never while a form of the page is being filled in. What cannot be had stays as it was, and is asked for again
/// with the next message.
pub fn followed<S, T, Fut>(
    source: impl Fn() -> S + Copy + Send + Sync + 'static,
    fetch: impl Fn(S) -> Fut + Copy + Send + Sync + 'static,
    topics: Topics,
    pace: Pace,
) -> Resource<Result<T, ApiError>>
where
    S: PartialEq + Clone + Send + Sync + 'static,
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
    Fut: Future<Output = Result<T, ApiError>> + Send + 'static,
{
    let resource = Resource::new(source, fetch);
    let live = use_context::<Live>();
    // Also where the page's own question came to nothing, as it was opened.
    let failed = move || {
        let could_not = |error: &ApiError| matches!(error, ApiError::Unreachable | ApiError::Unavailable);
        resource
            .try_with_untracked(|answer| matches!(answer, Some(Err(error)) if could_not(error)))
            .unwrap_or(false)
    };
    follow_failed(topics, pace, failed, move || {
        let asked = untrack(source);
        let (answer, live) = (fetch(asked.clone()), live.clone());
        async move {
            let answer = answer.await;
            // What was asked for meanwhile has an answer of its own.
            let current = asked == untrack(source);
            if current && answer.is_ok() {
                live.iter().for_each(Live::told);
                let _ = resource.try_set(Some(answer));
                return true;
            }
            !current
        }
    });
    resource
}

/// Calls `again` when one of the topics changes; its answer says whether that is done with. Never while a form of the page is
/// being filled in.
#[cfg_attr(not(feature = "hydrate"), expect(unused_variables, reason = "only a browser listens"))]
fn follow_failed<Fut: Future<Output = bool> + 'static>(
    topics: Topics,
    pace: Pace,
    failed: impl Fn() -> bool + 'static,
    again: impl Fn() -> Fut + 'static,
) {
    #[cfg(feature = "hydrate")]
    if let Some(live) = use_context::<Live>() {
        follow::follow(&live, topics, pace, false, move || Box::pin(again()), failed);
    }
}

/// The same for who shows no answer that could fail.
pub fn follow<Fut: Future<Output = bool> + 'static>(
    topics: Topics,
    pace: Pace,
    again: impl Fn() -> Fut + 'static,
) {
    follow_failed(topics, pace, || false, again);
}

/// The same while forms are being filled in, too: for who leaves them as they are.
#[cfg_attr(not(feature = "hydrate"), expect(unused_variables, reason = "only a browser listens"))]
pub fn follow_while_typing<Fut: Future<Output = bool> + 'static>(
    topics: Topics,
    pace: Pace,
    again: impl Fn() -> Fut + 'static,
) {
    #[cfg(feature = "hydrate")]
    if let Some(live) = use_context::<Live>() {
        follow::follow(&live, topics, pace, true, move || Box::pin(again()), || false);
    }
}

/// Listens to the events and runs of a task, which are told on a stream of their own: [`Topics::THIS_TASK`].
#[cfg_attr(not(feature = "hydrate"), expect(unused_variables, reason = "only a browser listens"))]
pub fn listen_to_task(task: impl Fn() -> String + 'static) {
    #[cfg(feature = "hydrate")]
    if let Some(live) = use_context::<Live>() {
        stream::follow_task(live, task);
    }
}
