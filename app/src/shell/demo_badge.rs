//! The badge of demo data: on every page, with the way out.

use leptos::prelude::*;

use crate::components::{Command, command::data_option};

/// Says that nothing on the page is real; opened, how to get to one's own data. Works without scripts.
#[component]
pub fn DemoBadge(
    /// Where the demo database is; the real one lies beside its folder.
    location: String,
) -> impl IntoView {
    let data = data_option(&location);
    view! {
        <details class="demo-badge">
            <summary class="tag" data-tone="warn">
                "Demo"
                <span class="demo-data">" data"</span>
            </summary>
            <div class="demo-out">
                <p>
                    <b>"Nothing here is real."</b>
                    " It lies in a database of its own; your data is not touched."
                </p>
                <p>"To see your own, end this server and start it without " <code>"--demo"</code> ":"</p>
                <Command text=format!("mission-control serve{data}")/>
            </div>
        </details>
    }
    .into_any()
}
