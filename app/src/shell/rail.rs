//! The rail: where one can go, and where the data comes from.

use leptos::prelude::*;

use super::{
    frame::FrameData,
    nav::{self, Entry},
};
use crate::{
    api::frame::StoreView,
    format,
    ui::{Icon, IconName},
};

#[component]
pub fn Rail(data: FrameData) -> impl IntoView {
    let item = |entry: Entry| {
        view! {
            <a class="nav-item" href=entry.href aria-current=nav::current(entry.href) title=entry.label>
                <Icon name=entry.icon size=16/>
                <span>{entry.label}</span>
            </a>
        }
    };
    view! {
        <nav class="rail" aria-label="Main">
            <div class="brand">
                <Icon name=IconName::Brand size=20/>
                <b>"Hermes"</b>
            </div>
            {nav::ENTRIES.map(item).collect_view()}
            <Transition>
                {move || Suspend::new(async move {
                    data.await.ok().map(|frame| view! { <Foot store=frame.store/> })
                })}
            </Transition>
        </nav>
    }
}

/// Which store, how much is in it, and which version of the program shows it.
#[component]
fn Foot(store: StoreView) -> impl IntoView {
    let tasks = format!("{}, {}", store.kind, format::count(store.tasks, "task", "tasks"));
    view! {
        <div class="rail-foot">
            <div class="row" title=store.location>
                <Icon name=IconName::Database size=12/>
                <span>{tasks}</span>
            </div>
            <div class="row">
                <Icon name=IconName::HardDrive size=12/>
                <span>"Your data · v" {env!("CARGO_PKG_VERSION")}</span>
            </div>
        </div>
    }
}
