//! What this browser keeps for when the server cannot be reached, and how to be rid of it.

use leptos::prelude::*;

use crate::ui::Panel;

/// Which of the sentences holds, and what the buttons do, is known to this browser alone: `public/offline/register.js` says so
/// at the document, and the style sheet shows what holds.
#[component]
pub fn KeptPages() -> impl IntoView {
    view! {
        <Panel title="Kept in this browser">
            <div class="s-text" role="status">
                <p class="t2">
                    "Where a browser can, it keeps the pages that you opened as they were when you last saw them: at most 24 of them and 12 MB, for at most 30 days, on its own device, and with them the files that they need. They are shown when the server cannot be reached, with their age."
                </p>
                <p class="t2 kept-none">
                    "This browser keeps none: scripts are off, or it was not reached by HTTPS or under the name of its own machine."
                </p>
                <p class="kept-on">"This browser keeps them."</p>
                <button class="btn kept-on" type="button" data-offline-turn="off">
                    "Keep none, and delete what is kept"
                </button>
                <p class="kept-off">"This browser keeps none, since you said so."</p>
                <button class="btn kept-off" type="button" data-offline-turn="on">
                    "Keep them"
                </button>
            </div>
        </Panel>
    }
}
