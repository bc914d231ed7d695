//! `POST /api/v1/ingest`: lines of native telemetry from programs.
//!
//! 200 where lines were understood (those that were not are listed), 422 where none was. Either way the answer
//! comes when everything that it counts as accepted is durable. On any other status nothing was promised: sending
//! the same lines again is always right, and never stores one twice.

use std::time::Instant;

use axum::{
    Extension, Json,
    body::{Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use service::{Admission, Busy, Hermes, Receipt};
use tokio::sync::TryAcquireError;

use crate::{
    error::{ApiError, ErrorAnswer},
    http::{
        inflate::Encoding,
        receipt::{Answer, Refused},
    },
    limits::{Limits, MAX_BODY, PIECE},
    line_ends::line_ends,
    metrics::{Metrics, Way},
    middleware::{Caller, missing_token},
};

/// When a sender that found no place should come back.
const BUSY: Busy = Busy { retry_after: std::time::Duration::from_secs(1) };

/// Takes lines of telemetry.
///
/// NDJSON, one line of native telemetry each (docs/telemetry.md). A line that is sent again is never stored twice. On
/// any status but 200 and 422 nothing was promised: sending the same lines again is right.
#[utoipa::path(
    post, path = "/ingest", tag = "ingest", operation_id = "ingest",
    security(("token" = [])),
    params(("Content-Encoding" = Option<String>, Header, description = "`gzip`, `zstd` or `identity`")),
    request_body(
        content = String, content_type = "application/x-ndjson",
        description = "The lines: at most 16 MiB as sent, 64 MiB unpacked. Any type but a form is taken"
    ),
    responses(
        (status = 200, description = "At least one line was understood, or there was none", body = Answer),
        (status = 400, body = ErrorAnswer,
            description = "The body ended early (`incomplete_body`) or is not what its encoding says (`bad_encoding`)"),
        (status = 401, body = ErrorAnswer, headers(("WWW-Authenticate" = String)),
            description = "No token came (`missing_token`), or none that is valid (`invalid_token`)"),
        (status = 403, body = ErrorAnswer, description = "A page of another origin asked (`cross_origin`)"),
        (status = 413, body = ErrorAnswer, description = "More than is taken at once (`too_large`)"),
        (status = 415, body = ErrorAnswer,
            description = "A form (`unsupported_type`), or an encoding that is not read (`unsupported_encoding`)"),
        (status = 422, body = Refused, description = "No line was understood (`nothing_understood`)"),
        (status = 429, body = ErrorAnswer, headers(("Retry-After" = u64, description = "Seconds")),
            description = "Too much is waiting to be stored (`busy`)"),
    )
)]
pub(super) async fn ingest(
    State(hermes): State<Hermes>,
    State(metrics): State<Metrics>,
    State(limits): State<Limits>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Result<Response, ApiError> {
    // A page of ours may change things without a token, but telemetry always tells who sent it.
    let sender = caller.token.ok_or_else(missing_token)?;
    check_type(request.headers())?;
    let encoding = Encoding::of(request.headers())?;
    let _place =
        limits.bodies.try_acquire().map_err(|_: TryAcquireError| ApiError::busy(BUSY.retry_after))?;
    let body = read(request).await?;
    let unpacking = match encoding {
        Encoding::Plain => None,
        // The semaphore is never closed.
        Encoding::Gzip | Encoding::Zstd => limits.unpacking.acquire().await.ok(),
    };
    let unpacked = tokio::task::spawn_blocking(move || encoding.unpack(&body)).await;
    let lines = unpacked.map_err(|error| ApiError::unavailable(&error.to_string()))??;
    let receipt = store(&hermes, &metrics, &lines).await?;
    drop(unpacking);
    tracing::info!(
        ingest.sender = sender,
        ingest.accepted = receipt.accepted,
        ingest.duplicate = receipt.duplicate,
        ingest.conflicting = receipt.conflicting.total,
        ingest.rejected = receipt.rejected.total,
        "lines taken"
    );
    Ok(answer(receipt))
}

/// Stores the lines piece by piece. The first piece is refused where too much is waiting; later ones wait.
async fn store(hermes: &Hermes, metrics: &Metrics, lines: &[u8]) -> Result<Receipt, ApiError> {
    let mut receipt = Receipt::default();
    let (mut rest, mut number, mut admission) = (lines, 1, Admission::Refuse);
    while !rest.is_empty() {
        let (piece, later) = rest.split_at(piece_end(rest));
        let started = Instant::now();
        let stored = hermes.ingest(piece.to_vec(), number, None, admission).await?;
        metrics.appended(piece.len(), started.elapsed());
        metrics.lines(Way::Http, &stored);
        receipt.append(stored);
        number += line_ends(piece);
        (rest, admission) = (later, Admission::Wait);
    }
    Ok(receipt)
}

/// Where a piece ends: after the first line end from [`PIECE`] bytes on.
fn piece_end(lines: &[u8]) -> usize {
    let from = PIECE.min(lines.len());
    lines[from..].iter().position(|byte| *byte == b'\n').map_or(lines.len(), |at| from + at + 1)
}

fn answer(receipt: Receipt) -> Response {
    if receipt.understood() > 0 || receipt.rejected.total == 0 {
        return Json(Answer::from(receipt)).into_response();
    }
    let message = "no line was understood; `rejected` says why of each, docs/telemetry.md has the format (with curl \
                   use --data-binary: -d takes the line ends away)";
    let error = ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "nothing_understood", message);
    (error.status, Json(Refused { error: error.part(), answer: receipt.into() })).into_response()
}

async fn read(request: Request) -> Result<Bytes, ApiError> {
    let too_large = || {
        let most = MAX_BODY / 1024 / 1024;
        ApiError::too_large(format!(
            "a body has at most {most} MiB as sent; send it in parts, or compress it"
        ))
    };
    let length =
        request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if length.is_some_and(|length: u64| length > MAX_BODY as u64) {
        return Err(too_large());
    }
    to_bytes(request.into_body(), MAX_BODY).await.map_err(|error| {
        let reason = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
        if reason.contains("length limit") {
            return too_large();
        }
        ApiError::new(
            StatusCode::BAD_REQUEST,
            "incomplete_body",
            "the body ended early; nothing of it was stored",
        )
    })
}

/// Files in a form are refused. The type that curl sends if nobody says otherwise is taken for what it is: no type.
fn check_type(headers: &HeaderMap) -> Result<(), ApiError> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.trim().to_ascii_lowercase().starts_with("multipart/") {
        return Ok(());
    }
    let message =
        "this is a form with files; send the lines themselves as the body (with curl --data-binary @FILE)";
    Err(ApiError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_type", message))
}
