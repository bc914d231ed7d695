//! The foot of a page on small screens, where the rail has no room: the store, and where the data comes from.

use leptos::prelude::*;

use super::{frame::FrameData, nav, store_info::StoreInfo};
use crate::ui::Icon;

#[component]
pub fn PageFoot(data: FrameData) -> impl IntoView {
    view! {
        <footer class="page-foot">
            <StoreInfo data/>
            <a href=nav::SOURCES.href aria-current=nav::current(nav::SOURCES.href)>
                <Icon name=nav::SOURCES.icon/>
                {nav::SOURCES.label}
            </a>
        </footer>
    }
}
