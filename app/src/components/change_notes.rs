//! Changes whose form is out of sight: what is under way, and what failed after the page was left or loaded again.

mod note;

use leptos::prelude::*;

use crate::state::{Change, ChangeState, Changes};

/// Says of every change that it is under way, for screen readers, and tells what no form tells.
#[component]
pub fn ChangeNotes() -> impl IntoView {
    let changes = Changes::here();
    let (said, untold) = (changes.clone(), changes);
    let said = move || {
        let is_pending = |change: &&Change| change.state == ChangeState::Pending;
        said.with(|all| all.iter().find(is_pending).map(|change| format!("Saving: {}", change.says)))
    };
    let notes = move || {
        let is_told = |change: &Change| change.told || change.state == ChangeState::Confirmed;
        let all =
            untold.with(|all| all.iter().filter(|change| !is_told(change)).cloned().collect::<Vec<_>>());
        // Not a part that is loaded later: what could not be sent is told where nothing can be loaded.
        let notes = all.into_iter().map(|change| note::note(change, untold.clone()));
        notes.collect::<Vec<_>>()
    };
    view! {
        <p class="sr" role="status">
            {said}
        </p>
        <div class="live-notice">{notes}</div>
    }
    .into_any()
}
