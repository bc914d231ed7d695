//! What the palette offers.

use std::ops::Range;

use domain::settings::Section;

use super::{fuzzy, main_pages::MAIN_PAGES};
use crate::{
    api::palette::{Place, PlaceKind, TaskHit},
    components::task_status_badge,
    links,
    ui::IconName,
};

/// What choosing an entry does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Act {
    /// Goes to a page of the app.
    Go(String),
    /// Loads an address that is none of its pages.
    Load(&'static str),
    /// Switches between dark and light.
    Theme,
    /// Shows the list of keys.
    Keys,
}

/// Under which heading an entry stands, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    Actions,
    Tasks,
    GoTo,
}

impl Group {
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Actions => "Actions",
            Self::Tasks => "Tasks",
            Self::GoTo => "Go to",
        }
    }
}

/// An entry of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) group: Group,
    pub(super) icon: IconName,
    pub(super) name: String,
    /// The letters of the name that were typed.
    pub(super) marks: Vec<Range<usize>>,
    pub(super) note: String,
    /// Keys that do the same, each by itself.
    pub(super) keys: &'static [&'static str],
    pub(super) act: Act,
}

/// How many entries a group shows at most.
const MOST: usize = 8;

/// What fits what was typed, group by group, the best first.
pub(super) fn entries(typed: &str, tasks: &[TaskHit], places: &[Place]) -> Vec<Entry> {
    let typed = typed.trim();
    let mut all = best(typed, actions(), !typed.is_empty());
    if !typed.is_empty() {
        all.extend(searches(typed));
    }
    all.extend(tasks.iter().map(task));
    let mut go = pages();
    if !typed.is_empty() {
        go.extend(places.iter().map(place));
        go.extend(Section::ALL.iter().copied().map(section));
    }
    all.extend(best(typed, go, !typed.is_empty()));
    all
}

fn best(typed: &str, entries: Vec<Entry>, ranked: bool) -> Vec<Entry> {
    let fits = entries.into_iter().filter_map(|mut entry| {
        let fit = fuzzy::fit(typed, &entry.name, &entry.note)?;
        entry.marks = fit.marks;
        Some((fit.score, entry))
    });
    let mut fits: Vec<_> = fits.collect();
    if ranked {
        // Stable: what fits alike stays in its order.
        fits.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    }
    fits.into_iter().take(MOST).map(|(_, entry)| entry).collect()
}

fn entry(
    group: Group,
    icon: IconName,
    name: &str,
    note: &str,
    keys: &'static [&'static str],
    act: Act,
) -> Entry {
    Entry { group, icon, name: name.to_owned(), marks: Vec::new(), note: note.to_owned(), keys, act }
}

fn actions() -> Vec<Entry> {
    let action = |icon, name, note, keys, act| entry(Group::Actions, icon, name, note, keys, act);
    vec![
        action(IconName::SunMoon, "Switch between dark and light", "", &[], Act::Theme),
        action(IconName::CircleQuestion, "Show the keys", "", &["?"], Act::Keys),
        action(
            IconName::Download,
            "Export all tasks",
            "JSON",
            &[],
            Act::Load("/api/v1/tasks/export?format=json"),
        ),
        action(
            IconName::Download,
            "Export all telemetry",
            "JSONL",
            &[],
            Act::Load("/api/v1/tasks/export?format=jsonl"),
        ),
        action(IconName::Braces, "Export the settings", "JSON", &[], Act::Load(links::SETTINGS_JSON)),
        action(IconName::ScrollText, "Read the API's documentation", "", &[], Act::Load("/api/v1/docs")),
    ]
}

/// The ledger's own search, for all that has those words.
fn searches(typed: &str) -> [Entry; 2] {
    let ledger = format!("{}?q={}", links::TASKS, links::segment(typed));
    let name = format!("Find tasks with “{typed}”");
    let deep = format!("Find “{typed}” in descriptions, events and logs, too");
    [
        entry(Group::Actions, IconName::Search, &name, "", &[], Act::Go(ledger.clone())),
        entry(
            Group::Actions,
            IconName::SearchCheck,
            &deep,
            "",
            &[],
            Act::Go(format!("{ledger}&in=everything")),
        ),
    ]
}

fn task(hit: &TaskHit) -> Entry {
    let note = format!("{} · {}", hit.product, hit.status.label());
    entry(
        Group::Tasks,
        task_status_badge::glyph(hit.status),
        &hit.title,
        &note,
        &[],
        Act::Go(links::task(&hit.id)),
    )
}

fn place(place: &Place) -> Entry {
    let icon = match place.kind {
        PlaceKind::Product => IconName::Boxes,
        PlaceKind::Agent => IconName::Waypoints,
        PlaceKind::View => IconName::Bookmark,
    };
    let note = if place.kind == PlaceKind::View { "Saved view" } else { &place.note };
    entry(Group::GoTo, icon, &place.name, note, &[], Act::Go(place.href.clone()))
}

fn section(section: Section) -> Entry {
    let name = format!("Settings: {}", section.label());
    entry(Group::GoTo, IconName::Sliders, &name, "", &[], Act::Go(links::settings(section)))
}

fn pages() -> Vec<Entry> {
    let page =
        |icon, name, keys, href: &str| entry(Group::GoTo, icon, name, "", keys, Act::Go(href.to_owned()));
    let main = MAIN_PAGES.iter().map(|main| page(main.icon, main.name, &main.keys, main.href));
    main.chain([
        page(IconName::FileText, "Weekly digest", &[], links::DIGEST),
        page(IconName::ScrollText, "Audit log", &[], links::AUDIT),
        page(IconName::FolderSearch, "Sources", &[], links::SOURCES),
    ])
    .collect()
}
