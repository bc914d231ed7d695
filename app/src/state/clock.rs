//! The time that relative times are told by.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use domain::zone::Zone;
use leptos::prelude::*;

/// The server's time that the data holds at, moving on once the client is at work. A context.
///
/// The first view of both sides tells the time of the data, so they are the same. After that the time that passed
/// in this browser is added, so a wrong clock of this device does not matter. A page that the browser kept has had its time
/// pass since then.
#[derive(Debug, Clone)]
pub struct Clock {
    start: DateTime<Utc>,
    passed: RwSignal<TimeDelta>,
    zone: Arc<Zone>,
}

/// How often relative times are told anew, in milliseconds.
#[cfg(feature = "hydrate")]
const TICK_MS: u32 = 10_000;

impl Clock {
    /// A clock that starts at the server's time and moves on after hydration, until its owner goes.
    pub fn start(start: DateTime<Utc>, zone: Zone) -> Self {
        let clock = Self { start, passed: RwSignal::new(TimeDelta::zero()), zone: Arc::new(zone) };
        #[cfg(feature = "hydrate")]
        tick(clock.passed);
        clock
    }

    /// The time now, tracked.
    pub fn now(&self) -> DateTime<Utc> {
        self.start + self.passed.get()
    }

    /// The time that the data holds at.
    pub fn started(&self) -> DateTime<Utc> {
        self.start
    }

    /// The founder's time zone.
    pub fn zone(&self) -> &Zone {
        &self.zone
    }
}

/// The time of this device, in milliseconds: for spans of it alone, since its clock may be wrong.
#[cfg(feature = "hydrate")]
pub(crate) fn device_ms() -> f64 {
    js_sys::Date::now()
}

/// Says of a page that it is a copy, and since when it is kept. The worker (`public/sw.js`) writes it into what it hands out.
#[cfg(feature = "hydrate")]
const KEPT: &str = "data-kept";

/// When this page was kept, if it is a copy that stands for a server that does not answer: in milliseconds of this device.
#[cfg(feature = "hydrate")]
pub(crate) fn kept_ms() -> Option<f64> {
    let at = document().document_element()?.get_attribute(KEPT)?;
    Some(js_sys::Date::parse(&at)).filter(|ms| ms.is_finite())
}

/// What the page shows from now on is not what was kept.
#[cfg(feature = "hydrate")]
pub(crate) fn keeps_no_more() {
    if let Some(html) = document().document_element() {
        // It may be gone already.
        let _ = html.remove_attribute(KEPT);
    }
}

#[cfg(feature = "hydrate")]
fn tick(passed: RwSignal<TimeDelta>) {
    // Only what stood there when the page was taken over is of the copy; what is made later was just told.
    let hydrated = crate::state::Hydrated::now().get_untracked();
    Effect::new(move || {
        let kept = kept_ms().filter(|_| !hydrated);
        let began = kept.unwrap_or_else(device_ms);
        let tell = move || {
            #[expect(clippy::cast_possible_truncation, reason = "milliseconds since the page was made")]
            let ms = (device_ms() - began) as i64;
            if let Some(since) = TimeDelta::try_milliseconds(ms) {
                // The owner may be gone between two ticks.
                let _ = passed.try_set(since);
            }
        };
        if kept.is_some() {
            tell();
        }
        let interval = gloo_timers::callback::Interval::new(TICK_MS, tell);
        // Kept by the effect's owner: it stops when the page goes.
        StoredValue::new_local(interval);
    });
}
