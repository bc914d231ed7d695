//! The foot of a page on small screens, where the rail has no room: the store, and where the data comes from.

use leptos::prelude::*;

use super::{frame::FrameData, nav, store_info::StoreInfo};
use crate::ui::Icon;

#[component]
pub fn PageFoot(data: FrameData) -> impl IntoView {
    let link = |entry: nav::Entry| {
        view! {
            <a href=entry.href aria-current=nav::current(entry.href)>
                <Icon name=entry.icon/>
                {entry.label}
            </a>
        }
    };
    view! {
        <footer class="page-foot">
            <StoreInfo data/>
            {link(nav::AUDIT)}
            {link(nav::SOURCES)}
        </footer>
    }
}
