//! For whoever watches over this process.

use axum::{Json, extract::State};
use serde::Serialize;
use service::Hermes;
use utoipa::ToSchema;

use crate::error::ApiError;

/// How the process is.
#[derive(Serialize, ToSchema)]
pub(super) struct Health {
    /// `alive` or `ready`.
    status: &'static str,
}

/// The process answers.
#[utoipa::path(
    get, path = "/healthz", tag = "watch", operation_id = "getAlive",
    responses((status = 200, description = "It does", body = Health))
)]
pub(super) async fn alive() -> Json<Health> {
    Json(Health { status: "alive" })
}

/// The store can be read.
#[utoipa::path(
    get, path = "/readyz", tag = "watch", operation_id = "getReady",
    responses((status = 200, description = "It can", body = Health))
)]
pub(super) async fn ready(State(hermes): State<Hermes>) -> Result<Json<Health>, ApiError> {
    hermes.info().await?;
    Ok(Json(Health { status: "ready" }))
}
