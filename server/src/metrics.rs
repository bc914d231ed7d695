//! What is counted for monitoring, and how `GET /metrics` tells it.
//!
//! `prometheus-client` and not the `metrics` facade: that one counts into a recorder of the whole process, while
//! here each server counts for itself, in a registry that it owns. Several run in one process of tests.
//!
//! # Invariants
//! - No label without a bound: routes as they are written, methods, classes of statuses, words of enums. Never an
//!   id or a path.
//! - Counters begin at 0 with the process. What the store knows is read when it is asked for (`metrics/scrape.rs`).

mod names;
pub(crate) mod scrape;

use std::{fmt, sync::Arc, time::Duration};

use axum::http::{Method, StatusCode};
use chrono::{DateTime, Utc};
use domain::settings::RetentionRun;
use prometheus_client::{
    encoding::prometheus_text::encode,
    metrics::{counter::Counter, family::Family, gauge::ConstGauge, histogram::Histogram, info::Info},
    registry::{Registry, Unit},
};
use service::{Receipt, Taken};

pub use self::names::Way;
use self::names::{Call, Deleted, Line, Timed, class, method};

/// What every name begins with.
const PREFIX: &str = "mission_control";

/// Upper bounds of the buckets of a duration, in seconds: from a figure out of memory to the time limit of a request.
const SECONDS: [f64; 11] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0];

/// The counts of one server. Cheap to clone.
#[derive(Clone)]
pub struct Metrics(Arc<Inner>);

struct Inner {
    registry: Registry,
    requests: Family<Call, Counter>,
    request_seconds: Family<Timed, Histogram>,
    lines: Family<Line, Counter>,
    bytes: Counter,
    append_seconds: Histogram,
    deleted: Family<Deleted, Counter>,
    freed: Counter,
}

impl Metrics {
    /// Counts from nothing. `started` is when the process began, `build` which build of the site it serves.
    pub fn new(started: DateTime<Utc>, build: &str) -> Self {
        let mut registry = Registry::default();
        let begun = ConstGauge::new(started.timestamp());
        registry.register("process_start_time_seconds", "When the process began, by its clock", begun);
        let ours = registry.sub_registry_with_prefix(PREFIX);
        let version = [("version", env!("CARGO_PKG_VERSION").to_owned()), ("build", build.to_owned())];
        ours.register("build", "The version of the program and the build of its site", Info::new(version));
        let inner = Inner {
            requests: Family::default(),
            request_seconds: Family::new_with_constructor(seconds),
            lines: Family::default(),
            bytes: Counter::default(),
            append_seconds: seconds(),
            deleted: Family::default(),
            freed: Counter::default(),
            registry,
        };
        Self(Arc::new(inner.register()))
    }

    /// A request was answered. `route` is the route as it is written; `None` where it matched none.
    pub(crate) fn request(&self, route: Option<&str>, by: &Method, status: StatusCode, took: Duration) {
        let (route, method) = (route.unwrap_or("none").to_owned(), method(by));
        self.0
            .request_seconds
            .get_or_create(&Timed { route: route.clone(), method })
            .observe(took.as_secs_f64());
        self.0.requests.get_or_create(&Call { route, method, status: class(status) }).inc();
    }

    /// A piece of a request's lines was stored.
    pub(crate) fn appended(&self, bytes: usize, took: Duration) {
        self.0.bytes.inc_by(bytes as u64);
        self.0.append_seconds.observe(took.as_secs_f64());
    }

    /// Something became of lines that came in that way.
    pub fn lines(&self, way: Way, receipt: &Receipt) {
        self.outcomes(
            way,
            &[
                ("accepted", receipt.accepted),
                ("duplicate", receipt.duplicate),
                ("conflicting", receipt.conflicting.total),
                ("rejected", receipt.rejected.total),
            ],
        );
    }

    /// Rows of the agent's home were taken. Those it told before are duplicates, whether they say the same or not.
    pub fn taken(&self, taken: Taken) {
        self.outcomes(Way::Home, &[("accepted", taken.accepted), ("duplicate", taken.known)]);
    }

    /// A run of the retention deleted something, or found nothing to delete.
    pub fn retained(&self, run: &RetentionRun) {
        for (kind, count) in [("task", run.tasks), ("event", run.events), ("run", run.runs)] {
            self.0.deleted.get_or_create(&Deleted { kind }).inc_by(count);
        }
        self.0.freed.inc_by(run.bytes);
    }

    fn outcomes(&self, way: Way, outcomes: &[(&'static str, u64)]) {
        for &(outcome, count) in outcomes {
            self.0.lines.get_or_create(&Line { way: way.as_str(), outcome }).inc_by(count);
        }
    }

    /// Everything that was counted, in the text format of Prometheus.
    fn text(&self) -> Result<String, fmt::Error> {
        let mut text = String::new();
        encode(&mut text, &self.0.registry)?;
        Ok(text)
    }
}

impl Inner {
    fn register(mut self) -> Self {
        let ours = self.registry.sub_registry_with_prefix(PREFIX);
        let calls = self.requests.clone();
        ours.register("http_requests", "Requests answered, by route, method and class of status", calls);
        let took = self.request_seconds.clone();
        ours.register_with_unit("http_request_duration", "How long answers took", Unit::Seconds, took);
        let lines = self.lines.clone();
        ours.register("ingest_lines", "Lines of telemetry since the start, by way in and outcome", lines);
        let bytes = self.bytes.clone();
        ours.register_with_unit("ingest", "Telemetry that was read over HTTP, unpacked", Unit::Bytes, bytes);
        let append = self.append_seconds.clone();
        let help =
            "How long it took to decode and store a piece (about 1 MiB at most) of what came over HTTP";
        ours.register_with_unit("append_duration", help, Unit::Seconds, append);
        let deleted = self.deleted.clone();
        ours.register(
            "retention_deleted",
            "Rows that the retention deleted since the start, by kind",
            deleted,
        );
        let freed = self.freed.clone();
        let help = "How much smaller the retention made the store since the start";
        ours.register_with_unit("retention_freed", help, Unit::Bytes, freed);
        self
    }
}

fn seconds() -> Histogram {
    Histogram::new(SECONDS)
}
