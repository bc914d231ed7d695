//! Headers that keep a page to itself: the content security policy with its nonce, and the usual company.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use base64ct::{Base64, Encoding};

use crate::{error::ApiError, state::AppState};

/// The number used once that the page's own inline scripts carry.
#[derive(Debug, Clone)]
pub struct CspNonce(pub Arc<str>);

/// The build that answers, so that an open page can tell that it is an old one.
const BUILD: HeaderName = HeaderName::from_static("x-hermes-build");

/// Headers that are always the same.
const FIXED: [(HeaderName, &str); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Mints the nonce, and adds the headers to whatever the answer is.
pub(crate) async fn security_headers(
    State(state): State<AppState>,
    mut request: Request,
    next: Next,
) -> Response {
    let Some(nonce) = mint() else {
        tracing::error!("the system gives no random numbers");
        let message = "this system gives no random numbers, without which no safe page can be made";
        return ApiError::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", message).into_response();
    };
    let policy = policy(&nonce.0);
    request.extensions_mut().insert(nonce);
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    add(headers, &policy, &state.site.assets().build);
    response
}

fn add(headers: &mut HeaderMap, policy: &str, build: &str) {
    for (name, value) in FIXED {
        headers.insert(name, HeaderValue::from_static(value));
    }
    // A page with a policy of its own: the API's.
    let policy = if headers.contains_key(header::CONTENT_SECURITY_POLICY) { "" } else { policy };
    let made = [(header::CONTENT_SECURITY_POLICY, policy), (BUILD, build)];
    for (name, value) in made.into_iter().filter(|(_, value)| !value.is_empty()) {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    }
}

/// 128 random bits.
fn mint() -> Option<CspNonce> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).ok()?;
    Some(CspNonce(Base64::encode_string(&bytes).into()))
}

fn policy(nonce: &str) -> String {
    format!(
        "default-src 'self'; script-src 'self' 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; \
         style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; \
         worker-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
    )
}
