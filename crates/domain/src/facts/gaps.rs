//! How long tasks of a type are usually silent: the gaps between the events of those that were completed last.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::task::TaskType;

/// Of how many tasks of a type the gaps are looked at: those that were completed last.
pub const GAP_TASKS: usize = 30;

/// How many events of each of them: the last ones.
pub const GAP_EVENTS: usize = 100;

/// Below so many gaps nothing is "usual".
const LEAST_GAPS: usize = 10;

/// How long tasks of a type are usually silent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Gap {
    /// The type; `None` for tasks of which nobody told it.
    pub task_type: Option<TaskType>,
    /// The 90th percentile of the gaps (nearest rank), in milliseconds. Unknown with fewer than ten gaps.
    pub p90_ms: Option<u64>,
    /// How many gaps were looked at.
    pub sample: u64,
}

impl Gap {
    /// The usual gap among these, in milliseconds. By nearest rank: the smallest gap that at least nine of ten do not
    /// exceed.
    ///
    /// ```
    /// use domain::facts::Gap;
    /// assert_eq!(Gap::of(None, (1..=20).collect()).p90_ms, Some(18));
    /// assert_eq!(Gap::of(None, (1..=9).collect()).p90_ms, None);
    /// ```
    pub fn of(task_type: Option<TaskType>, mut gaps: Vec<u64>) -> Self {
        gaps.sort_unstable();
        let rank = (gaps.len() * 9).div_ceil(10);
        let p90_ms = rank.checked_sub(1).and_then(|index| gaps.get(index)).copied();
        Self { task_type, p90_ms: p90_ms.filter(|_| gaps.len() >= LEAST_GAPS), sample: gaps.len() as u64 }
    }

    /// After which silence a running task of the type is stuck: three times the usual gap, and never less than
    /// `least`.
    pub fn limit(&self, least: TimeDelta) -> TimeDelta {
        let usual = self.p90_ms.and_then(|ms| i64::try_from(ms.saturating_mul(3)).ok());
        usual.and_then(TimeDelta::try_milliseconds).map_or(least, |usual| usual.max(least))
    }
}
