//! What an API request gets when it cannot be answered: one shape, `{"error":{"code","field","message"}}`.
//!
//! Messages are for the sender: they name the remedy and never carry the text of an inner failure, which goes to
//! the log instead.

use std::time::Duration;

use axum::{
    Json,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::query::QueryError;
use serde::Serialize;
use service::{IngestError, ServiceError};
use utoipa::ToSchema;

/// A refused request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ApiError {
    /// The HTTP status.
    pub status: StatusCode,
    /// A stable name of what is wrong, for programs.
    pub code: &'static str,
    /// The parameter that is wrong, where it is one.
    pub field: Option<String>,
    /// What is wrong and what to do, for people.
    pub message: String,
    header: Option<Box<(HeaderName, HeaderValue)>>,
}

/// The one shape of a refusal.
#[derive(Serialize, ToSchema)]
pub(crate) struct ErrorAnswer {
    /// What is wrong.
    error: ErrorPart,
}

/// What is wrong.
#[derive(Serialize, ToSchema)]
pub(crate) struct ErrorPart {
    /// A stable name of what is wrong, for programs.
    code: &'static str,
    /// The parameter that is wrong, where it is one.
    #[schema(required = true)]
    field: Option<String>,
    /// What is wrong and what to do, for people.
    message: String,
}

impl ApiError {
    /// A refusal of any kind.
    pub fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, field: None, message: message.into(), header: None }
    }

    /// Nothing is there.
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", message)
    }

    /// A parameter is wrong.
    pub fn invalid(field: &str, message: impl Into<String>) -> Self {
        Self {
            field: Some(field.to_owned()),
            ..Self::new(StatusCode::BAD_REQUEST, "invalid_parameter", message)
        }
    }

    /// No token came, or a wrong one.
    pub fn unauthorized(code: &'static str, message: impl Into<String>) -> Self {
        let challenge = HeaderValue::from_static("Bearer realm=\"Mission Control\"");
        Self::new(StatusCode::UNAUTHORIZED, code, message).with(header::WWW_AUTHENTICATE, challenge)
    }

    /// More was sent than is taken at once.
    pub fn too_large(message: impl Into<String>) -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", message)
    }

    /// Too much is waiting.
    pub fn busy(retry_after: Duration) -> Self {
        let seconds = retry_after.as_secs().max(1);
        let message = format!("too much is waiting to be stored; send this again in {seconds} s");
        Self::new(StatusCode::TOO_MANY_REQUESTS, "busy", message)
            .with(header::RETRY_AFTER, HeaderValue::from(seconds))
    }

    /// The store does not answer. The reason is logged here, once, and not sent.
    pub fn unavailable(reason: &str) -> Self {
        tracing::error!(error.message = reason, "the store failed");
        let message = "the store does not answer at present; the server's log says why";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", message)
            .with(header::RETRY_AFTER, HeaderValue::from_static("5"))
    }

    /// Adds a header to the answer.
    #[must_use]
    pub fn with(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.header = Some(Box::new((name, value)));
        self
    }

    /// The `error` part of the answer's JSON.
    pub(crate) fn part(&self) -> ErrorPart {
        ErrorPart { code: self.code, field: self.field.clone(), message: self.message.clone() }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let cache = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
        let mut response = (self.status, cache, Json(ErrorAnswer { error: self.part() })).into_response();
        if let Some(header) = &self.header {
            response.headers_mut().insert(header.0.clone(), header.1.clone());
        }
        // So that a page gets a page instead: `middleware::present`.
        response.extensions_mut().insert(self);
        response
    }
}

impl From<ServiceError> for ApiError {
    fn from(error: ServiceError) -> Self {
        match error {
            ServiceError::Invalid(reason) => Self::new(StatusCode::BAD_REQUEST, "invalid", reason),
            ServiceError::Field { field, reason } => Self::invalid(field, reason),
            ServiceError::NotFound(reason) => Self::not_found(reason),
            ServiceError::Conflict(reason) => Self::new(StatusCode::CONFLICT, "conflict", reason),
            ServiceError::Unavailable(reason) => Self::unavailable(&reason),
        }
    }
}

impl From<IngestError> for ApiError {
    fn from(error: IngestError) -> Self {
        match error {
            IngestError::Busy(busy) => Self::busy(busy.retry_after),
            IngestError::Service(error) => error.into(),
        }
    }
}

impl From<QueryError> for ApiError {
    fn from(error: QueryError) -> Self {
        Self::invalid(&error.field, error.reason)
    }
}
