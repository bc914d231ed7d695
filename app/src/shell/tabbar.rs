//! The tab bar: the rail of small screens.

use leptos::prelude::*;

use super::nav::{self, Entry};
use crate::ui::Icon;

#[component]
pub fn TabBar() -> impl IntoView {
    let item = |entry: Entry| {
        view! {
            <a href=entry.href aria-current=nav::current(entry.href)>
                <Icon name=entry.icon size=20/>
                {entry.short}
            </a>
        }
    };
    view! {
        <nav class="tabbar" aria-label="Main, small screens">
            {nav::ENTRIES.map(item).collect_view()}
        </nav>
    }
}
