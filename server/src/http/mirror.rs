//! `GET /api/v1/mirror` and below: what the browser's mirror of the ledger is loaded by.

use axum::{
    Json,
    extract::{FromRequestParts, State},
    http::{HeaderValue, header, request::Parts},
    response::{IntoResponse, Response},
};
use domain::month::Month;
use mirror::Manifest;
use service::Hermes;

use crate::{
    error::{ApiError, ErrorAnswer},
    http::{
        describe::Invalid,
        params::{Id, Nothing, only},
    },
};

/// A version's bytes are the same for ever. They are one founder's, so nobody else keeps them.
const FOR_EVER: HeaderValue = HeaderValue::from_static("private, max-age=31536000, immutable");

const BYTES: HeaderValue = HeaderValue::from_static("application/octet-stream");

/// What of the ledger there is to load, newest first.
///
/// Chunks are made for the page's own code: rows as bytes, in a form that has a version and no promise beyond it. Programs
/// read `/tasks/export`.
#[utoipa::path(
    get, path = "/mirror", tag = "tasks", operation_id = "getMirror",
    responses((status = 200, description = "The chunks, and the place in the log at which they are whole", body = Manifest), Invalid)
)]
pub(super) async fn manifest(_: Nothing, State(hermes): State<Hermes>) -> Result<Json<Manifest>, ApiError> {
    Ok(Json(hermes.mirror().await?))
}

/// The tasks that are open, and those that were created from a month on, as a chunk.
#[utoipa::path(
    get, path = "/mirror/fresh", tag = "tasks", operation_id = "getMirrorFresh",
    params(("since" = String, Query, description = "The month (UTC), as the manifest names it: `2026-11`")),
    responses((status = 200, description = "The chunk", body = [u8], content_type = "application/octet-stream"), Invalid)
)]
pub(super) async fn fresh(Since(since): Since, State(hermes): State<Hermes>) -> Result<Response, ApiError> {
    Ok(([(header::CONTENT_TYPE, BYTES)], hermes.mirror_fresh(since).await?).into_response())
}

/// The closed tasks that were created in a month, as a chunk that never changes under its version.
#[utoipa::path(
    get, path = "/mirror/{month}", tag = "tasks", operation_id = "getMirrorMonth",
    params(
        ("month" = String, Path, description = "The month (UTC): `2026-10`"),
        ("v" = String, Query, description = "Its version, as the manifest names it"),
    ),
    responses(
        (status = 200, description = "The chunk", body = [u8], content_type = "application/octet-stream"),
        (status = 404, body = ErrorAnswer, description = "Another version is in force (`not_found`); ask for the manifest again"),
        Invalid
    )
)]
pub(super) async fn month(
    Id(month): Id<Month>,
    Version(version): Version,
    State(hermes): State<Hermes>,
) -> Result<Response, ApiError> {
    let changed = || {
        ApiError::not_found(format!(
            "{month} has no version `{version}` any more; ask for /api/v1/mirror again"
        ))
    };
    let bytes = hermes.mirror_month(month, &version).await?.ok_or_else(changed)?;
    Ok(([(header::CONTENT_TYPE, BYTES), (header::CACHE_CONTROL, FOR_EVER)], bytes).into_response())
}

/// The first month that is fresh.
pub(super) struct Since(Month);

/// The version of a month.
pub(super) struct Version(String);

impl<S: Send + Sync> FromRequestParts<S> for Since {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        one(parts, "since")?.parse().map(Self).map_err(|reason: &str| ApiError::invalid("since", reason))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Version {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        one(parts, "v").map(|text| Self(text.chars().take(80).collect()))
    }
}

/// The one parameter, which must be there.
fn one(parts: &Parts, key: &str) -> Result<String, ApiError> {
    let text = parts.uri.query().unwrap_or_default();
    only(text, &[key])?;
    let value = form_urlencoded::parse(text.as_bytes()).map(|(_, value)| value.into_owned()).next();
    value.ok_or_else(|| ApiError::invalid(key, "is missing; take the address from /api/v1/mirror"))
}
