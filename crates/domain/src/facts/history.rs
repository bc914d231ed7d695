//! What happened over time: counts by quarter of an hour and product, so that any founder's day, week or month can be
//! put together from them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    event::{EventRecord, EventType},
    facts::{Durations, Ended, Share, bucket, slot},
    id::ProductId,
    insight::history::FailureCause,
    task::{TaskRecord, TaskStatus},
};

/// From when to when: the end is left out. Both are the starts of buckets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Period {
    /// The first moment inside.
    pub from: DateTime<Utc>,
    /// The first moment outside.
    pub to: DateTime<Utc>,
}

impl Period {
    /// Whether the moment lies inside.
    pub fn holds(&self, at: DateTime<Utc>) -> bool {
        at >= self.from && at < self.to
    }
}

/// What happened within a period.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Happened {
    /// Tasks that ended.
    pub ended: Ended,
    /// How often a task became blocked: events `blocked`. A task's row says only where it stands now, so what was
    /// told without such an event is not among them.
    pub blocked: u64,
}

impl Happened {
    /// Adds what `other` counts.
    pub fn add(&mut self, other: &Self) {
        self.ended.add(&other.ended);
        self.blocked += other.blocked;
    }
}

/// What happened within one period.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PeriodFacts {
    /// By product, in the order of ids; those of which nothing happened are left out.
    pub products: Vec<(ProductId, Happened)>,
    /// How long completed tasks took that have a duration.
    pub durations: Durations,
    /// Why tasks failed, in the order of the causes; those with none are left out.
    pub causes: Vec<(FailureCause, u64)>,
}

impl PeriodFacts {
    /// What happened within all of these periods together.
    pub fn merged<'a>(parts: impl Iterator<Item = &'a Self>) -> Self {
        let (mut products, mut causes) = (BTreeMap::<_, Happened>::new(), BTreeMap::new());
        let mut durations = Durations::default();
        for part in parts {
            part.products
                .iter()
                .for_each(|(id, happened)| products.entry(id.clone()).or_default().add(happened));
            part.causes.iter().for_each(|(cause, n)| *causes.entry(*cause).or_default() += n);
            durations.merge(&part.durations);
        }
        Self { products: products.into_iter().collect(), durations, causes: causes.into_iter().collect() }
    }
}

/// What happened within each period that was asked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct HistoryFacts {
    /// The bucket of the first thing that happened, of all products. `None` where nothing ever did.
    pub since: Option<DateTime<Utc>>,
    /// One for each period, in their order.
    pub periods: Vec<PeriodFacts>,
}

/// What one task adds to the history, once it has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryShare {
    /// The bucket of its end.
    pub at: DateTime<Utc>,
    /// Its product.
    pub product: ProductId,
    /// How it ended.
    pub ended: Ended,
    /// The slot of its duration, if it was completed and has one.
    pub slot: Option<u16>,
    /// Why it failed, if it did.
    pub cause: Option<FailureCause>,
}

impl HistoryShare {
    /// What `task` adds.
    pub fn of(task: &TaskRecord) -> Option<Self> {
        let (at, ended) = Share::of(task).ended?;
        let failed = task.status == Some(TaskStatus::Failed);
        Some(Self {
            at,
            product: task.product(),
            ended,
            slot: (ended.timed > 0).then_some(ended.duration_ms).map(slot),
            cause: failed.then(|| FailureCause::of(task)),
        })
    }
}

/// The bucket in which an event says that its task became blocked, if it says so.
pub fn blocked_at(record: &EventRecord) -> Option<DateTime<Utc>> {
    (record.event.event_type == EventType::Blocked).then(|| bucket(record.stamp.0))
}
