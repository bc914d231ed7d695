//! The HTTP API for programs, and the health checks.

mod decisions;
mod health;
mod inflate;
mod ingest;
mod lists;
mod overview;
mod params;
mod receipt;
mod sources;
mod tasks;

use axum::{
    Router,
    http::{HeaderValue, header},
    middleware::map_response,
    response::Response,
    routing::{get, post},
};

use crate::state::AppState;

const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// The routes of the API.
pub(crate) fn routes() -> Router<AppState> {
    let api = Router::new()
        .route("/overview", get(overview::overview))
        .route("/tasks", get(tasks::list))
        .route("/tasks/{id}", get(tasks::one))
        .route("/tasks/{id}/events", get(tasks::events))
        .route("/tasks/{id}/runs", get(tasks::runs))
        .route("/products", get(lists::products))
        .route("/products/{slug}", get(lists::product))
        .route("/agents", get(lists::agents))
        .route("/schedule", get(lists::schedule))
        .route("/sources", get(sources::sources))
        .route("/audit", get(decisions::audit))
        .route("/attention/decisions", post(decisions::decide))
        .route("/attention/decisions/{id}/undo", post(decisions::undo))
        .route("/ingest", post(ingest::ingest));
    let health = Router::new().route("/healthz", get(health::alive)).route("/readyz", get(health::ready));
    Router::new().nest("/api/v1", api).merge(health).layer(map_response(no_store))
}

async fn no_store(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, NO_STORE);
    response
}
