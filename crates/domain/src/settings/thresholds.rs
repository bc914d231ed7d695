//! Thresholds of the insights, and how long telemetry is kept.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Thresholds of the insights. Defaults are those of the brief where it names one; ranges are in [`super::check`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Rules {
    /// "Recently", in days: products touched, failures that count as repeated. 1 to 90.
    pub recent_days: u16,
    /// The span of success rate, failures and average duration, in days. 1 to 365.
    pub rate_days: u16,
    /// The least silence after which a running task is stuck, in minutes; types that are usually silent for longer get
    /// three times their usual gap. 5 to 1440.
    pub quiet_minutes: u16,
    /// How many failed tasks of one product make "repeated failures". 2 to 50.
    pub repeated_failures: u16,
    /// How far ahead "upcoming" looks, in hours. 1 to 168.
    pub upcoming_hours: u16,
    /// How late a scheduled job may be before it counts as missed, in minutes. 1 to 1440.
    pub missed_job_minutes: u16,
    /// A product without activity for this long is neglected, in days. 1 to 365.
    pub neglect_days: u16,
    /// How old the last evidence of a worker may be before its status is unknown, in hours. 1 to 720.
    pub agent_fresh_hours: u16,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            recent_days: 7,
            rate_days: 30,
            quiet_minutes: 30,
            repeated_failures: 3,
            upcoming_hours: 24,
            missed_job_minutes: 15,
            neglect_days: 14,
            agent_fresh_hours: 24,
        }
    }
}

/// How long telemetry is kept. 0 is for ever, which is what holds until the founder says otherwise.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Retention {
    /// Events of a task, and the logs of its runs, are deleted so many days after it ended. 0, or 7 to 3650.
    pub event_days: u16,
    /// A task, with its events and runs, is deleted so many days after it ended. 0, or 30 to 3650.
    pub task_days: u16,
}

/// What a run of the retention deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RetentionRun {
    /// When it began.
    pub at: DateTime<Utc>,
    /// Tasks that it deleted.
    pub tasks: u64,
    /// Events that it deleted.
    pub events: u64,
    /// Runs that it deleted, or whose logs it deleted.
    pub runs: u64,
    /// How much smaller the database is, in bytes.
    pub bytes: u64,
}
