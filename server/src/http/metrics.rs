//! `GET /metrics`

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use prometheus_client::encoding::prometheus_text::CONTENT_TYPE;
use service::Hermes;

use crate::{
    error::ApiError,
    metrics::{Metrics, scrape::scrape},
};

/// Figures for monitoring, in the text format of Prometheus.
///
/// A store that cannot be read is `mission_control_store_up 0`, not a refusal.
#[utoipa::path(
    get, path = "/metrics", tag = "watch", operation_id = "getMetrics",
    responses((status = 200, description = "The figures", body = String, content_type = "text/plain"))
)]
pub(super) async fn metrics(
    State(metrics): State<Metrics>,
    State(hermes): State<Hermes>,
) -> Result<Response, ApiError> {
    let text = scrape(&metrics, &hermes).await.map_err(|error| ApiError::unavailable(&error.to_string()))?;
    Ok(([(header::CONTENT_TYPE, CONTENT_TYPE)], text).into_response())
}
