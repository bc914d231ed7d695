//! The scheduler: `cron/jobs.json`, `cron/executions.db`, `cron/output/`.

pub(crate) mod executions;
pub(crate) mod jobs;
pub(crate) mod output;
