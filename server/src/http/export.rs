//! `GET /api/v1/tasks/export`: the tasks of a filter as a file, written while it is sent.
//!
//! The answer begins when its first rows were read, so the time limit of requests bounds that only. An export that fails
//! later ends its body without the end that HTTP wants, so no client takes it for whole.

use std::{io, time::Duration};

use axum::{
    body::{Body, Bytes},
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use domain::{query::TaskQuery, retell::ExportFormat};
use futures::stream::poll_fn;
use service::{Export, Hermes};
use tokio::sync::{OwnedSemaphorePermit, mpsc};

use crate::{
    error::{ApiError, ErrorAnswer},
    http::{describe::Invalid, params::Exporting},
    limits::Limits,
};

/// How long a client may take to read one part. An export holds on to the moment that it tells of.
const PATIENCE: Duration = Duration::from_mins(1);

/// How many parts wait to be sent.
const AHEAD: usize = 2;

/// When to come back where too many exports are on their way.
const RETRY_AFTER: Duration = Duration::from_secs(5);

/// All tasks of a filter, as a file.
///
/// `json` is a list of tasks in the order asked for. `jsonl` is native telemetry: the tasks with their products, events
/// and runs, as lines that `POST /ingest` takes. All of it is of one moment. A body that is cut off is no whole export.
#[utoipa::path(
    get, path = "/tasks/export", tag = "tasks", operation_id = "exportTasks",
    params(Exporting),
    responses(
        (status = 200, description = "The file", content(
            (Vec<domain::task::Task> = "application/json"), (String = "application/x-ndjson")
        )),
        (status = 429, body = ErrorAnswer, description = "Too many exports are on their way (`busy`); `Retry-After` says when to come back"),
        Invalid
    )
)]
pub(super) async fn export(
    Exporting(format, query): Exporting,
    State(hermes): State<Hermes>,
    State(limits): State<Limits>,
) -> Result<Response, ApiError> {
    let place = limits.exports.try_acquire_owned().map_err(|_| ApiError::busy(RETRY_AFTER))?;
    begin(&hermes, format, &query, place).await
}

async fn begin(
    hermes: &Hermes,
    format: ExportFormat,
    query: &TaskQuery,
    place: OwnedSemaphorePermit,
) -> Result<Response, ApiError> {
    let mut export = hermes.export(query, format).await?;
    // What cannot be read at all is refused as a whole.
    let first = export.next().await?;
    let (sender, mut parts) = mpsc::channel(AHEAD);
    tokio::spawn(send(export, first, sender, place));
    let kind = match format {
        ExportFormat::Json => "application/json",
        ExportFormat::Jsonl => "application/x-ndjson",
    };
    let name = file_name(format, hermes.now());
    let headers =
        [(header::CONTENT_TYPE, HeaderValue::from_static(kind)), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, Body::from_stream(poll_fn(move |cx| parts.poll_recv(cx)))).into_response())
}

/// Hands out an export, and says at its end where it is not whole.
async fn send(
    export: Export,
    first: Option<Vec<u8>>,
    sender: mpsc::Sender<io::Result<Bytes>>,
    place: OwnedSemaphorePermit,
) {
    let told = tell(export, first, &sender).await;
    drop(place);
    if let Err(why) = told {
        // A client that went away needs no word.
        let _ = sender.send(Err(io::Error::other(why))).await;
    }
}

/// Hands out an export part by part, until it ends or nobody reads it any more.
async fn tell(
    mut export: Export,
    first: Option<Vec<u8>>,
    sender: &mpsc::Sender<io::Result<Bytes>>,
) -> Result<(), &'static str> {
    let mut part = first;
    while let Some(bytes) = part {
        match tokio::time::timeout(PATIENCE, sender.send(Ok(bytes.into()))).await {
            Ok(Ok(())) => {}
            Ok(Err(_)) => return Ok(()),
            Err(_) => {
                tracing::warn!("an export was not read for a minute and was given up");
                return Err("not read in time");
            }
        }
        part = export.next().await.map_err(|error| {
            tracing::error!(%error, "an export broke off");
            "the store failed"
        })?;
    }
    Ok(())
}

/// `hermes-tasks-2026-11-20.json`, dated in UTC.
fn file_name(format: ExportFormat, now: DateTime<Utc>) -> HeaderValue {
    let text = format!("attachment; filename=\"hermes-tasks-{}.{format}\"", now.format("%Y-%m-%d"));
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("attachment"))
}
