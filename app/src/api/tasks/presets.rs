//! The views that everyone has.

use std::collections::BTreeSet;

use domain::{
    query::{Direction, Facets, Sort, SortKey, TaskFilter, TaskQuery},
    task::{Priority, TaskStatus},
};

use super::Preset;

/// What is blocked and cannot wait.
pub(crate) fn urgent() -> TaskFilter {
    TaskFilter { priority: BTreeSet::from([Priority::P0]), ..status(TaskStatus::Blocked) }
}

fn status(status: TaskStatus) -> TaskFilter {
    TaskFilter { status: BTreeSet::from([status]), ..TaskFilter::default() }
}

/// The views that everyone has, with how many tasks each shows: of all tasks the facets, and how many are [`urgent`].
pub(crate) fn presets(facets: &Facets, urgent_count: u64) -> Vec<Preset> {
    let count = |status| {
        facets.status.iter().find(|count| count.value == Some(status)).map_or(0, |count| count.count)
    };
    let preset = |name: &str, filter, key: Option<SortKey>, count| {
        let sort = key.map(|key| Sort { key, direction: Direction::Descending }).into_iter().collect();
        Preset {
            name: name.to_owned(),
            query: TaskQuery { filter, sort, ..TaskQuery::default() }.text(),
            count,
        }
    };
    vec![
        preset("All tasks", TaskFilter::default(), None, facets.total),
        preset(
            "Running now",
            status(TaskStatus::Running),
            Some(SortKey::Activity),
            count(TaskStatus::Running),
        ),
        preset("Blocked", status(TaskStatus::Blocked), Some(SortKey::Activity), count(TaskStatus::Blocked)),
        preset("P0 and blocked", urgent(), Some(SortKey::Activity), urgent_count),
        preset(
            "Failed, latest first",
            status(TaskStatus::Failed),
            Some(SortKey::Completed),
            count(TaskStatus::Failed),
        ),
    ]
}
