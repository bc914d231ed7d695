//! Filling the mirror.

use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen_futures::JsFuture;

use super::{
    Mirror,
    course::Course,
    held::{Heard, Held, InMemory, Plan},
};
use crate::{
    api::tasks::tasks_page,
    state::{
        device_ms,
        fetch::bytes,
        idle::{PIECE_MS, idle, page_ms, pause},
        live::Topics,
    },
};

/// Where the manifest is.
pub(super) const MANIFEST: &str = "/api/v1/mirror";
/// How much idle time is left to others, in milliseconds.
const SPARE_MS: f64 = 2.0;

impl Mirror {
    /// Fills it, and keeps it fresh for as long as the app is there.
    pub(super) fn start(self) {
        let live = self.state.with_value(|state| state.live.clone());
        live.record(move |from, name, data| self.hear(from, name, data));
        live.on_change(Topics::PRODUCTS.and(Topics::SETTINGS), move || self.renew());
        // Views and keys are told by the server alone.
        live.on_change(Topics::VIEWS.and(Topics::SETTINGS), move || {
            self.state.update_value(|state| {
                state.known = None;
                state.told += 1;
            });
        });
        self.begin();
    }

    /// Begins to fill it, whatever was under way.
    pub(super) fn begin(self) {
        let _ = self.state.try_update_value(|state| state.held = None);
        if let Some(filling) = self.go(Course::begin) {
            spawn_local(self.fill(filling));
        }
    }

    /// Fills it; what goes wrong is tried again a few times.
    async fn fill(self, filling: u32) {
        loop {
            let wait = self.state.try_with_value(|state| state.course.wait_ms()).unwrap_or_default();
            if wait > 0 {
                pause(wait).await;
            }
            stands().await;
            idle().await;
            if !self.goes_on(filling) || self.try_to_fill(filling).await.is_some() || !self.goes_on(filling) {
                return;
            }
            if self.go(|course| course.came_to_nothing(device_ms())) != Some(true) {
                return;
            }
        }
    }

    /// Fills it; `None` where something failed that may go well another time.
    async fn try_to_fill(self, filling: u32) -> Option<()> {
        let mut held: Box<dyn Held> = Box::new(InMemory::default());
        // From here on nothing that is told may be missed.
        self.state.try_update_value(|state| {
            state.queue.clear();
            state.course.reads();
        })?;
        let manifest = bytes(MANIFEST).await?;
        if !self.goes_on(filling) {
            return None;
        }
        let urls = match held.begin(&manifest)? {
            Plan::Load(urls) => urls,
            Plan::Beyond(most) => return self.go(|course| course.beyond(most)),
        };
        for url in urls {
            if !held.load(bytes(&url).await?) {
                return None;
            }
            // A piece at a time, so that only one chunk is held twice.
            build(|| held.build_some()).await?;
        }
        self.know().await;
        if !self.goes_on(filling) {
            return None;
        }
        self.hold(held)
    }

    /// Holds what was loaded, once it has what was told meanwhile.
    fn hold(self, mut held: Box<dyn Held>) -> Option<()> {
        let heard = self.state.try_update_value(|state| {
            for (from, name, data) in std::mem::take(&mut state.queue) {
                match held.hear(from, &name, &data) {
                    Heard::Fresh => {}
                    // It is due when what is held is whole.
                    Heard::Products => drop(state.course.renew()),
                    missed => return missed,
                }
            }
            state.held = Some(held);
            Heard::Fresh
        })?;
        match heard {
            Heard::Missed => return None,
            Heard::Foreign => self.give_up(),
            Heard::Fresh | Heard::Products => self.is_whole(),
        }
        Some(())
    }

    /// Asks for what only the server knows, so that the ledger's page needs to ask for nothing.
    async fn know(self) {
        if self.state.try_with_value(|state| state.known.is_some()).unwrap_or(true) {
            return;
        }
        let asked = self.asked();
        if let Ok(page) = tasks_page(String::new()).await {
            self.answered(page, "", asked);
        }
    }
}

/// Does pieces in idle time until there is no more to do; `None` where what was loaded is broken.
pub(super) async fn build(mut some: impl FnMut() -> Option<bool>) -> Option<()> {
    loop {
        let remaining = idle().await;
        // Idle time may be as long as 50 ms, in which nothing else would be done.
        let end = page_ms() + (remaining - SPARE_MS).min(PIECE_MS);
        loop {
            if !some()? {
                return Some(());
            }
            if page_ms() >= end {
                break;
            }
        }
    }
}

/// Waits until the page's own files are there.
async fn stands() {
    if document().ready_state() == "complete" {
        return;
    }
    let loaded = js_sys::Promise::new(&mut |resolve, _| {
        // A listener is refused by nothing; without it, the mirror would only stay empty.
        let _ = window().add_event_listener_with_callback("load", &resolve);
    });
    let _ = JsFuture::from(loaded).await;
}
