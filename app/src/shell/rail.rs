//! The rail: where one can go, and where the data comes from.

use leptos::prelude::*;

use super::{
    frame::FrameData,
    nav::{self, Entry},
    store_info::StoreInfo,
};
use crate::ui::{Icon, IconName};

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
