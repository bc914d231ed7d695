//! `GET /api/v1/audit` and `POST /api/v1/attention/decisions`: what the founder decided about items that need
//! attention, and taking it back.

use axum::{
    Extension, Json,
    extract::{Request, State},
    http::StatusCode,
};
use domain::{
    decision::{AuditEntry, DecisionRequest},
    query::Page,
};
use service::Hermes;

use crate::{
    error::{ApiError, ErrorAnswer},
    http::{
        describe::{Invalid, NotFound},
        json_body::{Shape, read},
        params::{Id, Nothing, Paging},
    },
    middleware::Caller,
};

/// The largest decision, as sent: a cause, a title and a note of the most characters, each escaped.
const MAX_DECISION: usize = 64 * 1024;

const SHAPE: Shape = Shape {
    what: "a decision",
    most: MAX_DECISION,
    write: "write a JSON object with `item`, `cause`, `title` and `kind`",
};

/// The log of decisions, the newest first.
#[utoipa::path(
    get, path = "/audit", tag = "attention", operation_id = "listAudit",
    params(Paging),
    responses(
        (status = 200, description = "A page of it, and how many entries there are", body = Page<AuditEntry>),
        Invalid
    )
)]
pub(super) async fn audit(
    Paging(page): Paging,
    State(hermes): State<Hermes>,
) -> Result<Json<Page<AuditEntry>>, ApiError> {
    Ok(Json(hermes.audit(page).await?))
}

/// Takes a decision.
///
/// Who sent it with a token is named by it; a page of ours is the founder.
#[utoipa::path(
    post, path = "/attention/decisions", tag = "attention", operation_id = "decide",
    security((), ("token" = [])),
    request_body = DecisionRequest,
    responses(
        (status = 201, description = "Its entry in the log", body = AuditEntry),
        (status = 401, body = ErrorAnswer, description = "No proof came (`missing_token`), or no valid token (`invalid_token`)"),
        (status = 403, body = ErrorAnswer, description = "A page of another origin asked (`cross_origin`)"),
        (status = 413, body = ErrorAnswer, description = "Longer than a decision is (`too_large`)"),
        Invalid
    )
)]
pub(super) async fn decide(
    _: Nothing,
    State(hermes): State<Hermes>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Result<(StatusCode, Json<AuditEntry>), ApiError> {
    let entry = hermes.decide(read::<DecisionRequest>(request, &SHAPE).await?, caller.name()).await?;
    Ok((StatusCode::CREATED, Json(entry)))
}

/// Takes a decision back.
#[utoipa::path(
    post, path = "/attention/decisions/{id}/undo", tag = "attention", operation_id = "undo",
    security((), ("token" = [])),
    params(("id" = u64, Path, description = "The entry's id in the log")),
    responses(
        (status = 201, description = "The entry of the undoing", body = AuditEntry),
        (status = 401, body = ErrorAnswer, description = "No proof came (`missing_token`), or no valid token (`invalid_token`)"),
        (status = 403, body = ErrorAnswer, description = "A page of another origin asked (`cross_origin`)"),
        (status = 409, body = ErrorAnswer, description = "It is not the decision in force on its item (`conflict`)"),
        Invalid, NotFound
    )
)]
pub(super) async fn undo(
    Id(id): Id<u64>,
    _: Nothing,
    State(hermes): State<Hermes>,
    Extension(caller): Extension<Caller>,
) -> Result<(StatusCode, Json<AuditEntry>), ApiError> {
    let entry = hermes.undo(id, caller.name()).await?;
    Ok((StatusCode::CREATED, Json(entry)))
}
