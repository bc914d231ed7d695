//! What the store and the reader of a home tell, read when it is asked for.

use std::fmt;

use domain::{
    query::{PageRequest, TaskFilter, TaskQuery},
    source::HomeStatus,
    task::TaskStatus,
};
use prometheus_client::{
    encoding::prometheus_text::encode,
    metrics::{counter::ConstCounter, family::Family, gauge::Gauge},
    registry::Registry,
};
use service::{Hermes, LiveCounts, ServiceError};

use super::{Metrics, PREFIX};

/// A figure that stands by itself.
fn put(registry: &mut Registry, name: &str, help: &str, value: u64) {
    let gauge = Gauge::<i64>::default();
    gauge.set(signed(value));
    registry.register(name, help, gauge);
}

/// What was counted and what is known now, in the text format of Prometheus. A store that fails is told of, and does
/// not hide the rest.
pub(crate) async fn scrape(metrics: &Metrics, hermes: &Hermes) -> Result<String, fmt::Error> {
    let mut now = Registry::with_prefix(PREFIX);
    let read = match of_store(&mut now, hermes).await {
        Ok(()) => of_home(&mut now, hermes).await,
        failed => failed,
    };
    if let Err(error) = &read {
        tracing::error!(error.message = %error, "the store failed");
    }
    of_streams(&mut now, &hermes.live_counts());
    put(&mut now, "store_up", "1 where the store could be read, else 0", read.is_ok().into());
    let mut text = metrics.text()?;
    encode(&mut text, &now)?;
    Ok(text)
}

fn of_streams(now: &mut Registry, counts: &LiveCounts) {
    let LiveCounts { streams, messages, resyncs, replayed, reads } = *counts;
    put(now, "live_streams", "Live streams that are open", streams);
    for (name, help, count) in [
        ("live_messages", "Messages that were sent on live streams since the start", messages),
        ("live_resyncs", "Live streams that were told to read everything again, since the start", resyncs),
        ("live_replayed", "Changes that were sent since the start because a stream began earlier", replayed),
        ("live_reads", "How often the log of changes was read for all live streams since the start", reads),
    ] {
        now.register(name, help, ConstCounter::new(count));
    }
}

async fn of_store(now: &mut Registry, hermes: &Hermes) -> Result<(), ServiceError> {
    let info = hermes.info().await?;
    let tasks = Family::<[(&str, &str); 1], Gauge>::default();
    for status in TaskStatus::ALL {
        let count = count(hermes, *status).await?;
        tasks.get_or_create(&[("status", status.as_str())]).set(signed(count));
    }
    now.register("tasks", "Tasks in the ledger, by where they stand", tasks);
    put(now, "store_lines", "Lines of telemetry that the store took, ever", info.lines);
    put(now, "store_seq", "The last place in the log of changes", info.seq.0);
    if let Some(bytes) = info.bytes {
        put(now, "store_bytes", "The size of the store on disk", bytes);
    }
    Ok(())
}

/// Tasks at `status`, counted over an index; of the rows the page has the one that it must.
async fn count(hermes: &Hermes, status: TaskStatus) -> Result<u64, ServiceError> {
    let filter = TaskFilter { status: [status].into(), ..TaskFilter::default() };
    let page = PageRequest { page: 1, per_page: 1 };
    Ok(hermes.tasks(&TaskQuery { filter, page, ..TaskQuery::default() }).await?.total)
}

/// Nothing where no home was ever looked for.
async fn of_home(now: &mut Registry, hermes: &Hermes) -> Result<(), ServiceError> {
    let Some(HomeStatus { progress, looked_at, skipped_total, .. }) = hermes.home().await? else {
        return Ok(());
    };
    if let Some(at) = looked_at {
        let behind = u64::try_from((hermes.now() - at).num_seconds()).unwrap_or(0);
        put(now, "home_lag_seconds", "How long ago all of the agent's home was last looked at", behind);
    }
    put(now, "home_skipped", "Places in the agent's home that were skipped", skipped_total);
    put(now, "home_sessions_read", "Sessions of the agent that were read", progress.sessions_read);
    if let Some(total) = progress.sessions_total {
        put(now, "home_sessions", "Sessions of the agent that there are", total);
    }
    Ok(())
}

fn signed(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}
