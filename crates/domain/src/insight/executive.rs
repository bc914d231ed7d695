//! Everything that the executive page shows, from one reading of the facts.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    attention::{AttentionQueue, queue},
    best_action::{BestActions, best_actions},
    overview::{overview, spans},
    portfolio::{ProductInsight, portfolio},
    results::{Results, results},
    tape::{Tape, tape},
};
use crate::{
    decision::Decision,
    facts::{Facts, Gap},
    job::Job,
    overview::OverviewAnswer,
    settings::Rules,
    zone::Calendar,
};

/// Everything that the executive page shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Executive {
    /// The figures.
    pub overview: OverviewAnswer,
    /// What needs the founder.
    pub attention: AttentionQueue,
    /// The last 24 hours and the next 6.
    pub tape: Tape,
    /// The products, by name.
    pub portfolio: Vec<ProductInsight>,
    /// What should happen next.
    pub actions: BestActions,
    /// What Hermes did today, this week, and in 30 days.
    pub results: Vec<Results>,
    /// Scheduled jobs that should have run, and have not.
    pub missed_jobs: Vec<Job>,
    /// How long tasks are usually silent, for each type of which one might be stuck.
    pub gaps: Vec<Gap>,
}

/// Everything that the executive page shows.
///
/// What `decisions` put aside is counted nowhere, and nothing is proposed for it.
pub fn executive(
    facts: &Facts,
    calendar: Calendar,
    now: DateTime<Utc>,
    rules: &Rules,
    decisions: &[Decision],
) -> Executive {
    let spans = spans(now, rules, &calendar);
    let attention = queue(facts, now, rules).settle(decisions, now);
    let late = now - chrono::TimeDelta::minutes(rules.missed_job_minutes.into());
    Executive {
        tape: tape(facts, &attention, now),
        portfolio: portfolio(facts, &attention, now, rules),
        actions: best_actions(&attention, facts, now, rules),
        results: results(facts, &spans),
        missed_jobs: facts.jobs.iter().filter(|job| job.was_due_before(late)).cloned().collect(),
        gaps: facts.gaps.clone(),
        overview: overview(facts, &attention, calendar, now, rules),
        attention,
    }
}
