//! `GET /api/v1/attention`, `/insights`, `/history` and `/digest`: what follows from the ledger.

use axum::{Json, extract::State, http::header, response::IntoResponse};
use chrono::{DateTime, Utc};
use domain::{
    facts::Gap,
    id::{ProductId, Seq},
    insight::{
        attention::AttentionQueue,
        best_action::BestActions,
        digest::{Digest, markdown},
        executive::Executive,
        history::History,
        portfolio::ProductInsight,
        results::Results,
        tape::Tape,
    },
    job::Job,
    query::PageRequest,
};
use serde::Serialize;
use service::Hermes;
use utoipa::ToSchema;

use crate::{
    error::ApiError,
    http::{
        describe::Invalid,
        params::{AskedHistory, AskedWeek, Nothing},
    },
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

/// Work over time.
///
/// Counts of days or weeks of the founder, against as many days before; products, failure categories, weeks and months.
#[utoipa::path(
    get, path = "/history", tag = "insights", operation_id = "getHistory",
    params(AskedHistory),
    responses((status = 200, description = "Of the span that was asked for", body = History), Invalid)
)]
pub(super) async fn history(
    AskedHistory(query): AskedHistory,
    State(hermes): State<Hermes>,
) -> Result<Json<History>, ApiError> {
    Ok(Json(hermes.history(&query).await?))
}

/// The digest of one of the founder's weeks.
#[utoipa::path(
    get, path = "/digest", tag = "insights", operation_id = "getDigest",
    params(AskedWeek),
    responses((status = 200, description = "From the founder's Monday on; of the present week until now", body = Digest), Invalid)
)]
pub(super) async fn digest(
    AskedWeek(week): AskedWeek,
    State(hermes): State<Hermes>,
) -> Result<Json<Digest>, ApiError> {
    Ok(Json(hermes.digest(week).await?))
}

/// The same digest as Markdown, to mail or to file.
#[utoipa::path(
    get, path = "/digest.md", tag = "insights", operation_id = "getDigestMarkdown",
    params(AskedWeek),
    responses(
        (status = 200, description = "Text of telemetry in it is escaped", body = String, content_type = "text/markdown"),
        Invalid
    )
)]
pub(super) async fn digest_markdown(
    AskedWeek(week): AskedWeek,
    State(hermes): State<Hermes>,
) -> Result<impl IntoResponse, ApiError> {
    let digest = hermes.digest(week).await?;
    let zone = hermes.zone().await?;
    let products = hermes.products(PageRequest { page: 1, per_page: u32::MAX }).await?.items;
    let name = |id: &ProductId| {
        let known = products.iter().find(|product| product.id == *id).map(|product| product.name.clone());
        known.unwrap_or_else(|| if id.is_unassigned() { "no product".to_owned() } else { id.to_string() })
    };
    let text = markdown(&digest, &zone, name);
    Ok(([(header::CONTENT_TYPE, "text/markdown; charset=utf-8")], text))
}
