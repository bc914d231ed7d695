//! For whoever watches over this process.

use axum::{Json, extract::State};
use serde_json::{Value, json};
use service::Hermes;

use crate::error::ApiError;

/// The process answers.
pub(super) async fn alive() -> Json<Value> {
    Json(json!({ "status": "alive" }))
}

/// The store can be read.
pub(super) async fn ready(State(hermes): State<Hermes>) -> Result<Json<Value>, ApiError> {
    hermes.info().await?;
    Ok(Json(json!({ "status": "ready" })))
}
