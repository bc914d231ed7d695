//! That the client has stopped: noted by `stopped.js`, shown by the style sheet, since no code of the client runs then.

use leptos::prelude::*;

use crate::ui::{IconName, Notice};

/// The notice, out of sight until a fault was noted. It stands beside the app: the client takes over nothing of it.
#[component]
pub fn Stopped() -> impl IntoView {
    view! {
        <div class="stopped">
            <Notice tone="danger" icon=IconName::OctagonAlert title="This page has stopped" alert=true>
                "Something in it broke: what you see stands still and may be out of date. Nothing that is stored is lost. "
                <a class="link" href="" rel="external">
                    "Load it again"
                </a>
            </Notice>
        </div>
    }
}
