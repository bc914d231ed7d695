//! What a tab has of the mirror.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{view::View, zone::Zone};
use leptos::{prelude::*, task::spawn_local};

use super::{
    Mirror,
    course::{Course, Phase},
    held::Held,
    part,
};
use crate::state::{Live, device_ms};

/// Says on the document how far the mirror is, for measurements.
const MARK: &str = "data-mirror";

/// The mirror, and what is known beside it.
pub(super) struct State {
    pub(super) live: Live,
    pub(super) held: Option<Box<dyn Held>>,
    pub(super) course: Course,
    /// What was told while it is being filled: from which place, the name of the message, its text.
    pub(super) queue: Vec<(Option<f64>, String, String)>,
    pub(super) known: Option<Known>,
    /// How often views or settings changed: an answer to a question from before is not kept.
    pub(super) told: u32,
}

impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("State").field("course", &self.course).finish_non_exhaustive()
    }
}

/// What only the server knows, and tells with each of its answers.
pub(super) struct Known {
    /// What a form that was sent said then.
    pub(super) told: String,
    pub(super) views: Vec<View>,
    pub(super) single_keys: bool,
    pub(super) now: DateTime<Utc>,
    pub(super) zone: Zone,
    /// When it answered, in milliseconds of this browser.
    pub(super) at: f64,
}

impl Known {
    /// The server's time now.
    pub(super) fn now(&self) -> Option<DateTime<Utc>> {
        #[expect(clippy::cast_possible_truncation, reason = "milliseconds since an answer")]
        let passed = (device_ms() - self.at) as i64;
        Some(self.now + TimeDelta::try_milliseconds(passed)?)
    }
}

impl State {
    pub(super) fn answers(&self) -> bool {
        self.course.phase() == Phase::Ready && self.live.is_live()
    }
}

/// An empty mirror, which is filled once there is idle time.
pub(super) fn begin(live: &Live) -> StoredValue<State, LocalStorage> {
    let state = StoredValue::new_local(State {
        live: live.clone(),
        held: None,
        course: Course::default(),
        queue: Vec::new(),
        known: None,
        told: 0,
    });
    let load = move || {
        spawn_local(async move {
            // That it does not load is no reason to stop: the server answers.
            drop(part::start(Mirror { state }).await);
        });
    };
    Effect::new(move || {
        if request_idle_callback_with_handle(load).is_err() {
            // Not every browser tells of idle time.
            set_timeout(load, Duration::from_secs(1));
        }
    });
    state
}

impl Mirror {
    /// Goes on in its course, and says so on the document. `None` where the app is gone.
    pub(super) fn go<T>(self, on: impl FnOnce(&mut Course) -> T) -> Option<T> {
        let (told, phase) = self.state.try_update_value(|state| {
            let told = on(&mut state.course);
            (told, state.course.phase())
        })?;
        if let Some(html) = document().document_element() {
            // It only says.
            let _ = html.set_attribute(MARK, phase.word());
        }
        Some(told)
    }

    /// Whether that filling is not overtaken.
    pub(super) fn goes_on(self, filling: u32) -> bool {
        self.state.try_with_value(|state| state.course.goes_on(filling)).unwrap_or(false)
    }
}
