//! Live updates: what pages and the stream say of how far the server's logs have come, and the stream's messages.
//!
//! Most of what pages show are rows of the ledger, whose log of changes is what the stream tells. What the founder does
//! himself (decisions, settings, views, his word about products) is in no row. Each of these has a log of its own that is
//! only added to, so how many entries it has says whether a page that was away missed any: these are the [`Marks`]. They
//! outlive a restart, and they tell what another process did, both of which a counter in memory would not.
//!
//! Not told: a decision that ends because its subject changed. That adds no entry, but it is a change of the ledger.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    change::Row,
    id::{Seq, TaskId},
};

string_enum! {
    /// What the founder does that is no row of the ledger.
    pub enum Area as "area" {
        Decisions = "decisions", "Decisions";
        Settings = "settings", "Settings";
        Views = "views", "Saved views";
        Products = "products", "What the founder says of products";
    }
}

/// How many entries the founder's own logs have.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marks {
    /// The audit log of decisions.
    pub decisions: u64,
    /// The versions of the settings.
    pub settings: u64,
    /// The history of the saved views.
    pub views: u64,
    /// The log of products.
    pub products: u64,
}

impl Marks {
    /// Those that are not the same.
    pub fn differing(&self, other: &Self) -> Vec<Area> {
        Area::ALL.iter().copied().filter(|area| self.of(*area) != other.of(*area)).collect()
    }

    /// For each log the greater one: logs only grow, so that is what is known of them.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        Self {
            decisions: self.decisions.max(other.decisions),
            settings: self.settings.max(other.settings),
            views: self.views.max(other.views),
            products: self.products.max(other.products),
        }
    }

    fn of(&self, area: Area) -> u64 {
        match area {
            Area::Decisions => self.decisions,
            Area::Settings => self.settings,
            Area::Views => self.views,
            Area::Products => self.products,
        }
    }
}

/// How far all logs have come, of one moment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heads {
    /// The last place in the log of changes.
    pub seq: Seq,
    /// The founder's own logs.
    pub marks: Marks,
}

impl Heads {
    /// What is known of the logs when both are known.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        Self { seq: self.seq.max(other.seq), marks: self.marks.max(other.marks) }
    }
}

string_enum! {
    /// Kinds of rows that a stream can be asked for.
    pub enum Kind as "kind of row" {
        /// Products.
        Product = "product", "Products";
        /// Tasks, and tasks that turned out to be others.
        Task = "task", "Tasks";
        /// Events.
        Event = "event", "Events";
        /// Runs, with their logs.
        Run = "run", "Runs";
        /// Agents, tools, integrations and runners.
        Agent = "agent", "Agents";
        /// Scheduled jobs.
        Job = "job", "Jobs";
    }
}

impl Kind {
    /// The kinds that lists and figures are made of, and that are told where nothing else is asked for. There are ten
    /// events to a task, and a run carries its log: those are for the page of their task.
    pub const USUAL: [Self; 4] = [Self::Product, Self::Task, Self::Agent, Self::Job];

    /// The kind of a row.
    pub fn of(row: &Row) -> Self {
        match row {
            Row::Product(_) => Self::Product,
            Row::Task(_) | Row::TaskMerged(_) => Self::Task,
            Row::Event(_) => Self::Event,
            Row::Run(_) => Self::Run,
            Row::Agent(_) => Self::Agent,
            Row::Job(_) => Self::Job,
        }
    }
}

/// The task that a row is, or belongs to; of two that are one, the one that is no more.
pub fn task_of(row: &Row) -> Option<&TaskId> {
    match row {
        Row::Task(task) => Some(&task.id),
        Row::Event(record) => Some(&record.event.task_id),
        Row::Run(run) => run.task_id.as_ref(),
        Row::TaskMerged(merged) => Some(&merged.from),
        Row::Product(_) | Row::Agent(_) | Row::Job(_) => None,
    }
}

/// `event: hello`, the first message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// The place that the stream begins after.
    pub seq: Seq,
    /// The server's time.
    pub now: DateTime<Utc>,
    /// The version of the program.
    pub version: String,
    /// The build of the site; another one than the page's own means that the page is old.
    pub build: String,
    /// The founder's own logs. Where they are not the page's own, it missed something.
    pub marks: Marks,
}

/// `event: beat`: nothing was to be told for a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beat {
    /// The place that the stream has reached.
    pub seq: Seq,
    /// The server's time.
    pub now: DateTime<Utc>,
}

/// `event: upto` and `event: resync`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reached {
    /// The place that the stream goes on from.
    pub seq: Seq,
}

/// `event: touched`: the founder did something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Touching {
    /// Which logs have new entries.
    pub areas: Vec<Area>,
    /// All of them.
    pub marks: Marks,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_tell_which_logs_grew_and_never_shrink() {
        let old = Marks { decisions: 3, settings: 1, ..Marks::default() };
        let new = Marks { decisions: 4, settings: 0, views: 2, ..Marks::default() };
        assert_eq!(old.differing(&old), []);
        assert_eq!(old.differing(&old.max(new)), [Area::Decisions, Area::Views]);
        assert_eq!(old.max(new).settings, 1);
    }

    #[test]
    fn messages_are_as_they_are_described() {
        let areas = vec![Area::Decisions, Area::Products];
        let marks = Marks { decisions: 1, products: 2, ..Marks::default() };
        let json = serde_json::to_string(&Touching { areas, marks }).unwrap();
        let expected = r#"{"areas":["decisions","products"],"marks":{"decisions":1,"settings":0,"views":0,"products":2}}"#;
        assert_eq!(json, expected);
        assert_eq!(serde_json::to_string(&Reached { seq: Seq(7) }).unwrap(), r#"{"seq":7}"#);
    }
}
