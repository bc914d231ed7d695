//! Filling the mirror, keeping it fresh, and asking it.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{id::TaskId, view::View, zone::Zone};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen_futures::JsFuture;

use super::{
    Glance, Mirror,
    fetch::bytes,
    held::{Board, Heard, Held, InMemory, Plan},
    part,
};
use crate::{
    api::{
        palette::TaskHits,
        tasks::{Answered, TasksPage, tasks_page},
    },
    state::{
        Live, device_ms,
        idle::{PIECE_MS, idle, page_ms, pause},
        live::Topics,
    },
};

/// Where the manifest is.
const MANIFEST: &str = "/api/v1/mirror";
/// How much idle time is left to others, in milliseconds.
const SPARE_MS: f64 = 2.0;
/// How often it is begun anew before the server answers for good.
const TRIES: u32 = 5;
/// How long it is waited before it is begun anew, in milliseconds: longer each time.
const PAUSE_MS: u32 = 1_000;
/// How long after it could not be filled it is tried again, in milliseconds.
const LATER_MS: f64 = 60_000.0;
/// Says on the document how far the mirror is, for measurements.
const MARK: &str = "data-mirror";

/// How far the mirror is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Phase {
    /// It is being filled.
    Filling,
    /// It holds what the server holds.
    Ready,
    /// Products or rules changed; what they are now is being asked for.
    Renewing,
    /// There are more tasks than the most that are held: this many.
    Beyond(u64),
    /// It cannot be filled, at least until then, in milliseconds of this browser.
    Failed(f64),
}

/// The mirror, and what is known beside it.
pub(super) struct State {
    live: Live,
    held: Option<Box<dyn Held>>,
    phase: Phase,
    /// What was heard while it is being filled: from which place, the name of the message, its text.
    queue: Vec<(Option<f64>, String, String)>,
    known: Option<Known>,
    /// How often views or settings changed: an answer to a question from before is not kept.
    told: u32,
    tries: u32,
    /// Which filling this is: one that was overtaken ends.
    filling: u32,
    /// Whether products or rules changed after what is held was read.
    renew_due: bool,
    /// Whether idle time is waited for to put changes in order.
    tidies: bool,
}

impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("State").field("phase", &self.phase).finish_non_exhaustive()
    }
}

/// What only the server knows, and tells with each of its answers.
struct Known {
    /// What a form that was sent said then.
    told: String,
    views: Vec<View>,
    single_keys: bool,
    now: DateTime<Utc>,
    zone: Zone,
    /// When it answered, in milliseconds of this browser.
    at: f64,
}

impl Known {
    /// The server's time now.
    fn now(&self) -> Option<DateTime<Utc>> {
        #[expect(clippy::cast_possible_truncation, reason = "milliseconds since an answer")]
        let passed = (device_ms() - self.at) as i64;
        Some(self.now + TimeDelta::try_milliseconds(passed)?)
    }
}

impl State {
    pub(super) fn answers(&self) -> bool {
        self.phase == Phase::Ready && self.live.is_live()
    }
}

