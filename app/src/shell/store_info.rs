//! The store, as the rail and the foot of small screens show it.

use leptos::prelude::*;

use super::frame::FrameData;
use crate::{
    api::frame::StoreView,
    format,
    ui::{Icon, IconName},
};

#[component]
pub fn StoreInfo(data: FrameData) -> impl IntoView {
    view! {
        <Transition>
            {move || Suspend::new(async move {
                data.await.ok().map(|frame| view! { <Lines store=frame.store/> })
            })}
        </Transition>
    }
    .into_any()
}

/// Which store, how much is in it, and which version of the program shows it.
#[component]
fn Lines(store: StoreView) -> impl IntoView {
    let tasks = format!("{}, {}", store.kind, format::count(store.tasks, "task", "tasks"));
    view! {
        <div class="row" title=store.location>
            <Icon name=IconName::Database size=12/>
            <span>{tasks}</span>
        </div>
        <div class="row">
            <Icon name=IconName::HardDrive size=12/>
            <span>{if store.demo { "Demo data" } else { "Your data" }} " · v" {env!("CARGO_PKG_VERSION")}</span>
        </div>
    }
}
