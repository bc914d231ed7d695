//! Agents, tools, integrations and runners. The brief's `HermesAgentStatus`.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::id::AgentId;

string_enum! {
    /// What kind of worker it is.
    pub enum AgentType as "agent type" {
        Agent = "agent", "Agent";
        Tool = "tool", "Tool";
        Integration = "integration", "Integration";
        Runner = "runner", "Runner";
    }
}

string_enum! {
    /// How it is doing.
    pub enum AgentHealth as "agent status" {
        Healthy = "healthy", "Healthy";
        Degraded = "degraded", "Degraded";
        Offline = "offline", "Offline";
        Unknown = "unknown", "Unknown";
    }
}

/// A share, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema), schema(minimum = 0, maximum = 1))]
#[serde(transparent)]
pub struct Rate(f64);

impl crate::patch::Visit for Rate {}

impl Rate {
    /// The share, or nothing where `value` is not a number from 0 to 1.
    pub fn new(value: f64) -> Option<Self> {
        (0.0..=1.0).contains(&value).then_some(Self(value))
    }

    /// `part` of `whole`; nothing of nothing is unknown.
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
    pub fn of(part: u64, whole: u64) -> Option<Self> {
        (whole > 0).then(|| Self((part as f64 / whole as f64).clamp(0.0, 1.0)))
    }

    /// The share, 0 to 1.
    pub fn get(self) -> f64 {
        self.0
    }
}

impl<'de> Deserialize<'de> for Rate {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = f64::deserialize(deserializer)?;
        Self::new(value).ok_or_else(|| serde::de::Error::custom(format!("{value} is not between 0 and 1")))
    }
}

record! {
    /// What all lines together say of a worker. Stores keep this; readers get [`AgentStatus`].
    pub struct AgentRecord, patch AgentPatch, id AgentId {
        /// What people call it.
        name: String = "name",
        /// What kind of worker it is.
        agent_type: AgentType = "type",
        /// How it says it is doing.
        status: AgentHealth = "status",
        /// When a call last worked.
        last_success_at: DateTime<Utc> = "lastSuccessAt",
        /// When a call last failed.
        last_failure_at: DateTime<Utc> = "lastFailureAt",
        /// Calls since midnight, as the source counts them.
        calls_today: u64 = "callsToday",
        /// Share of calls that failed, 0 to 1.
        failure_rate: Rate = "failureRate",
        /// Mean duration of a call, in milliseconds.
        average_latency_ms: f64 = "averageLatencyMs",
        /// What is wrong with its configuration.
        config_issue: String = "configIssue",
    }
}

/// A worker as readers see it: the brief's `HermesAgentStatus`, with what nobody told as `null`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each field is documented on AgentRecord")]
pub struct AgentStatus {
    pub id: AgentId,
    pub name: String,
    #[serde(rename = "type")]
    pub agent_type: Option<AgentType>,
    pub status: AgentHealth,
    pub last_success_at: Option<DateTime<Utc>>,
    pub last_failure_at: Option<DateTime<Utc>>,
    pub calls_today: Option<u64>,
    pub failure_rate: Option<Rate>,
    pub average_latency_ms: Option<f64>,
    pub config_issue: Option<String>,
    /// When a line of its source last spoke of it: a status is no younger than that. `None` where only work names it.
    pub reported_at: Option<DateTime<Utc>>,
}

impl From<AgentRecord> for AgentStatus {
    fn from(record: AgentRecord) -> Self {
        Self {
            name: record.name.unwrap_or_else(|| record.id.to_string()),
            id: record.id,
            agent_type: record.agent_type,
            status: record.status.unwrap_or(AgentHealth::Unknown),
            last_success_at: record.last_success_at,
            last_failure_at: record.last_failure_at,
            calls_today: record.calls_today,
            failure_rate: record.failure_rate,
            average_latency_ms: record.average_latency_ms,
            config_issue: record.config_issue,
            reported_at: Some(record.last_seen_at),
        }
    }
}
