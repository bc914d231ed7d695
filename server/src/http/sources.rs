//! `GET /api/v1/sources`

use axum::{Json, extract::State};
use domain::source::{HomeStatus, NEVER_READ};
use serde::Serialize;
use service::Hermes;
use utoipa::ToSchema;

use crate::{
    error::ApiError,
    http::{describe::Invalid, params::Nothing},
};

/// What is read of an agent's home, and what never is.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Sources {
    /// `null` where no home was ever looked for.
    #[schema(required = true)]
    home: Option<HomeStatus>,
    /// What is never read, whatever lies in a home.
    #[schema(value_type = Vec<NeverRead>)]
    never_read: [NeverRead; NEVER_READ.len()],
}

/// What is never read.
#[derive(Serialize, ToSchema)]
struct NeverRead {
    /// Names of files and folders in a home.
    pattern: &'static str,
    /// Why.
    reason: &'static str,
}

/// The account of the agent's home.
#[utoipa::path(
    get, path = "/sources", tag = "sources", operation_id = "getSources",
    responses((status = 200, description = "The account", body = Sources), Invalid)
)]
pub(super) async fn sources(_: Nothing, State(hermes): State<Hermes>) -> Result<Json<Sources>, ApiError> {
    let never_read = NEVER_READ.map(|(pattern, reason)| NeverRead { pattern, reason });
    Ok(Json(Sources { home: hermes.home().await?, never_read }))
}
