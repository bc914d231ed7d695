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
    idle::{idle, page_ms, pause},
    part,
};
use crate::{
    api::{
        palette::TaskHits,
        tasks::{Answered, TasksPage, tasks_page},
    },
    state::{Live, device_ms, live::Topics},
};

/// Where the manifest is.
const MANIFEST: &str = "/api/v1/mirror";
/// How much idle time is left to others, in milliseconds.
const SPARE_MS: f64 = 2.0;
/// How often it is begun anew before the server answers for good.
const TRIES: u32 = 5;
/// How long it is waited before it is begun anew, in milliseconds: longer each time.
const PAUSE_MS: u32 = 1_000;
/// Says on the document how far the mirror is, for measurements.
const MARK: &str = "data-mirror";

/// How far the mirror is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// It is being filled.
    Filling,
    /// It holds what the server holds.
    Ready,
    /// Products or rules changed; what they are now is being asked for.
    Renewing,
    /// There are more tasks than the most that are held: this many.
    Beyond(u64),
    /// It cannot be filled.
    Failed,
}

/// The mirror, and what is known beside it.
pub(super) struct State {
    live: Live,
    held: Option<Box<dyn Held>>,
    phase: Phase,
    /// What was heard while it is being filled: from which place, the name of the message, its text.
    queue: Vec<(Option<f64>, String, String)>,
    known: Option<Known>,
    tries: u32,
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
        tries: 0,
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
            self.state.update_value(|state| state.known = None);
        });
        spawn_local(self.fill());
    }

    /// Fills it; what goes wrong is tried again a few times.
    async fn fill(self) {
        loop {
            let wait = self.state.with_value(|state| PAUSE_MS * state.tries);
            if wait > 0 {
                pause(wait).await;
            }
            stands().await;
            idle().await;
            if self.try_to_fill().await.is_some() {
                return;
            }
            let failed = self.state.try_update_value(|state| {
                state.tries += 1;
                state.tries >= TRIES
            });
            if failed.unwrap_or(true) {
                return self.turn(Phase::Failed);
            }
        }
    }

    /// Fills it; `None` where something failed that may go well another time.
    async fn try_to_fill(self) -> Option<()> {
        let mut held: Box<dyn Held> = Box::new(InMemory::default());
        // From here on nothing that is told may be missed.
        self.state.update_value(|state| state.queue.clear());
        self.turn(Phase::Filling);
        let urls = match held.begin(&bytes(MANIFEST).await?)? {
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
        let heard = self.state.try_update_value(|state| {
            let mut all = Heard::Fresh;
            for (from, name, data) in std::mem::take(&mut state.queue) {
                match held.hear(from, &name, &data) {
                    Heard::Fresh => {}
                    Heard::Missed => return Heard::Missed,
                    Heard::Products => all = Heard::Products,
                }
            }
            state.held = Some(held);
            all
        })?;
        match heard {
            Heard::Missed => return None,
            Heard::Fresh => self.turn(Phase::Ready),
            Heard::Products => {
                self.turn(Phase::Ready);
                self.renew();
            }
        }
        Some(())
    }

    /// Asks for what only the server knows, so that the ledger's page needs to ask for nothing.
    async fn know(self) {
        if self.state.with_value(|state| state.known.is_some()) {
            return;
        }
        if let Ok(page) = tasks_page(String::new()).await {
            self.answered(page, "");
        }
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
            Phase::Failed => "failed",
        };
        if let Some(html) = document().document_element() {
            // It only says.
            let _ = html.set_attribute(MARK, word);
        }
    }

    /// Something was told; `from` is the place before it.
    fn hear(self, from: Option<f64>, name: &str, data: &str) {
        let heard = self.state.try_update_value(|state| {
            if state.phase == Phase::Filling {
                state.queue.push((from, name.to_owned(), data.to_owned()));
                return None;
            }
            state.held.as_mut().map(|held| held.hear(from, name, data))
        });
        match heard.flatten() {
            None | Some(Heard::Fresh) => self.tidy(),
            Some(Heard::Products) => self.renew(),
            Some(Heard::Missed) => {
                self.state.update_value(|state| state.held = None);
                self.turn(Phase::Filling);
                spawn_local(self.fill());
            }
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
        let due = self.state.with_value(|state| matches!(state.phase, Phase::Ready | Phase::Renewing));
        if !due {
            return;
        }
        let again = self.state.with_value(|state| state.phase == Phase::Renewing);
        self.turn(Phase::Renewing);
        if again {
            return;
        }
        spawn_local(async move {
            let manifest = bytes(MANIFEST).await;
            let known = self.state.try_update_value(|state| {
                state.held.as_mut().zip(manifest).is_some_and(|(held, manifest)| held.renew(&manifest))
            });
            match known {
                Some(true) => self.turn(Phase::Ready),
                Some(false) => {
                    self.state.update_value(|state| state.tries += 1);
                    self.turn(Phase::Filling);
                    self.fill().await;
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

    /// Notes what only the server knows.
    pub(super) fn answered(self, mut page: TasksPage, told: &str) -> TasksPage {
        let _ = self.state.try_update_value(|state| {
            state.known = Some(Known {
                told: told.to_owned(),
                views: page.views.clone(),
                single_keys: page.single_keys,
                now: page.now,
                zone: page.zone.clone(),
                at: device_ms(),
            });
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
        let end = page_ms() + remaining - SPARE_MS;
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
