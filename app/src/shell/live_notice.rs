//! What is wrong with the connection, above every page: it does not tell what happens, or the server is newer than the page.

use leptos::prelude::*;

use super::frame::FrameData;
use crate::{
    format,
    state::{Live, live::Pulse},
    ui::{IconName, Notice},
};

/// Says since when the page stands still, and that a newer server runs. Nothing where all is well.
#[component]
pub fn LiveNotice(data: FrameData) -> impl IntoView {
    let live = use_context::<Live>().unwrap_or_default();
    let (newer, silence) = (live.clone(), live.clone());
    let stale = Memo::new(move |_| match live.pulse() {
        Pulse::Stale(since) => Some(since),
        _ => None,
    });
    let newer = Memo::new(move |_| newer.is_newer());
    let stale = move || {
        let since = stale.get()?;
        let zone = data.try_get_untracked().flatten()?.ok()?.zone;
        let title = format!("Not connected since {}", format::day_clock(since, &zone));
        let silence = silence.clone();
        Some(view! {
            <Notice tone="warn" icon=IconName::Unplug title>
                "What you see is as of then, "
                // It grows all the time: it is read, and not announced again and again.
                <span aria-live="off">{move || format::elapsed(silence.silent())}</span>
                " ago. It goes on by itself as soon as the server answers."
            </Notice>
        })
    };
    let newer = move || {
        newer.get().then(|| {
            view! {
                <Notice tone="info" icon=IconName::RotateCcw title="A newer Mission Control runs">
                    "This page is of the version before it. "
                    <a class="link" href="" rel="external">
                        "Load it again"
                    </a>
                </Notice>
            }
        })
    };
    view! { <div class="live-notice">{stale} {newer}</div> }.into_any()
}
