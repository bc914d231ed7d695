//! How a worker is, from evidence.

use chrono::{DateTime, TimeDelta, Utc};

use super::{By, Contradiction, Moment};
use crate::agent::{AgentHealth, AgentStatus};

/// What is known of how a worker is.
pub(super) struct Evidence<'a> {
    /// What its source told, if any does.
    pub(super) told: Option<&'a AgentStatus>,
    /// When it last worked, by anyone's account.
    pub(super) worked_at: Option<DateTime<Utc>>,
    /// When it last failed, by anyone's account.
    pub(super) failed_at: Option<DateTime<Utc>>,
    /// When it last worked, as we count.
    pub(super) counted_at: Option<DateTime<Utc>>,
    /// Since when all that we counted failed.
    pub(super) failing_since: Option<DateTime<Utc>>,
}

/// A status, who says so, and as of when.
pub(super) struct Verdict {
    pub(super) status: AgentHealth,
    pub(super) by: By,
    pub(super) as_of: Option<DateTime<Utc>>,
    pub(super) contradictions: Vec<Contradiction>,
}

/// The first that holds:
///
/// 1. no evidence is younger than the limit: unknown, since the last;
/// 2. the source says degraded or offline: that;
/// 3. the last five outcomes failed, or its configuration has an issue: degraded;
/// 4. the source says healthy, or it last worked within the limit: healthy;
/// 5. else unknown.
pub(super) fn verdict(evidence: &Evidence<'_>, moment: Moment<'_>) -> Verdict {
    let told = evidence.told.filter(|told| told.status != AgentHealth::Unknown);
    let said = told.map(|told| told.status);
    let heard = told.and_then(|told| told.reported_at);
    let as_of = heard.max(evidence.worked_at).max(evidence.failed_at);
    let limit = TimeDelta::hours(moment.rules.agent_fresh_hours.into());
    let fresh = |at: Option<DateTime<Utc>>| at.is_some_and(|at| moment.now - at < limit);
    let failing = evidence
        .failing_since
        .is_some_and(|since| evidence.worked_at.is_none_or(|at| at < since) && fresh(evidence.failed_at));
    let issue = evidence.told.is_some_and(|told| told.config_issue.is_some());
    let unwell = said.filter(|said| matches!(said, AgentHealth::Degraded | AgentHealth::Offline));
    let (status, by) = match unwell {
        _ if !fresh(as_of) => (AgentHealth::Unknown, By::Counted),
        Some(said) if fresh(heard) => (said, By::Told),
        _ if failing || issue => (AgentHealth::Degraded, By::Counted),
        _ if said == Some(AgentHealth::Healthy) && fresh(heard) => (AgentHealth::Healthy, By::Told),
        _ if fresh(evidence.worked_at) => (AgentHealth::Healthy, By::Counted),
        _ => (AgentHealth::Unknown, By::Counted),
    };
    let mut contradictions = Vec::new();
    if said == Some(AgentHealth::Healthy) && fresh(heard) {
        contradictions.extend(failing.then_some(Contradiction::Failing));
        contradictions.extend(issue.then_some(Contradiction::Issue));
    }
    let since = heard.filter(|_| unwell.is_some());
    if since.is_some_and(|heard| evidence.counted_at.is_some_and(|at| at > heard)) {
        contradictions.push(Contradiction::Works);
    }
    Verdict { status, by, as_of, contradictions }
}
