//! Scheduled jobs: what the agent will do by itself, and when.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::id::{JobId, ProductId};

record! {
    /// What all lines together say of a scheduled job. Stores keep this; readers get [`Job`].
    pub struct JobRecord, patch JobPatch, id JobId {
        /// What people call it.
        name: String = "name",
        /// When it runs, as its source writes it (a cron expression, an interval).
        schedule: String = "schedule",
        /// The product it works for.
        product_id: ProductId = "productId",
        /// When it will run next.
        next_run_at: DateTime<Utc> = "nextRunAt",
        /// When it last ran.
        last_run_at: DateTime<Utc> = "lastRunAt",
        /// How the last run ended, in its source's own word (`completed`, `ok`, `failed`, `error` …).
        last_status: String = "lastStatus",
        /// Where it stands, in its source's own word (`scheduled`, `paused`, `completed`, `error` …).
        state: String = "state",
        /// Whether it will run at all.
        enabled: bool = "enabled",
        /// What went wrong in the last run.
        last_error: String = "lastError",
        /// What went wrong when the last run's outcome was delivered.
        last_delivery_error: String = "lastDeliveryError",
        /// Whether its source has it no longer. Readers never see such a job.
        removed: bool = "removed",
        /// JSON names of the fields whose values a source guessed rather than read.
        inferred: Vec<String> = "inferred",
    }
}

/// A scheduled job as readers see it, with what nobody told as `null`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each field is documented on JobRecord")]
pub struct Job {
    pub id: JobId,
    pub name: String,
    pub schedule: Option<String>,
    pub product_id: Option<ProductId>,
    pub next_run_at: Option<DateTime<Utc>>,
    pub last_run_at: Option<DateTime<Utc>>,
    pub last_status: Option<String>,
    pub state: Option<String>,
    pub enabled: Option<bool>,
    pub last_error: Option<String>,
    pub last_delivery_error: Option<String>,
    /// JSON names of the fields that a source guessed; the page marks them.
    pub inferred: Vec<String>,
}

impl Job {
    /// The jobs that readers get of all records: those that their source still has, the next first, those without a
    /// next run last; the id breaks ties.
    pub fn list(records: impl IntoIterator<Item = JobRecord>) -> Vec<Self> {
        let there = records.into_iter().filter(|record| record.removed != Some(true));
        let mut jobs: Vec<Self> = there.map(Self::from).collect();
        jobs.sort_by(|a, b| {
            let key = |job: &Self| (job.next_run_at.is_none(), job.next_run_at);
            key(a).cmp(&key(b)).then_with(|| a.id.cmp(&b.id))
        });
        jobs
    }

    /// Whether somebody switched it off.
    pub fn is_disabled(&self) -> bool {
        self.enabled == Some(false)
    }

    /// Whether it waits until somebody lets it go on.
    pub fn is_paused(&self) -> bool {
        self.state.as_deref() == Some("paused")
    }

    /// Whether it is on and its last run went wrong.
    pub fn has_failed(&self) -> bool {
        !self.is_disabled() && matches!(self.last_status.as_deref(), Some("error" | "failed"))
    }

    /// Whether it is on and should have run before `time`, but its next run still lies there.
    pub fn was_due_before(&self, time: DateTime<Utc>) -> bool {
        let waits = self.is_disabled() || self.is_paused() || self.state.as_deref() == Some("completed");
        !waits && self.next_run_at.is_some_and(|at| at < time)
    }
}

impl From<JobRecord> for Job {
    fn from(record: JobRecord) -> Self {
        Self {
            name: record.name.unwrap_or_else(|| record.id.to_string()),
            id: record.id,
            schedule: record.schedule,
            product_id: record.product_id,
            next_run_at: record.next_run_at,
            last_run_at: record.last_run_at,
            last_status: record.last_status,
            state: record.state,
            enabled: record.enabled,
            last_error: record.last_error,
            last_delivery_error: record.last_delivery_error,
            inferred: record.inferred.unwrap_or_default(),
        }
    }
}
