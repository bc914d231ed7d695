//! In which order.

use std::{cmp::Ordering, fmt};

use crate::task::TaskRecord;

string_enum! {
    /// What tasks are sorted by. The wire text is the JSON name of the field.
    pub enum SortKey as "sort key" {
        Title = "title", "Task";
        Product = "productId", "Product";
        Status = "status", "Status";
        Priority = "priority", "Priority";
        Type = "type", "Type";
        Source = "source", "Source";
        Agent = "assignedAgent", "Agent";
        Created = "createdAt", "Created";
        Started = "startedAt", "Started";
        Completed = "completedAt", "Completed";
        Duration = "durationMs", "Duration";
        Retries = "retryCount", "Retries";
        Progress = "progressPercent", "Progress";
        Activity = "lastActivityAt", "Last activity";
    }
}

/// Which end comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// The smallest first.
    Ascending,
    /// The largest first.
    Descending,
}

/// A key and its direction; in a URL `durationMs` and `-durationMs`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    /// What is compared.
    pub key: SortKey,
    /// Which end comes first.
    pub direction: Direction,
}

impl fmt::Display for Sort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.direction == Direction::Descending { "-" } else { "" };
        write!(f, "{sign}{}", self.key)
    }
}

impl Sort {
    /// "The newest first", the order where none is asked for.
    pub const NEWEST: Self = Self { key: SortKey::Created, direction: Direction::Descending };
}

/// Orders two tasks. What is unknown comes last in either direction; ties end with the id, ascending.
pub fn compare(a: &TaskRecord, b: &TaskRecord, sort: &[Sort]) -> Ordering {
    let sort = if sort.is_empty() { &[Sort::NEWEST] } else { sort };
    sort.iter()
        .map(|sort| by_key(a, b, *sort))
        .find(|ordering| ordering.is_ne())
        .unwrap_or_else(|| a.id.cmp(&b.id))
}

fn by_key(a: &TaskRecord, b: &TaskRecord, sort: Sort) -> Ordering {
    let by = sort.direction;
    match sort.key {
        SortKey::Title => known(Some(title(a)), Some(title(b)), by),
        SortKey::Product => known(Some(a.product()), Some(b.product()), by),
        SortKey::Status => known(Some(a.status_or_queued()), Some(b.status_or_queued()), by),
        SortKey::Priority => known(a.priority, b.priority, by),
        SortKey::Type => known(a.task_type, b.task_type, by),
        SortKey::Source => known(a.source, b.source, by),
        SortKey::Agent => known(a.assigned_agent.as_ref(), b.assigned_agent.as_ref(), by),
        SortKey::Created => {
            known(a.created_at.or(Some(a.first_seen_at)), b.created_at.or(Some(b.first_seen_at)), by)
        }
        SortKey::Started => known(a.started_at, b.started_at, by),
        SortKey::Completed => known(a.completed_at, b.completed_at, by),
        SortKey::Duration => known(a.duration(), b.duration(), by),
        SortKey::Retries => known(a.retry_count, b.retry_count, by),
        SortKey::Progress => known(a.progress_percent, b.progress_percent, by),
        SortKey::Activity => known(Some(a.last_seen_at), Some(b.last_seen_at), by),
    }
}

/// The title as it is sorted: without regard to case.
pub fn title(task: &TaskRecord) -> String {
    task.title.as_deref().unwrap_or(task.id.as_str()).to_lowercase()
}

fn known<T: PartialOrd>(a: Option<T>, b: Option<T>, direction: Direction) -> Ordering {
    match (a, b) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (Some(a), Some(b)) => {
            let ordering = a.partial_cmp(&b).unwrap_or(Ordering::Equal);
            if direction == Direction::Descending { ordering.reverse() } else { ordering }
        }
    }
}