/// An empty mirror, which is filled once there is idle time.
pub(super) fn begin(live: &Live) -> StoredValue<State, LocalStorage> {
    let state = StoredValue::new_local(State {
        live: live.clone(),
        held: None,
        phase: Phase::Filling,
        queue: Vec::new(),
        known: None,
        told: 0,
        tries: 0,
        filling: 0,
        renew_due: false,
        tidies: false,
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
    fn begin(self) {
        let filling = self.state.try_update_value(|state| {
            state.held = None;
            state.filling += 1;
            state.filling
        });
        self.turn(Phase::Filling);
        if let Some(filling) = filling {
            spawn_local(self.fill(filling));
        }
    }

    /// Whether that filling is not overtaken.
    fn goes_on(self, filling: u32) -> bool {
        self.state.try_with_value(|state| state.filling == filling).unwrap_or(false)
    }

    /// Fills it; what goes wrong is tried again a few times.
    async fn fill(self, filling: u32) {
        loop {
            let wait = self.state.with_value(|state| PAUSE_MS * state.tries);
            if wait > 0 {
                pause(wait).await;
            }
            stands().await;
            idle().await;
            if !self.goes_on(filling) || self.try_to_fill(filling).await.is_some() || !self.goes_on(filling) {
                return;
            }
            let failed = self.state.try_update_value(|state| {
                state.tries += 1;
                state.tries >= TRIES
            });
            if failed.unwrap_or(true) {
                return self.turn(Phase::Failed(device_ms() + LATER_MS));
            }
        }
    }

    /// Fills it; `None` where something failed that may go well another time.
    async fn try_to_fill(self, filling: u32) -> Option<()> {
        let mut held: Box<dyn Held> = Box::new(InMemory::default());
        // From here on nothing that is told may be missed.
        self.state.update_value(|state| {
            state.queue.clear();
            state.renew_due = false;
        });
        let manifest = bytes(MANIFEST).await?;
        if !self.goes_on(filling) {
            return None;
        }
        let urls = match held.begin(&manifest)? {
            Plan::Load(urls) => urls,
            Plan::Beyond(most) => {
                self.turn(Phase::Beyond(most));
                return Some(());
            }
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
        let heard = self.state.try_update_value(|state| {
            for (from, name, data) in std::mem::take(&mut state.queue) {
                match held.hear(from, &name, &data) {
                    Heard::Fresh => {}
                    Heard::Products => state.renew_due = true,
                    missed => return missed,
                }
            }
            state.held = Some(held);
            Heard::Fresh
        })?;
        match heard {
            Heard::Missed => return None,
            Heard::Foreign => self.give_up(),
            Heard::Fresh | Heard::Products => self.ready(),
        }
        Some(())
    }

    /// It holds what the server holds, but for what changed after that was read.
    fn ready(self) {
        self.turn(Phase::Ready);
        if self.state.with_value(|state| state.renew_due) {
            self.renew();
        }
    }

    /// The server tells what this client does not know: it is newer, and answers by itself until the page is loaded again.
    fn give_up(self) {
        self.state.update_value(|state| state.held = None);
        self.turn(Phase::Failed(f64::INFINITY));
    }

    /// Asks for what only the server knows, so that the ledger's page needs to ask for nothing.
    async fn know(self) {
        if self.state.with_value(|state| state.known.is_some()) {
            return;
        }
        let asked = self.asked();
        if let Ok(page) = tasks_page(String::new()).await {
            self.answered(page, "", asked);
        }
    }

    /// How often views and settings have changed when a question is asked.
    pub(super) fn asked(self) -> u32 {
        self.state.try_with_value(|state| state.told).unwrap_or_default()
    }

    fn turn(self, phase: Phase) {
        let _ = self.state.try_update_value(|state| {
            state.phase = phase;
            if phase == Phase::Ready {
                state.tries = 0;
            }
        });
        let word = match phase {
            Phase::Filling => "filling",
            Phase::Ready => "ready",
            Phase::Renewing => "renewing",
            Phase::Beyond(_) => "beyond",
            Phase::Failed(_) => "failed",
        };
        if let Some(html) = document().document_element() {
            // It only says.
            let _ = html.set_attribute(MARK, word);
        }
    }

    /// Something was told; `from` is the place before it.
    fn hear(self, from: Option<f64>, name: &str, data: &str) {
        let heard = self.state.try_update_value(|state| {
            match state.phase {
                Phase::Filling => {
                    state.queue.push((from, name.to_owned(), data.to_owned()));
                    return None;
                }
                // Where all is well by now.
                Phase::Failed(until) if until < device_ms() => {
                    state.tries = 0;
                    return Some(Heard::Missed);
                }
                _ => {}
            }
            state.held.as_mut().map(|held| held.hear(from, name, data))
        });
        match heard.flatten() {
            None | Some(Heard::Fresh) => self.tidy(),
            Some(Heard::Products) => self.renew(),
            Some(Heard::Missed) => self.begin(),
            Some(Heard::Foreign) => self.give_up(),
        }
    }

    /// Puts what changed in order, in idle time. Answers are right without, but slower.
    fn tidy(self) {
        let due = self.state.try_update_value(|state| {
            let due = state.phase == Phase::Ready && !state.tidies;
            state.tidies |= due;
            due
        });
        if due != Some(true) {
            return;
        }
        spawn_local(async move {
            build(|| self.state.try_update_value(|state| state.held.as_mut()?.build_some()).flatten()).await;
            let _ = self.state.try_update_value(|state| state.tidies = false);
        });
    }

    /// Asks what the products and rules are now. Until that is known, the server answers.
    fn renew(self) {
        let filling = self.state.try_update_value(|state| {
            let begins = state.phase == Phase::Ready;
            // What is under way may have read what was before: it is asked for again after that.
            state.renew_due = !begins;
            begins.then_some(state.filling)
        });
        let Some(filling) = filling.flatten() else { return };
        self.turn(Phase::Renewing);
        spawn_local(async move {
            let manifest = bytes(MANIFEST).await;
            if !self.goes_on(filling) {
                return;
            }
            let known = self.state.try_update_value(|state| {
                state.held.as_mut().zip(manifest).is_some_and(|(held, manifest)| held.renew(&manifest))
            });
            match known {
                Some(true) => self.ready(),
                Some(false) => {
                    self.state.update_value(|state| state.tries += 1);
                    self.begin();
                }
                None => {}
            }
        });
    }

    /// The ledger's page, where it can be told here. `anyway`: even if what is held may be old.
    pub(super) fn found(self, query: &str, told: &str, anyway: bool) -> Option<TasksPage> {
        let mut page = None;
        self.state.try_update_value(|state| {
            let ready = if anyway { state.held.is_some() } else { state.answers() };
            let known = state.known.as_ref().filter(|known| ready && (anyway || known.told == told))?;
            let began = page_ms();
            let Board { rows, all, facets, products, presets } = state.held.as_mut()?.board(query)?;
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few milliseconds")]
            let took_ms = (page_ms() - began).round() as u64;
            page = Some(TasksPage {
                rows,
                all,
                took_ms,
                answered: Answered::Here,
                facets,
                products,
                presets,
                views: known.views.clone(),
                single_keys: known.single_keys,
                now: known.now()?,
                zone: known.zone.clone(),
            });
            Some(())
        })?;
        page
    }

    /// Notes what only the server knows; `asked` is what [`Self::asked`] said before.
    pub(super) fn answered(self, mut page: TasksPage, told: &str, asked: u32) -> TasksPage {
        let _ = self.state.try_update_value(|state| {
            if state.told == asked {
                state.known = Some(Known {
                    told: told.to_owned(),
                    views: page.views.clone(),
                    single_keys: page.single_keys,
                    now: page.now,
                    zone: page.zone.clone(),
                    at: device_ms(),
                });
            }
            if let Phase::Beyond(most) = state.phase {
                page.answered = Answered::Beyond(most);
            }
        });
        page
    }

    /// A task as it is held.
    pub(super) fn glance(self, id: &TaskId) -> Option<Glance> {
        self.state.with_value(|state| {
            let known = state.known.as_ref().filter(|_| state.answers())?;
            let (row, product) = state.held.as_ref()?.task(id)?;
            Some(Glance { row, product, now: known.now()?, zone: known.zone.clone() })
        })
    }

    /// Tasks for the palette, where they can be told here.
    pub(super) fn hits(self, words: &str) -> Option<TaskHits> {
        self.state
            .try_update_value(|state| {
                if !state.answers() {
                    return None;
                }
                let began = page_ms();
                let mut hits = state.held.as_mut()?.hits(words)?;
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "a few milliseconds"
                )]
                {
                    hits.took_ms = (page_ms() - began).round() as u64;
                }
                Some(hits)
            })
            .flatten()
    }
}

/// Does pieces in idle time until there is no more to do; `None` where what was loaded is broken.
async fn build(mut some: impl FnMut() -> Option<bool>) -> Option<()> {
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
