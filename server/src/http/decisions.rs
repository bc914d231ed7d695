//! `GET /api/v1/audit` and `POST /api/v1/attention/decisions`: what the founder decided about items that need
//! attention, and taking it back.

use axum::{
    Extension, Json,
    body::to_bytes,
    extract::{Request, State},
    http::StatusCode,
};
use domain::{
    decision::{AuditEntry, DecisionRequest},
    query::Page,
};
use serde::Deserialize;
use serde_path_to_error::Track;
use service::Hermes;

use crate::{
    error::ApiError,
    http::params::{Id, Nothing, Paging},
    middleware::Caller,
};

/// The largest decision, as sent: a cause, a title and a note of the most characters, each escaped.
const MAX_DECISION: usize = 64 * 1024;

/// The log of decisions, the newest first.
pub(super) async fn audit(
    Paging(page): Paging,
    State(hermes): State<Hermes>,
) -> Result<Json<Page<AuditEntry>>, ApiError> {
    Ok(Json(hermes.audit(page).await?))
}

/// Takes a decision. Who sent it with a token is named by it; a page of ours is the founder.
pub(super) async fn decide(
    _: Nothing,
    State(hermes): State<Hermes>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Result<(StatusCode, Json<AuditEntry>), ApiError> {
    let entry = hermes.decide(read(request).await?, caller.name()).await?;
    Ok((StatusCode::CREATED, Json(entry)))
}

/// Takes a decision back.
pub(super) async fn undo(
    Id(id): Id<u64>,
    _: Nothing,
    State(hermes): State<Hermes>,
    Extension(caller): Extension<Caller>,
) -> Result<(StatusCode, Json<AuditEntry>), ApiError> {
    let entry = hermes.undo(id, caller.name()).await?;
    Ok((StatusCode::CREATED, Json(entry)))
}

async fn read(request: Request) -> Result<DecisionRequest, ApiError> {
    let too_large =
        |_| ApiError::too_large(format!("a decision has at most {MAX_DECISION} bytes; shorten its note"));
    let body = to_bytes(request.into_body(), MAX_DECISION).await.map_err(too_large)?;
    parse(&body)
}

/// Reads the JSON of a decision; what is wrong is named by its field.
fn parse(body: &[u8]) -> Result<DecisionRequest, ApiError> {
    let shape = "write a JSON object with `item`, `cause`, `title` and `kind`";
    // serde would also take a list of values in the order of the fields.
    if body.trim_ascii_start().starts_with(b"[") {
        return Err(ApiError::invalid("body", format!("a list; {shape}")));
    }
    let mut json = serde_json::Deserializer::from_slice(body);
    let mut track = Track::new();
    let request = DecisionRequest::deserialize(serde_path_to_error::Deserializer::new(&mut json, &mut track));
    request.and_then(|request| json.end().map(|()| request)).map_err(|error| {
        let text = error.to_string();
        let reason = text.rsplit_once(" at line ").map_or(text.as_str(), |(reason, _)| reason);
        if error.is_syntax() || error.is_eof() {
            return ApiError::invalid("body", format!("broken JSON: {reason}; {shape}"));
        }
        // A missing field is reported at the object; name the field itself.
        match reason.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`')) {
            Some(field) => ApiError::invalid(field, format!("missing; {shape}")),
            None => match track.path().to_string() {
                path if path == "." => ApiError::invalid("body", format!("{reason}; {shape}")),
                path => ApiError::invalid(&path, reason),
            },
        }
    })
}
