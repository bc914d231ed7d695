//! Items that are about a scheduled job.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Around, severity, words};
use crate::{
    attention::{AttentionItem, AttentionReason, Evidence},
    decision::Subject,
    id::ItemKey,
    job::Job,
};

/// A job whose last run failed and that is late makes two items: they are mended in different places.
pub(super) fn items(around: &Around<'_>) -> Vec<AttentionItem> {
    let late = around.now - TimeDelta::minutes(around.rules.missed_job_minutes.into());
    let jobs = &around.facts.jobs;
    let failed = jobs.iter().filter(|job| job.has_failed()).map(|job| failed(around, job));
    let missed = jobs.iter().filter(|job| job.was_due_before(late)).map(|job| missed(around, job));
    failed.chain(missed).collect()
}

fn failed(around: &Around<'_>, job: &Job) -> AttentionItem {
    let since = job.last_run_at.unwrap_or(around.now);
    let consequence = match job.next_run_at {
        Some(_) => None,
        None => Some("It has no next run".to_owned()),
    };
    let next =
        job.next_run_at.map(|at| Evidence { text: "Next run".to_owned(), task_id: None, at: Some(at) });
    AttentionItem {
        cause: format!("failed at {}", since.timestamp()),
        title: format!("{} failed", job.name),
        why: job.last_error.as_deref().and_then(words),
        consequence,
        evidence: next.into_iter().collect(),
        ..item(around, job, AttentionReason::FailedJob, since)
    }
}

fn missed(around: &Around<'_>, job: &Job) -> AttentionItem {
    let since = job.next_run_at.unwrap_or(around.now);
    let last =
        job.last_run_at.map(|at| Evidence { text: "Last run".to_owned(), task_id: None, at: Some(at) });
    AttentionItem {
        cause: format!("due at {}", since.timestamp()),
        title: format!("{} did not run when it was due", job.name),
        evidence: last.into_iter().collect(),
        ..item(around, job, AttentionReason::MissedJob, since)
    }
}

fn item(around: &Around<'_>, job: &Job, reason: AttentionReason, since: DateTime<Utc>) -> AttentionItem {
    let product = job.product_id.clone().filter(|id| !id.is_unassigned());
    let priority = around.priority(product.as_ref());
    AttentionItem {
        key: ItemKey::of("job", job.id.as_str(), Some(reason.as_str())),
        cause: String::new(),
        reason,
        reason_inferred: false,
        severity: severity(reason, priority),
        title: String::new(),
        subject: Subject::Job(job.id.clone()),
        product_id: product,
        priority,
        since,
        why: None,
        consequence: None,
        evidence: Vec::new(),
        decision: None,
    }
}
