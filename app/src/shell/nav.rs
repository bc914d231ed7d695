//! The pages that the rail and the tab bar lead to.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::{links, ui::IconName};

/// One entry.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    /// Where it leads.
    pub(super) href: &'static str,
    /// Its name in the rail.
    pub(super) label: &'static str,
    /// Its name in the tab bar, where there is little room.
    pub(super) short: &'static str,
    /// What stands for it.
    pub(super) icon: IconName,
}

const fn entry(href: &'static str, label: &'static str, icon: IconName) -> Entry {
    Entry { href, label, short: label, icon }
}

/// All entries, in their order.
pub(super) const ENTRIES: [Entry; 6] = [
    Entry { href: links::HOME, label: "Mission Control", short: "Control", icon: IconName::Radar },
    entry(links::TASKS, "Tasks", IconName::ListChecks),
    entry(links::PRODUCTS, "Products", IconName::Boxes),
    entry(links::HISTORY, "History", IconName::Chart),
    entry(links::AGENTS, "Agents", IconName::Waypoints),
    entry(links::SETTINGS, "Settings", IconName::Sliders),
];

/// Where the data comes from: beside the store at the end of the rail, not among the pages of work.
pub(super) const SOURCES: Entry = entry(links::SOURCES, "Sources", IconName::FolderSearch);

/// What the founder decided: beside the sources.
pub(super) const AUDIT: Entry = entry(links::AUDIT, "Audit log", IconName::ScrollText);

/// `page` on the entry that leads to this page, `true` on the one whose pages this is one of.
pub(super) fn current(href: &'static str) -> impl Fn() -> Option<&'static str> + Clone {
    let path = use_location().pathname;
    move || path.with(|path| mark(href, path))
}

fn mark(href: &str, path: &str) -> Option<&'static str> {
    match path.strip_prefix(href)? {
        "" | "/" => Some("page"),
        rest if rest.starts_with('/') && href != links::HOME => Some("true"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_current_on_its_page_and_on_the_pages_below_it() {
        assert_eq!(mark(links::TASKS, "/hermes/tasks"), Some("page"));
        assert_eq!(mark(links::TASKS, "/hermes/tasks/t_1"), Some("true"));
        assert_eq!(mark(links::TASKS, "/hermes/tasksx"), None);
        assert_eq!(mark(links::HOME, "/hermes/tasks"), None);
        assert_eq!(mark(links::HOME, "/hermes/"), Some("page"));
    }
}
