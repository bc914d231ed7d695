//! Deleting what the settings say is too old: at the start, every hour, and soon after the settings change.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use domain::settings::Retention;
use service::Hermes;
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;

use crate::metrics::Metrics;

/// How often the settings are looked at.
const EVERY: Duration = Duration::from_secs(15);

/// How long nothing is done where nothing was changed.
const REST: TimeDelta = TimeDelta::hours(1);

/// Deletes until the token is cancelled.
pub async fn run(hermes: Hermes, metrics: Metrics, end: CancellationToken) {
    let mut tick = tokio::time::interval(EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut last: Option<(Retention, DateTime<Utc>)> = None;
    loop {
        tokio::select! {
            () = end.cancelled() => return,
            _ = tick.tick() => {}
        }
        let done = tokio::select! {
            // A step that is under way is undone as a whole.
            () = end.cancelled() => return,
            done = step(&hermes, &metrics, last) => done,
        };
        match done {
            Ok(done) => last = done,
            Err(error) => {
                tracing::error!(error.message = %error, "retention: nothing more can be deleted now");
                last = last.map(|(retention, _)| (retention, hermes.now()));
            }
        }
    }
}

async fn step(
    hermes: &Hermes,
    metrics: &Metrics,
    last: Option<(Retention, DateTime<Utc>)>,
) -> Result<Option<(Retention, DateTime<Utc>)>, service::ServiceError> {
    let (retention, now) = (hermes.settings().await?.retention, hermes.now());
    if last.is_some_and(|(done, at)| done == retention && now - at < REST) {
        return Ok(last);
    }
    if let Some(run) = hermes.retain().await? {
        metrics.retained(&run);
        tracing::info!(
            retention.tasks = run.tasks,
            retention.events = run.events,
            retention.runs = run.runs,
            retention.bytes = run.bytes,
            "retention"
        );
    }
    Ok(Some((retention, now)))
}
