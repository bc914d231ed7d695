//! `GET /api/v1/overview`

use axum::{Json, extract::State};
use domain::overview::OverviewAnswer;
use service::Hermes;

use crate::{
    error::ApiError,
    http::{describe::Invalid, params::Nothing},
};

/// The executive figures: `overview` is the brief's object, what it is made of lies beside it.
#[utoipa::path(
    get, path = "/overview", tag = "overview", operation_id = "getOverview",
    responses((status = 200, description = "The figures as of `now`", body = OverviewAnswer), Invalid)
)]
pub(super) async fn overview(
    _: Nothing,
    State(hermes): State<Hermes>,
) -> Result<Json<OverviewAnswer>, ApiError> {
    Ok(Json(hermes.overview().await?))
}
