//! Who may change something: a browser that shows that our own page asked, or a program with a token.
//!
//! Cookies never suffice, and neither does silence: a form on any web page can post to a loopback address.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::decision::FOUNDER;
use service::Hermes;

use crate::error::ApiError;

/// What is known of the sender of a request that changes something.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Caller {
    /// The name of the valid token that came with it.
    pub token: Option<String>,
}

impl Caller {
    /// The sender as the audit log names it: the token's name, else the founder, whose page it was.
    pub fn name(&self) -> &str {
        self.token.as_deref().unwrap_or(FOUNDER)
    }
}

/// Refuses a request that changes something and comes with no proof.
pub(crate) async fn require_proof(
    State(hermes): State<Hermes>,
    mut request: Request,
    next: Next,
) -> Response {
    if request.method().is_safe() {
        return next.run(request).await;
    }
    match caller(&hermes, request.headers()).await {
        Ok(caller) => {
            request.extensions_mut().insert(caller);
            next.run(request).await
        }
        Err(error) => error.into_response(),
    }
}

async fn caller(hermes: &Hermes, headers: &HeaderMap) -> Result<Caller, ApiError> {
    if let Some(authorization) = headers.get(header::AUTHORIZATION) {
        let text = authorization.to_str().ok().and_then(bearer);
        let token = match text {
            Some(text) => hermes.check_token(text).await?,
            None => None,
        };
        let Some(token) = token else {
            let message = "this token is not valid (revoked, or of another data folder); make one with \
                           `mission-control token create NAME` and send it as `Authorization: Bearer hmc_…`";
            return Err(ApiError::unauthorized("invalid_token", message));
        };
        return Ok(Caller { token: Some(token.name) });
    }
    match origin(headers) {
        Sender::OwnPage => Ok(Caller::default()),
        Sender::OtherPage => {
            let message = "a page of another origin may not change anything here";
            Err(ApiError::new(StatusCode::FORBIDDEN, "cross_origin", message))
        }
        Sender::Program => Err(missing_token()),
    }
}

/// A program came without a token.
pub(crate) fn missing_token() -> ApiError {
    let message = "a token is needed; make one with `mission-control token create NAME` and send it as \
                   `Authorization: Bearer hmc_…`";
    ApiError::unauthorized("missing_token", message)
}

fn bearer(authorization: &str) -> Option<&str> {
    let (scheme, token) = authorization.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

#[derive(Debug, PartialEq, Eq)]
enum Sender {
    OwnPage,
    OtherPage,
    Program,
}

/// Browsers tell by `Sec-Fetch-Site`; older ones by `Origin`. Pages cannot set either.
fn origin(headers: &HeaderMap) -> Sender {
    let text =
        |name| headers.get(name).map(|value: &axum::http::HeaderValue| value.to_str().unwrap_or_default());
    match (text(header::HeaderName::from_static("sec-fetch-site")), text(header::ORIGIN)) {
        (Some("same-origin"), _) => Sender::OwnPage,
        (Some(_), _) => Sender::OtherPage,
        (None, Some(origin)) => {
            let host = text(header::HOST).filter(|host| !host.is_empty());
            let own = host.is_some_and(|host| {
                origin.strip_prefix("http://").is_some_and(|name| name.eq_ignore_ascii_case(host))
            });
            if own { Sender::OwnPage } else { Sender::OtherPage }
        }
        (None, None) => Sender::Program,
    }
}
