//! A form that changes something. It works without scripts; where they run it is sent without leaving the page, once, however
//! often its button is pressed, and says what became of it.

#[cfg(feature = "hydrate")]
mod submit;

use leptos::prelude::*;

use crate::{
    state::{ChangeState, Changes},
    ui::{Icon, IconName},
};

/// What became of a form, for what stands in it.
#[derive(Debug, Clone, Copy)]
pub struct Sent {
    key: RwSignal<Option<String>>,
    state: Memo<Option<ChangeState>>,
}

impl Sent {
    /// Not sent yet.
    pub fn new() -> Self {
        let (changes, key) = (Changes::here(), RwSignal::new(None::<String>));
        let state = Memo::new(move |_| {
            let key = key.get()?;
            changes.with(|all| all.iter().find(|change| change.key == key).map(|change| change.state.clone()))
        });
        Self { key, state }
    }

    /// Whether the server has not answered yet.
    pub fn is_pending(self) -> bool {
        self.state.with(|state| *state == Some(ChangeState::Pending))
    }

    /// The word that the server refused it with.
    pub fn refused(self) -> Option<String> {
        self.state.with(|state| match state {
            Some(ChangeState::Refused(why)) => Some(why.clone()),
            _ => None,
        })
    }
}

impl Default for Sent {
    fn default() -> Self {
        Self::new()
    }
}

/// What is done with an answer that is to be shown in the form's place.
pub type Answered = Callback<String>;

/// A form that changes something.
#[component]
pub fn ChangeForm(
    /// Where it is posted.
    #[prop(into)]
    to: String,
    /// What it does, as it is told where the form is out of sight: "Save a view".
    #[prop(into)]
    says: String,
    /// What is told of a refusal, by its word.
    refusal: fn(&str) -> String,
    /// What became of it, where something in the form shows it.
    #[prop(optional)]
    sent: Option<Sent>,
    /// The values of those buttons that change something, where others do not; none are all.
    #[prop(optional)]
    only: &'static [&'static str],
    /// What is done with an answer to be shown in the form's place.
    #[prop(optional_no_strip)]
    answered: Option<Answered>,
    /// A class of the form.
    #[prop(optional)]
    class: Option<&'static str>,
    /// Fields and buttons.
    children: Children,
) -> impl IntoView {
    let sent = sent.unwrap_or_default();
    let (target, changes) = (StoredValue::new(to.clone()), StoredValue::new(Changes::here()));
    let form = Form { changes, to: target, says: StoredValue::new(says), refusal, sent, only, answered };
    let (released, again) = (Changes::here(), Changes::here());
    on_cleanup(move || {
        if let Some(key) = sent.key.try_get_untracked().flatten() {
            released.release(&key);
        }
    });
    let failed = move || failed(sent, refusal, &again);
    view! {
        <form method="post" action=to class=class on:submit=move |event| form.submit(&event)>
            {children()}
            {failed}
        </form>
    }
    .into_any()
}

/// What a form needs when it is submitted.
#[derive(Clone, Copy)]
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only a browser sends"))]
struct Form {
    changes: StoredValue<Changes>,
    to: StoredValue<String>,
    says: StoredValue<String>,
    refusal: fn(&str) -> String,
    sent: Sent,
    only: &'static [&'static str],
    answered: Option<Answered>,
}

#[cfg(not(feature = "hydrate"))]
impl Form {
    #[expect(clippy::unused_self, reason = "only a browser sends")]
    fn submit(self, _: &leptos::ev::SubmitEvent) {}
}

/// Why nothing was changed, at its place, and the way on.
fn failed(sent: Sent, refusal: fn(&str) -> String, changes: &Changes) -> Option<AnyView> {
    let (why, lost) = match sent.state.get()? {
        ChangeState::Refused(why) => (refusal(&why), false),
        ChangeState::Lost(why) => (lost_words(&why), true),
        ChangeState::Pending | ChangeState::Confirmed => return None,
    };
    let again = lost.then(|| try_again(sent.key.get_untracked().unwrap_or_default(), changes.clone()));
    Some(
        view! {
            <p class="change-failed" data-tone="danger" role="alert">
                <Icon name=IconName::OctagonAlert size=12/>
                <span>{why}</span>
                {again}
            </p>
        }
        .into_any(),
    )
}

/// What is said of a change whose answer did not come.
pub(crate) fn lost_words(why: &str) -> String {
    format!("No answer: {why}. Whether it was saved can't be told; to try again does nothing twice.")
}

/// A button that sends a change once more.
pub(crate) fn try_again(key: String, changes: Changes) -> AnyView {
    view! {
        <button class="btn" data-size="sm" type="button" on:click=move |_| changes.again(&key)>
            "Try again"
        </button>
    }
    .into_any()
}
