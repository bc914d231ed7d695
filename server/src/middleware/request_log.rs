//! One span and one line for each request. Never logged: headers, bodies, query texts.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request},
    middleware::Next,
    response::Response,
};
use tracing::{Instrument, field::Empty};

/// How much of a path without a route is logged, in bytes.
const MAX_PATH: usize = 120;

/// Puts a span around the request and logs how it ended. Reads are for `debug`, changes for `info`.
pub(crate) async fn request_log(request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let id = request.headers().get("x-request-id").and_then(|id| id.to_str().ok()).unwrap_or_default();
    let route = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    // Paths are ASCII; `get` is for the case that this ever changes.
    let path = request.uri().path();
    let route = route.unwrap_or_else(|| path.get(..MAX_PATH).unwrap_or(path));
    let span = tracing::info_span!(
        "request",
        request.id = %id.get(..64).unwrap_or(id),
        http.method = %method,
        http.route = route,
        http.status = Empty,
    );
    let started = Instant::now();
    let response = next.run(request).instrument(span.clone()).await;
    let status = response.status();
    span.record("http.status", status.as_u16());
    let elapsed_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    span.in_scope(|| {
        if status.is_server_error() {
            tracing::warn!(http.elapsed_ms = elapsed_ms, "request failed");
        } else if method.is_safe() {
            tracing::debug!(http.elapsed_ms = elapsed_ms, "request answered");
        } else {
            tracing::info!(http.elapsed_ms = elapsed_ms, "request answered");
        }
    });
    response
}
