//! The views that everyone has.

use std::collections::BTreeSet;

use domain::{
    query::{Direction, Sort, SortKey, TaskFilter, TaskQuery},
    task::{Priority, TaskStatus},
};
use service::{Hermes, ServiceError};

use super::Preset;

/// The views that everyone has, with how many tasks each shows now.
pub(super) async fn presets(hermes: &Hermes) -> Result<Vec<Preset>, ServiceError> {
    let facets = hermes.facets(&TaskFilter::default()).await?;
    let count = |status| {
        facets.status.iter().find(|count| count.value == Some(status)).map_or(0, |count| count.count)
    };
    let status = |status| TaskFilter { status: BTreeSet::from([status]), ..TaskFilter::default() };
    let urgent = TaskFilter { priority: BTreeSet::from([Priority::P0]), ..status(TaskStatus::Blocked) };
    let urgent_count = hermes.facets(&urgent).await?.total;
    let preset = |name: &str, filter, key: Option<SortKey>, count| {
        let sort = key.map(|key| Sort { key, direction: Direction::Descending }).into_iter().collect();
        Preset {
            name: name.to_owned(),
            query: TaskQuery { filter, sort, ..TaskQuery::default() }.text(),
            count,
        }
    };
    Ok(vec![
        preset("All tasks", TaskFilter::default(), None, facets.total),
        preset(
            "Running now",
            status(TaskStatus::Running),
            Some(SortKey::Activity),
            count(TaskStatus::Running),
        ),
        preset("Blocked", status(TaskStatus::Blocked), Some(SortKey::Activity), count(TaskStatus::Blocked)),
        preset("P0 and blocked", urgent, Some(SortKey::Activity), urgent_count),
        preset(
            "Failed, latest first",
            status(TaskStatus::Failed),
            Some(SortKey::Completed),
            count(TaskStatus::Failed),
        ),
    ])
}
