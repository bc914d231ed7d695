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
    }
}

/// A scheduled job as readers see it, with what nobody told as `null`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
}

impl Job {
    /// Puts the next ones first, those without a next run last; the id breaks ties.
    pub fn sort(jobs: &mut [Self]) {
        jobs.sort_by(|a, b| {
            let key = |job: &Self| (job.next_run_at.is_none(), job.next_run_at);
            key(a).cmp(&key(b)).then_with(|| a.id.cmp(&b.id))
        });
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
        }
    }
}
