//! What is never read of a home.

use domain::source::NEVER_READ;
use leptos::prelude::*;

use crate::{components::ReasonList, ui::Panel};

/// What is never read, whatever lies in the folder, and why.
#[component]
pub fn NeverReadPanel() -> impl IntoView {
    let items = NEVER_READ.map(|(place, reason)| (place.to_owned(), reason.to_owned())).to_vec();
    let total = items.len() as u64;
    view! {
        <Panel title="Never read">
            <p class="panel-line t2">
                "Only files of known names are opened, and nothing is ever written in the folder. Left alone, whatever is in them:"
            </p>
            <ReasonList items total short=true/>
        </Panel>
    }
}
