//! All routes, and what happens around each of them.

use axum::{
    Router,
    http::{Extensions, HeaderMap, HeaderName, StatusCode, Version, header},
    middleware::{from_fn, from_fn_with_state, map_response},
};
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{CompressionLayer, Predicate, predicate::SizeAbove},
    request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer},
};

use crate::{
    http,
    middleware::{
        caught, count, loopback_only, present, request_log, require_proof, security_headers, time_limit,
    },
    pages,
    state::AppState,
};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Below this a compressed answer is hardly smaller.
const COMPRESS_FROM: u64 = 860;

/// The whole server as one service.
///
/// Layers run from the top down: what is refused further down still has its id, its log line and its headers.
pub fn router(state: AppState) -> Router {
    let around = ServiceBuilder::new()
        .layer(SetRequestIdLayer::new(REQUEST_ID, MakeRequestUuid))
        .layer(PropagateRequestIdLayer::new(REQUEST_ID))
        .layer(from_fn(request_log))
        .layer(from_fn_with_state(state.clone(), count))
        .layer(from_fn_with_state(state.clone(), security_headers))
        .layer(CompressionLayer::new().compress_when(SizeAbove::new(COMPRESS_FROM).and(made_here)))
        .layer(from_fn(present))
        .layer(CatchPanicLayer::custom(caught))
        .layer(from_fn(loopback_only))
        .layer(from_fn_with_state(state.clone(), require_proof))
        .layer(from_fn_with_state(state.clone(), time_limit));
    pages::routes(&state)
        .layer(map_response(pages::cache))
        .merge(http::routes())
        .fallback(pages::fallback)
        .method_not_allowed_fallback(pages::method_not_allowed)
        .layer(around)
        .with_state(state)
}

/// Whether the answer was made for this request. Files of the site lie compressed already, or do not shrink.
fn made_here(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let cache = headers.get(header::CACHE_CONTROL).and_then(|cache| cache.to_str().ok()).unwrap_or_default();
    let text = kind.starts_with("text/html") || kind.starts_with("application/json");
    text && !cache.starts_with("public")
}
