//! What the insights need of each product.

use chrono::{DateTime, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    facts::{Ended, StatusCounts},
    id::ProductId,
    task::TaskType,
};

/// The start of the UTC day that holds `at`.
///
/// ```
/// let at = "2026-11-22T10:29:59Z".parse().unwrap();
/// assert_eq!(domain::facts::day(at).to_rfc3339(), "2026-11-22T00:00:00+00:00");
/// ```
pub fn day(at: DateTime<Utc>) -> DateTime<Utc> {
    at.date_naive().and_time(NaiveTime::MIN).and_utc()
}

/// A product's tasks: where they stand now, and how they ended by day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProductTasks {
    /// The product.
    pub id: ProductId,
    /// Its tasks by where they stand now, all of them.
    pub counts: StatusCounts,
    /// Its tasks that ended, by UTC day, in order; days without any are left out.
    pub days: Vec<(DateTime<Utc>, DayEnds)>,
}

/// Tasks of one product that ended on one UTC day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayEnds {
    /// Ended well.
    pub completed: u64,
    /// Ended in failure.
    pub failed: u64,
}

impl From<Ended> for DayEnds {
    fn from(ended: Ended) -> Self {
        Self { completed: ended.completed, failed: ended.failed }
    }
}

/// When a task of that product and type was last completed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LastCompleted {
    /// The product.
    pub product_id: ProductId,
    /// The type; `None` for tasks of which nobody told it.
    pub task_type: Option<TaskType>,
    /// When the last of them ended.
    pub at: DateTime<Utc>,
}
