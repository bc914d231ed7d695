//! No request holds its place for ever.

use axum::{
    extract::{Request, State},
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{error::ApiError, limits::Limits};

/// Ends a request that takes too long. What it stored by then stays stored; sending it again is harmless.
pub(crate) async fn time_limit(State(limits): State<Limits>, request: Request, next: Next) -> Response {
    if let Ok(response) = tokio::time::timeout(limits.timeout, next.run(request)).await {
        return response;
    }
    let message = format!("not done within {} s; send it again, in smaller parts", limits.timeout.as_secs());
    ApiError::new(StatusCode::SERVICE_UNAVAILABLE, "timeout", message).into_response()
}
