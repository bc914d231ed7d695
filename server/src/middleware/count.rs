//! Counts every request, the refused ones, too.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request, State},
    middleware::Next,
    response::Response,
};

use crate::metrics::Metrics;

/// Counts the request by its route, never by its path: the paths that could be asked for have no end.
pub(crate) async fn count(State(metrics): State<Metrics>, request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let started = Instant::now();
    let response = next.run(request).await;
    metrics.request(route.as_ref().map(MatchedPath::as_str), &method, response.status(), started.elapsed());
    response
}
