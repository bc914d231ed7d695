//! `GET /api/v1/attention`, `/insights` and `/digest`: what follows from the ledger.

use axum::{Json, extract::State};
use chrono::{DateTime, Utc};
use domain::{
    facts::Gap,
    id::Seq,
    insight::{
        attention::AttentionQueue, best_action::BestActions, digest::Digest, executive::Executive,
        portfolio::ProductInsight, results::Results, tape::Tape,
    },
    job::Job,
};
use serde::Serialize;
use service::Hermes;
use utoipa::ToSchema;

use crate::{
    error::ApiError,
    http::{describe::Invalid, params::Nothing},
};

/// What needs the founder.
#[utoipa::path(
    get, path = "/attention", tag = "insights", operation_id = "getAttention",
    responses((status = 200, description = "The queue, the worst first", body = AttentionQueue), Invalid)
)]
pub(super) async fn attention(
    _: Nothing,
    State(hermes): State<Hermes>,
) -> Result<Json<AttentionQueue>, ApiError> {
    Ok(Json(hermes.executive().await?.attention))
}

/// What follows from the ledger, beside the figures and the queue.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct InsightsAnswer {
    /// The products, by name: health, momentum, open work, what needs the founder.
    portfolio: Vec<ProductInsight>,
    /// What should happen next, by who can do it.
    actions: BestActions,
    /// What Hermes did today, this week, and in the span of the rates.
    results: Vec<Results>,
    /// The last 24 hours and the next 6.
    tape: Tape,
    /// Scheduled jobs that should have run, and have not.
    missed_jobs: Vec<Job>,
    /// How long tasks are usually silent, for each type of which one might be stuck.
    gaps: Vec<Gap>,
    /// The server's time that all of this holds at.
    now: DateTime<Utc>,
    /// The place in the log that all of this holds at.
    seq: Seq,
}

impl From<Executive> for InsightsAnswer {
    fn from(executive: Executive) -> Self {
        let Executive { overview, portfolio, actions, results, tape, missed_jobs, gaps, attention: _ } =
            executive;
        let (now, seq) = (overview.now, overview.seq);
        Self { portfolio, actions, results, tape, missed_jobs, gaps, now, seq }
    }
}

/// Health, momentum, next best actions, results, the mission tape.
///
/// The formulas are in docs/insights.md; each score comes with what it is made of.
#[utoipa::path(
    get, path = "/insights", tag = "insights", operation_id = "getInsights",
    responses((status = 200, description = "As of `now`", body = InsightsAnswer), Invalid)
)]
pub(super) async fn insights(
    _: Nothing,
    State(hermes): State<Hermes>,
) -> Result<Json<InsightsAnswer>, ApiError> {
    Ok(Json(hermes.executive().await?.into()))
}

/// The digest of the founder's week so far.
#[utoipa::path(
    get, path = "/digest", tag = "insights", operation_id = "getDigest",
    responses((status = 200, description = "From the founder's Monday until now", body = Digest), Invalid)
)]
pub(super) async fn digest(_: Nothing, State(hermes): State<Hermes>) -> Result<Json<Digest>, ApiError> {
    Ok(Json(hermes.digest().await?))
}
