//! Settings: what the founder decides. Every field has a default, so that an older file still reads.

use serde::{Deserialize, Serialize};

/// All settings.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Settings {
    /// The founder's time zone, an IANA name; without one the machine's.
    pub time_zone: Option<String>,
    /// Thresholds of the insights.
    pub rules: Rules,
}

/// Thresholds of the insights. Defaults are those of the brief where it names one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Rules {
    /// "Recently", in days: products touched, failures that count as repeated.
    pub recent_days: u16,
    /// The span of success rate, failures and average duration, in days.
    pub rate_days: u16,
    /// The least silence after which a running task is stuck, in minutes; types that are usually silent for longer get
    /// three times their usual gap.
    pub quiet_minutes: u16,
    /// How many failed tasks of one product make "repeated failures".
    pub repeated_failures: u16,
    /// How far ahead "upcoming" looks, in hours.
    pub upcoming_hours: u16,
    /// How late a scheduled job may be before it counts as missed, in minutes.
    pub missed_job_minutes: u16,
    /// A product without activity for this long is neglected, in days.
    pub neglect_days: u16,
    /// How old the last evidence of a worker may be before its status is unknown, in hours.
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
