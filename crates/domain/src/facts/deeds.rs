//! What Hermes did, by kind: counted from tasks that were completed and from events that tell of a result.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    event::{EventLevel, EventRecord, EventType},
    facts::bucket,
    task::{TaskRecord, TaskSource, TaskStatus, TaskType},
};

string_enum! {
    /// A kind of result that is counted for the founder. One task may count for two.
    pub enum Deed as "kind of result" {
        /// Completed tasks of the type `bugfix`.
        BugsFixed = "bugsFixed", "Bugs fixed";
        /// Events `pr-created`.
        PrsCreated = "prsCreated", "PRs created";
        /// Events `deployment` that are no warning and no error.
        ServicesDeployed = "servicesDeployed", "Services deployed";
        /// Completed tasks that a monitoring alert triggered.
        FailuresInvestigated = "failuresInvestigated", "Failures investigated";
        /// Completed tasks of the types `audit` and `security`.
        AuditsRun = "auditsRun", "Audits run";
        /// Completed tasks of the type `documentation`.
        DocsUpdated = "docsUpdated", "Docs updated";
        /// Completed tasks of the types `research`, `cost-optimization` and `product-planning`.
        ReportsGenerated = "reportsGenerated", "Reports generated";
        /// Completed tasks of the type `monitoring`.
        HealthChecked = "healthChecked", "Health checked";
    }
}

/// How many results of each kind there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeedCounts([u64; Deed::ALL.len()]);

impl DeedCounts {
    /// How many of that kind.
    pub fn get(&self, deed: Deed) -> u64 {
        self.0[deed as usize]
    }

    /// How many of that kind, to change it in place.
    pub fn get_mut(&mut self, deed: Deed) -> &mut u64 {
        &mut self.0[deed as usize]
    }
}

/// What one row adds to the counts, and to which bucket.
pub type DeedShare = Option<(DateTime<Utc>, Vec<Deed>)>;

/// What a task adds: once it is completed, in the bucket of its end.
pub fn of_task(task: &TaskRecord) -> DeedShare {
    if task.status != Some(TaskStatus::Completed) {
        return None;
    }
    let by_type = task.task_type.and_then(|kind| match kind {
        TaskType::Bugfix => Some(Deed::BugsFixed),
        TaskType::Audit | TaskType::Security => Some(Deed::AuditsRun),
        TaskType::Documentation => Some(Deed::DocsUpdated),
        TaskType::Monitoring => Some(Deed::HealthChecked),
        TaskType::Research | TaskType::CostOptimization | TaskType::ProductPlanning => {
            Some(Deed::ReportsGenerated)
        }
        TaskType::Build
        | TaskType::Deploy
        | TaskType::Refactor
        | TaskType::Release
        | TaskType::Maintenance => None,
    });
    let alerted = task.source == Some(TaskSource::MonitoringAlert);
    let deeds: Vec<Deed> = by_type.into_iter().chain(alerted.then_some(Deed::FailuresInvestigated)).collect();
    let at = task.ended_at().filter(|_| !deeds.is_empty())?;
    Some((bucket(at), deeds))
}

/// What an event adds, in the bucket in which it happened.
pub fn of_event(record: &EventRecord) -> DeedShare {
    let failed = matches!(record.event.level, EventLevel::Warn | EventLevel::Error);
    let deed = match record.event.event_type {
        EventType::PrCreated => Deed::PrsCreated,
        EventType::Deployment if !failed => Deed::ServicesDeployed,
        _ => return None,
    };
    Some((bucket(record.stamp.0), vec![deed]))
}
