//! The rail: where one can go, and where the data comes from.

use leptos::prelude::*;

use super::{
    frame::FrameData,
    nav::{self, Entry},
    store_info::StoreInfo,
};
use crate::{
    api::frame::SavedView,
    components::Told,
    links,
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
            <SavedViews data/>
            <div class="rail-end">
                {item(nav::AUDIT)}
                {item(nav::SOURCES)}
                <div class="rail-foot">
                    <StoreInfo data/>
                </div>
            </div>
        </nav>
    }
}

/// The founder's own views of the ledger; nothing where there are none.
#[component]
fn SavedViews(data: FrameData) -> impl IntoView {
    view! {
        <Transition>
            {move || Suspend::new(async move {
                data.await.ok().filter(|frame| !frame.views.is_empty()).map(|frame| saved(frame.views))
            })}
        </Transition>
    }
    .into_any()
}

fn saved(views: Vec<SavedView>) -> AnyView {
    let link = |view: SavedView| {
        let title = crate::format::plain(&view.name).into_owned();
        view! {
            <a class="nav-item" href=links::ledger(&view.query) title=title>
                <Icon name=IconName::Bookmark size=16/>
                <span class="trunc">
                    <Told text=view.name/>
                </span>
            </a>
        }
        .into_any()
    };
    view! {
        <div class="rail-views" role="group" aria-label="Saved views">
            <span class="rail-section" aria-hidden="true">
                "Saved views"
            </span>
            {views.into_iter().map(link).collect::<Vec<_>>()}
        </div>
    }
    .into_any()
}
