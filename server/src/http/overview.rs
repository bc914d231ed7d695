//! `GET /api/v1/overview`

use axum::{Json, extract::State};
use domain::overview::OverviewAnswer;
use service::Hermes;

use crate::{error::ApiError, http::params::Nothing};

/// The executive figures: `overview` is the brief's object, what it is made of lies beside it.
pub(super) async fn overview(
    _: Nothing,
    State(hermes): State<Hermes>,
) -> Result<Json<OverviewAnswer>, ApiError> {
    Ok(Json(hermes.overview().await?))
}
