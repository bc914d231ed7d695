//! `GET /api/v1/live`: what changes, as it happens, in the form of server-sent events.
//!
//! No time limit ends it and nothing compresses it (`router.rs` compresses HTML and JSON only). It ends with its reader, with
//! the server, or where the store fails; readers come back by themselves and go on from the last `id` that they saw.

mod asked;
mod event;

use std::{convert::Infallible, time::Duration};

use axum::{
    body::{Body, Bytes},
    extract::State,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::live::{Beat, Hello, Reached, Touching};
use futures::{StreamExt as _, stream::unfold};
use service::{Hermes, LiveMessage, LiveStream};
use tokio::sync::OwnedSemaphorePermit;
use tokio_util::sync::CancellationToken;

use self::asked::AskedLive;
use crate::{error::ApiError, http::describe::Invalid, limits::Limits, state::AppState};

/// Proxies that collect an answer before they pass it on are asked not to.
const UNBUFFERED: (HeaderName, HeaderValue) =
    (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));

/// When to come back where too many streams are open.
const RETRY_AFTER: Duration = Duration::from_secs(10);

/// What changes, as it happens.
///
/// Server-sent events. `hello` comes first: `{seq, now, version, build, marks}`. `changes` carries a list of `{seq, kind, row}`, each
/// with the whole row as the ledger keeps it; what happens within 50 ms is one message. `touched` (`{areas, marks}`) says that
/// decisions, settings, views or the founder's word about products have new entries. `upto` (`{seq}`) says that only rows
/// changed that the stream leaves out. `resync` (`{seq}`) says that what lies between is not told: read again what is shown; the
/// stream goes on from there. `beat` (`{seq, now}`) comes after 15 s in which there was nothing to say. The `id` of a message is
/// the place that is reached with it.
#[utoipa::path(
    get, path = "/live", tag = "live", operation_id = "getLive",
    params(AskedLive),
    responses(
        (status = 200, description = "The stream", body = String, content_type = "text/event-stream"),
        Invalid
    )
)]
pub(super) async fn live(
    AskedLive { from, filter }: AskedLive,
    State(state): State<AppState>,
) -> Result<Response, ApiError> {
    let AppState { hermes, limits, end, site, .. } = state;
    let place = admitted(&limits)?;
    let stream = hermes.live(from, filter).await?;
    let hello = hello(&hermes, &stream, &site.assets().build);
    let head = [(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream")), UNBUFFERED];
    Ok((head, body(hermes, stream, hello, end, place)).into_response())
}

fn admitted(limits: &Limits) -> Result<OwnedSemaphorePermit, ApiError> {
    limits.streams.clone().try_acquire_owned().map_err(|_| {
        let seconds = RETRY_AFTER.as_secs();
        let message = format!(
            "as many live streams are open as may be; close pages that are not needed, or come back in {seconds} s"
        );
        ApiError::new(StatusCode::SERVICE_UNAVAILABLE, "too_many_streams", message)
            .with(header::RETRY_AFTER, HeaderValue::from(seconds))
    })
}

fn hello(hermes: &Hermes, stream: &LiveStream, build: &str) -> Bytes {
    let hello = Hello {
        seq: stream.place(),
        now: hermes.now(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        build: build.to_owned(),
        marks: stream.marks(),
    };
    // Who is cut off before he hears that he must begin anew must hear it again.
    let id = (!stream.is_lost()).then_some(hello.seq);
    event::first(event::of("hello", id, &hello))
}

/// What is sent, as it is asked for: a reader that is slow makes the stream skip, not the memory grow.
fn body(
    hermes: Hermes,
    stream: LiveStream,
    hello: Bytes,
    end: CancellationToken,
    place: OwnedSemaphorePermit,
) -> Body {
    let first = futures::stream::iter([hello]);
    let rest =
        unfold((hermes, stream, place), async |(hermes, mut stream, place)| match stream.next().await {
            Ok(message) => Some((told(&hermes, message), (hermes, stream, place))),
            Err(error) => {
                tracing::error!(error.message = %error, "a live stream ends because the store failed");
                None
            }
        });
    Body::from_stream(first.chain(rest).take_until(end.cancelled_owned()).map(Ok::<_, Infallible>))
}

fn told(hermes: &Hermes, message: LiveMessage) -> Bytes {
    match message {
        LiveMessage::Changes { upto, json } => event::raw("changes", Some(upto), &json),
        LiveMessage::Touched(areas, marks) => event::of("touched", None, &Touching { areas, marks }),
        LiveMessage::Upto(seq) => event::of("upto", Some(seq), &Reached { seq }),
        LiveMessage::Resync(seq) => event::of("resync", Some(seq), &Reached { seq }),
        LiveMessage::Beat(seq) => event::of("beat", Some(seq), &Beat { seq, now: hermes.now() }),
    }
}
