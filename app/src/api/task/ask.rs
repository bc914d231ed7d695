//! What of a task is asked for, and its text in the page's address.

use domain::{
    event::EventLevel,
    id::TaskId,
    logs::{MAX_Q, Place},
};
use serde::{Deserialize, Serialize};

use crate::links;

/// A tab of the page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each is what it is called")]
pub enum Tab {
    #[default]
    Timeline,
    Execution,
    Logs,
    Learning,
}

/// The tabs with their names in the address and on the page, in order.
pub const TABS: [(Tab, &str, &str); 4] = [
    (Tab::Timeline, "timeline", "Timeline"),
    (Tab::Execution, "execution", "Execution"),
    (Tab::Logs, "logs", "Logs"),
    (Tab::Learning, "learning", "Learning"),
];

/// Which events of the timeline.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Show {
    /// All of them.
    #[default]
    All,
    /// Those that ran a command.
    Commands,
    /// Warnings and errors.
    Problems,
}

impl Show {
    /// All of them, with their names in the address and on the page.
    pub const ALL: [(Self, &'static str, &'static str); 3] = [
        (Self::All, "all", "All"),
        (Self::Commands, "commands", "Commands"),
        (Self::Problems, "problems", "Problems"),
    ];
}

/// What of a task is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Ask {
    /// The tab.
    pub tab: Tab,
    /// The page of the timeline or the log, from 1; 0 where nobody says.
    pub page: u32,
    /// Which events of the timeline.
    pub show: Show,
    /// Whether the newest events come first.
    pub newest: bool,
    /// Only lines of that level.
    pub level: Option<EventLevel>,
    /// What is looked for in the log.
    pub q: String,
    /// Which match, from 1; 0 where nobody says.
    pub nth: u64,
    /// Which line of the log, from 1; 0 where nobody says.
    pub line: u64,
    /// Whether the end of the log is asked for.
    pub end: bool,
    /// The entry of the audit log that a form has just made.
    pub decided: Option<u64>,
}

impl Ask {
    /// Reads the parameters of an address. What makes no sense is as if it was not there.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let named = |key: &str| get(key).unwrap_or_default();
        let tab = named("tab");
        let show = named("show");
        let q: String = named("q").trim().chars().take(MAX_Q).collect();
        Self {
            tab: TABS.iter().find(|(_, name, _)| *name == tab).map_or(Tab::Timeline, |(tab, ..)| *tab),
            page: named("page").parse().unwrap_or(0),
            show: Show::ALL.iter().find(|(_, name, _)| *name == show).map_or(Show::All, |(show, ..)| *show),
            newest: named("order") == "newest",
            level: named("level").parse().ok(),
            q,
            nth: named("match").parse().unwrap_or(0),
            line: named("line").parse().unwrap_or(0),
            end: get("end").is_some(),
            decided: named("decided").parse().ok(),
        }
    }

    /// The same of another tab, from its beginning.
    pub fn tab(tab: Tab) -> Self {
        Self { tab, ..Self::default() }
    }

    /// The address of that task with what is asked for; what was decided is not part of it.
    pub fn link(&self, id: &TaskId) -> String {
        let mut pairs: Vec<(&str, String)> = Vec::new();
        let tab = TABS.iter().find(|(tab, ..)| *tab == self.tab).map(|(_, name, _)| *name);
        let show = Show::ALL.iter().find(|(show, ..)| *show == self.show).map(|(_, name, _)| *name);
        let mut put = |key, value: Option<String>| pairs.extend(value.map(|value| (key, value)));
        put("tab", tab.filter(|_| self.tab != Tab::Timeline).map(ToOwned::to_owned));
        put("show", show.filter(|_| self.show != Show::All).map(ToOwned::to_owned));
        put("order", self.newest.then(|| "newest".to_owned()));
        put("level", self.level.map(|level| level.to_string()));
        put("q", (!self.q.is_empty()).then(|| links::segment(&self.q)));
        put("match", (self.nth > 0).then(|| self.nth.to_string()));
        put("line", (self.line > 0).then(|| self.line.to_string()));
        put("page", (self.page > 1).then(|| self.page.to_string()));
        put("end", self.end.then(|| "1".to_owned()));
        let text: Vec<String> = pairs.into_iter().map(|(key, value)| format!("{key}={value}")).collect();
        let task = links::task(id);
        if text.is_empty() { task } else { format!("{task}?{}", text.join("&")) }
    }

    /// Where in the log is asked for.
    pub fn place(&self) -> Place {
        match self {
            Self { line: 1.., .. } => Place::Line(self.line),
            Self { page: 1.., .. } => Place::Page(self.page),
            Self { q, .. } if !q.is_empty() => Place::Match(self.nth.max(1)),
            Self { end: true, .. } => Place::End,
            _ => Place::Start,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_is_asked_for_and_is_read_again() {
        let id = TaskId::new("a/b").unwrap();
        let asks = [
            Ask::default(),
            Ask::tab(Tab::Learning),
            Ask { show: Show::Problems, newest: true, page: 3, ..Ask::default() },
            Ask { level: Some(EventLevel::Error), q: "a&b =%?#é".to_owned(), nth: 2, ..Ask::tab(Tab::Logs) },
            Ask { line: 120, ..Ask::tab(Tab::Logs) },
            Ask { end: true, ..Ask::tab(Tab::Logs) },
        ];
        for ask in asks {
            let link = ask.link(&id);
            let query = link.strip_prefix("/hermes/tasks/a%2Fb").unwrap().trim_start_matches('?');
            let map: leptos_router::params::ParamsMap = query
                .split('&')
                .filter_map(|pair| pair.split_once('='))
                .map(|(key, value)| (key.to_owned(), value.to_owned()))
                .collect();
            assert_eq!(Ask::read(|key| map.get(key)), ask, "{link}");
        }
    }

    #[test]
    fn what_makes_no_sense_is_as_if_it_was_not_there() {
        let ask = Ask::read(|key| (key != "end").then(|| "<b>nonsense</b>".to_owned()));
        assert_eq!(ask, Ask { q: "<b>nonsense</b>".to_owned(), ..Ask::default() });
    }
}
