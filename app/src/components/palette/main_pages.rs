//! The pages that `G` and a letter go to.

use crate::{links, ui::IconName};

/// A page with its letter.
#[derive(Debug, Clone, Copy)]
pub(super) struct MainPage {
    pub(super) icon: IconName,
    pub(super) name: &'static str,
    /// `G` and the letter, as they stand on the keys.
    pub(super) keys: [&'static str; 2],
    pub(super) href: &'static str,
}

const fn page(icon: IconName, name: &'static str, letter: &'static str, href: &'static str) -> MainPage {
    MainPage { icon, name, keys: ["G", letter], href }
}

/// All of them, in their order.
pub(super) static MAIN_PAGES: [MainPage; 6] = [
    page(IconName::Radar, "Mission Control", "M", links::HOME),
    page(IconName::ListChecks, "Tasks", "T", links::TASKS),
    page(IconName::Boxes, "Products", "P", links::PRODUCTS),
    page(IconName::Chart, "History", "H", links::HISTORY),
    page(IconName::Waypoints, "Agents", "A", links::AGENTS),
    page(IconName::Sliders, "Settings", "S", links::SETTINGS),
];
