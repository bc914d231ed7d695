//! What pages are made of.

/// A set of topics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Topics(u16);

impl Topics {
    /// Products, as telemetry tells of them and as the founder does.
    pub const PRODUCTS: Self = Self(1);
    /// Tasks.
    pub const TASKS: Self = Self(1 << 1);
    /// Agents, tools, integrations and runners.
    pub const AGENTS: Self = Self(1 << 2);
    /// Scheduled jobs.
    pub const JOBS: Self = Self(1 << 3);
    /// Decisions about attention items.
    pub const DECISIONS: Self = Self(1 << 4);
    /// The settings.
    pub const SETTINGS: Self = Self(1 << 5);
    /// Saved views.
    pub const VIEWS: Self = Self(1 << 6);
    /// The task of the page, with its events and runs.
    pub const THIS_TASK: Self = Self(1 << 7);
    /// Everything.
    pub const ALL: Self = Self(u16::MAX);
    /// What figures are made of.
    pub const FIGURES: Self = Self::PRODUCTS
        .and(Self::TASKS)
        .and(Self::AGENTS)
        .and(Self::JOBS)
        .and(Self::DECISIONS)
        .and(Self::SETTINGS);

    /// Those of both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether they have one in common.
    #[must_use]
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The topic of a row, by the name of its kind in messages.
    #[cfg(any(feature = "hydrate", test))]
    pub(super) fn of_kind(kind: &str) -> Self {
        match kind {
            "product" => Self::PRODUCTS,
            "task" | "taskMerged" => Self::TASKS,
            "agent" => Self::AGENTS,
            "job" => Self::JOBS,
            "event" | "run" => Self::THIS_TASK,
            // A server that is newer tells of what this page does not know.
            _ => Self::default(),
        }
    }

    /// The topic of an area, by its name in messages.
    #[cfg(any(feature = "hydrate", test))]
    pub(super) fn of_area(area: &str) -> Self {
        match area {
            "decisions" => Self::DECISIONS,
            "settings" => Self::SETTINGS,
            "views" => Self::VIEWS,
            "products" => Self::PRODUCTS,
            _ => Self::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::live::{Area, Kind};

    use super::*;

    #[test]
    fn every_name_in_a_message_is_a_topic() {
        for kind in Kind::ALL {
            assert_ne!(Topics::of_kind(kind.as_str()), Topics::default(), "{kind}");
        }
        for area in Area::ALL {
            assert_ne!(Topics::of_area(area.as_str()), Topics::default(), "{area}");
        }
        assert_eq!(Topics::of_kind("something new"), Topics::default());
    }

    #[test]
    fn sets_meet_where_they_have_something_in_common() {
        assert!(Topics::FIGURES.meets(Topics::JOBS));
        assert!(!Topics::FIGURES.meets(Topics::VIEWS));
        assert!(Topics::ALL.meets(Topics::VIEWS));
    }
}
