//! Sending changes, and what becomes of them.

use leptos::{
    prelude::*,
    wasm_bindgen::{JsCast, closure::Closure},
};
use web_sys::{Event, UrlSearchParams};

use super::{
    Change, ChangeState, Changes,
    post::{Answer, post},
    unfinished,
};
use crate::{
    links::TOLD,
    state::{Go, Live},
};

/// A form that was submitted.
pub(crate) struct Submitted {
    /// Where it is posted.
    pub(crate) to: String,
    /// Its pairs.
    pub(crate) body: String,
    /// What it does.
    pub(crate) says: String,
    /// What it says of a refusal, by its word.
    pub(crate) refusal: fn(&str) -> String,
}

/// The word of a refusal of what is not so any more: the page that offered it is behind.
const STALE: &str = "stale";

/// The word of a refusal of what a form said as a whole.
const FORM: &str = "form";

/// Where a change leads.
pub(super) struct Way {
    go: Go,
    live: Live,
}

impl Way {
    pub(super) fn new(live: &Live) -> Self {
        Self { go: Go::here(), live: live.clone() }
    }
}

impl std::fmt::Debug for Way {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Way").field("live", &self.live).finish_non_exhaustive()
    }
}

/// Called once the server answered, or could not be reached: with an answer that is to be shown in the form's place. Says
/// whether it is shown there.
type Settled = Box<dyn FnOnce(Option<String>) -> bool>;

impl Changes {
    /// Sends a form; the answer is the change's key. The same form after its answer was lost is the same change.
    pub(crate) fn send(&self, form: Submitted, last: Option<String>, settled: Settled) -> String {
        let same = |change: &&Change| {
            last.as_deref() == Some(&*change.key)
                && matches!(change.state, ChangeState::Lost(_))
                && change.body == form.body
        };
        let again = self.all.with_untracked(|all| all.iter().find(same).map(|change| change.key.clone()));
        let key = again.unwrap_or_else(new_key);
        let change = Change {
            key: key.clone(),
            to: form.to,
            body: form.body,
            says: form.says,
            page: page(),
            state: ChangeState::Pending,
            told: true,
            refusal: form.refusal,
        };
        last.iter().for_each(|last| unfinished::forget(last));
        self.all.update(|all| {
            // What the form said before is overtaken by what it says now.
            all.retain(|other| Some(&other.key) != last.as_ref() && other.key != change.key);
            all.push(change.clone());
        });
        self.post(change, settled);
        key
    }

    pub(super) fn send_again(&self, key: &str) {
        let lost = self.all.with_untracked(|all| all.iter().find(|change| change.key == key).cloned());
        if let Some(change) = lost.filter(|change| change.state != ChangeState::Pending) {
            self.update(key, |change| change.state = ChangeState::Pending);
            self.post(change, Box::new(|_| false));
        }
    }

    /// Sends again what the page before was not answered.
    pub(super) fn take_up(self) {
        // Hydration comes first, that of the page's own part included: both sides begin with none.
        let hydrated = crate::state::Hydrated::now();
        Effect::new(move || {
            if !hydrated.get() {
                return;
            }
            for change in unfinished::all() {
                self.all.update(|all| all.push(change.clone()));
                self.post(change, Box::new(|_| false));
            }
        });
    }

    fn post(&self, change: Change, settled: Settled) {
        unfinished::note(&change);
        let changes = self.clone();
        changes.watch_leaving();
        leptos::task::spawn_local(async move {
            let answer = post(&change.to, &change.body, &change.key).await;
            // What was not answered stays noted until it is, or the founder lets go of it: a page that is loaded meanwhile
            // sends it again.
            if answer.is_ok() {
                unfinished::forget(&change.key);
            }
            let shown = changes.answered(&change, answer);
            let is_answer = shown.is_some();
            match (is_answer, settled(shown)) {
                (true, true) => changes.dismiss(&change.key),
                // An answer in the form's place says what is wrong with the form; its place is gone.
                (true, false) => changes.update(&change.key, |change| {
                    change.state = ChangeState::Refused(FORM.to_owned());
                    change.told = false;
                }),
                (false, _) => {}
            }
            changes.watch_leaving();
        });
    }

    fn answered(&self, change: &Change, answer: Result<Answer, String>) -> Option<String> {
        let key = &*change.key;
        match answer {
            Ok(Answer::Location(location)) => {
                if let Some(why) = refusal(&location) {
                    let is_behind = why == STALE;
                    self.update(key, |change| change.state = ChangeState::Refused(why));
                    if is_behind {
                        self.way.with_value(|way| way.iter().for_each(|way| way.live.doubt()));
                    }
                } else if page() == change.page {
                    self.update(key, |change| change.state = ChangeState::Confirmed);
                    self.way.with_value(|way| way.iter().for_each(|way| way.go.on(&location)));
                } else {
                    // Who went elsewhere meanwhile is not called back.
                    self.dismiss(key);
                }
            }
            Ok(Answer::Shown(text)) => return Some(text),
            Err(why) => self.update(key, |change| change.state = ChangeState::Lost(why)),
        }
        None
    }

    /// The browser asks before the page is left as long as something is not answered.
    fn watch_leaving(&self) {
        let waits = |change: &Change| change.state == ChangeState::Pending;
        if self.all.with_untracked(|all| all.iter().any(waits)) {
            let ask = Closure::<dyn Fn(Event)>::new(|event: Event| event.prevent_default()).into_js_value();
            window().set_onbeforeunload(Some(ask.unchecked_ref()));
        } else {
            window().set_onbeforeunload(None);
        }
    }
}

/// The word behind `refused=` in the way back.
fn refusal(location: &str) -> Option<String> {
    let (_, query) = location.split_once('?')?;
    let query = query.split_once('#').map_or(query, |(query, _)| query);
    UrlSearchParams::new_with_str(query).ok()?.get("refused")
}

/// The address of this page, without what forms told: with each answer another of them stands there.
fn page() -> String {
    let location = window().location();
    let path = location.pathname().unwrap_or_default();
    let Ok(query) = UrlSearchParams::new_with_str(&location.search().unwrap_or_default()) else {
        return path;
    };
    for told in TOLD {
        query.delete(told);
    }
    format!("{path}?{}", query.to_string())
}

/// Never the same twice. It need not be secret.
fn new_key() -> String {
    let part = || js_sys::Math::random().to_string();
    format!("{}{}{}", super::super::device_ms(), part(), part())
}
