//! What stands in a path or behind the `?`. An unknown parameter is an error: ignoring one shows the wrong rows.

use std::{fmt::Display, str::FromStr};

use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};
use domain::query::{PageRequest, TaskQuery};

use crate::error::ApiError;

/// An id in the path. Any character is fine, percent-encoded; a `/` as `%2F`.
pub(super) struct Id<T>(pub(super) T);

/// `page` and `perPage`, and nothing else.
pub(super) struct Paging(pub(super) PageRequest);

/// No parameters at all.
pub(super) struct Nothing;

impl<S: Send + Sync, T: FromStr<Err: Display>> FromRequestParts<S> for Id<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let path = Path::<String>::from_request_parts(parts, state).await;
        let Path(text) = path.map_err(|rejection| ApiError::invalid("id", rejection.body_text()))?;
        text.parse().map(Self).map_err(|reason| ApiError::invalid("id", format!("{reason}")))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Paging {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let text = parts.uri.query().unwrap_or_default();
        only(text, &["page", "perPage"])?;
        Ok(Self(TaskQuery::parse(text)?.page))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Nothing {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        only(parts.uri.query().unwrap_or_default(), &[]).map(|()| Self)
    }
}

fn only(text: &str, known: &[&str]) -> Result<(), ApiError> {
    let mut keys = form_urlencoded::parse(text.as_bytes()).map(|(key, _)| key);
    let Some(unknown) = keys.find(|key| !known.contains(&key.as_ref())) else { return Ok(()) };
    let field: String = unknown.chars().take(40).collect();
    let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
    Err(ApiError::invalid(&field, format!("no such parameter; this path takes {known}")))
}
