//! How many tasks each value of a filter would show.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::TaskFilter;
use crate::{
    id::{AgentId, ProductId},
    task::{Priority, TaskRecord, TaskSource, TaskStatus, TaskType},
};

string_enum! {
    /// The properties of a task that have facets. The wire text is the filter's key in a URL.
    pub enum FacetKey as "facet" {
        Status = "status", "Status";
        Product = "product", "Product";
        Priority = "priority", "Priority";
        Type = "type", "Type";
        Source = "source", "Source";
        Agent = "agent", "Agent";
    }
}

/// How many tasks have a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Count<T> {
    /// The value; `null` where no line told one.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub value: Option<T>,
    /// How many tasks have it.
    pub count: u64,
}

/// For each filter, how many tasks each of its values would show beside all other filters: a filter's own choice does
/// not count in its own facet. Values are in order, "unknown" last; a value that no task has is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Facets {
    /// How many tasks all filters together show.
    pub total: u64,
    /// By where they stand.
    pub status: Vec<Count<TaskStatus>>,
    /// By product, by id.
    pub product: Vec<Count<ProductId>>,
    /// By how much they matter.
    pub priority: Vec<Count<Priority>>,
    /// By kind of work.
    #[serde(rename = "type")]
    pub task_type: Vec<Count<TaskType>>,
    /// By what triggered them.
    pub source: Vec<Count<TaskSource>>,
    /// By who works on them, by id.
    pub agent: Vec<Count<AgentId>>,
}

/// Facets while tasks are counted.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    total: u64,
    status: Counts<TaskStatus>,
    product: Counts<ProductId>,
    priority: Counts<Priority>,
    task_type: Counts<TaskType>,
    source: Counts<TaskSource>,
    agent: Counts<AgentId>,
}

type Counts<T> = BTreeMap<Option<T>, u64>;

impl Tally {
    /// Counts a task where the filter lets it through, or only one of its values keeps it out. `found` tells whether
    /// the words of the search are found in it; it is asked only where that matters.
    pub fn add(&mut self, filter: &TaskFilter, task: &TaskRecord, found: impl FnOnce() -> bool) {
        let mut misses = filter.misses(task);
        let (first, second) = (misses.next(), misses.next());
        if second.is_some() || !filter.is_within(task) || !found() {
            return;
        }
        self.total += u64::from(first.is_none());
        for key in FacetKey::ALL.iter().filter(|key| first.is_none_or(|miss| miss == **key)) {
            match key {
                FacetKey::Status => note(&mut self.status, Some(task.status_or_queued()), 1),
                FacetKey::Product => note(&mut self.product, Some(task.product()), 1),
                FacetKey::Priority => note(&mut self.priority, task.priority, 1),
                FacetKey::Type => note(&mut self.task_type, task.task_type, 1),
                FacetKey::Source => note(&mut self.source, task.source, 1),
                FacetKey::Agent => note(&mut self.agent, task.assigned_agent.clone(), 1),
            }
        }
    }

    /// What was counted.
    pub fn facets(self) -> Facets {
        Facets {
            total: self.total,
            status: listed(self.status),
            product: listed(self.product),
            priority: listed(self.priority),
            task_type: listed(self.task_type),
            source: listed(self.source),
            agent: listed(self.agent),
        }
    }
}

fn note<T: Ord>(counts: &mut Counts<T>, value: Option<T>, n: u64) {
    *counts.entry(value).or_default() += n;
}

/// The values in order, the unknown one last.
fn listed<T: Ord>(mut counts: Counts<T>) -> Vec<Count<T>> {
    let unknown = counts.remove(&None);
    let mut list: Vec<_> = counts.into_iter().map(|(value, count)| Count { value, count }).collect();
    list.extend(unknown.map(|count| Count { value: None, count }));
    list
}
