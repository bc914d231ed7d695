//! How long telemetry is kept.

use chrono::{DateTime, TimeDelta, Utc};
use domain::settings::{Retention, RetentionRun};
use store::Prune;

use crate::{Hermes, ServiceError, error::Result};

/// The cursor that keeps what the last run did.
const LAST: &str = "retention/last";

/// Tasks that are looked at in one transaction: with some dozens of events each it takes some tens of milliseconds.
const STEP: usize = 100;

impl Hermes {
    /// Deletes what the settings say is too old, gives the room back, and keeps what it did. `None` where everything
    /// is kept for ever. It may be dropped at any time: what a step deleted is deleted, the rest is for the next run.
    pub async fn retain(&self) -> Result<Option<RetentionRun>> {
        let (now, retention) = (self.now(), self.settings().await?.retention);
        if retention == Retention::default() {
            return Ok(None);
        }
        let mut prune = Prune {
            events: before(now, retention.event_days),
            tasks: before(now, retention.task_days),
            after: None,
        };
        let mut run = RetentionRun { at: now, tasks: 0, events: 0, runs: 0, bytes: 0 };
        loop {
            let step = self.store().prune(&prune, STEP).await?;
            self.announce().await;
            run.tasks += step.tasks;
            run.events += step.events;
            run.runs += step.runs;
            prune.after = step.next;
            if prune.after.is_none() {
                break;
            }
            // Lines that wait come in between.
            tokio::task::yield_now().await;
        }
        run.bytes = self.store().shrink().await?;
        let told =
            serde_json::to_value(&run).map_err(|error| ServiceError::Unavailable(error.to_string()))?;
        self.take(Vec::new(), vec![(LAST.to_owned(), told)]).await?;
        Ok(Some(run))
    }

    /// What the last run did; `None` before the first one.
    pub async fn last_retention(&self) -> Result<Option<RetentionRun>> {
        let last = self.cursor(LAST).await?;
        Ok(last.and_then(|last| serde_json::from_value(last).ok()))
    }

    /// How many ended tasks would lose their events, and how many would go, by those bounds.
    pub async fn too_old(&self, retention: Retention) -> Result<(u64, u64)> {
        let now = self.now();
        let count = async |days| match before(now, days) {
            Some(at) => Ok::<_, ServiceError>(self.store().ended_before(at).await?),
            None => Ok(0),
        };
        Ok((count(retention.event_days).await?, count(retention.task_days).await?))
    }
}

fn before(now: DateTime<Utc>, days: u16) -> Option<DateTime<Utc>> {
    (days > 0).then(|| now - TimeDelta::days(days.into()))
}
