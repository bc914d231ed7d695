//! `GET /api/v1/sources`

use axum::{Json, extract::State};
use domain::source::{HomeStatus, NEVER_READ};
use serde::Serialize;
use service::Hermes;

use crate::{error::ApiError, http::params::Nothing};

/// What is read of an agent's home, and what never is.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Sources {
    /// `null` where no home was ever looked for.
    home: Option<HomeStatus>,
    never_read: [NeverRead; NEVER_READ.len()],
}

#[derive(Serialize)]
struct NeverRead {
    pattern: &'static str,
    reason: &'static str,
}

/// The account of the agent's home.
pub(super) async fn sources(_: Nothing, State(hermes): State<Hermes>) -> Result<Json<Sources>, ApiError> {
    let never_read = NEVER_READ.map(|(pattern, reason)| NeverRead { pattern, reason });
    Ok(Json(Sources { home: hermes.home().await?, never_read }))
}
