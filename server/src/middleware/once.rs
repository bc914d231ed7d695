//! A form that is sent again is done once: its first answer is given again.
//!
//! Pages send their changes with a key ([`KEY`]) and send them again when no answer came. Content tells most of that apart by
//! itself (a decision that repeats the one in force is no second one), but not what was undone or changed again in between.

use std::{
    collections::VecDeque,
    hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher},
    panic::resume_unwind,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{Method, StatusCode, response::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};

use tracing::Instrument as _;

use super::Caller;
use crate::error::ApiError;

/// The header with the key.
const KEY: &str = "idempotency-key";
/// The longest key, in bytes.
const MAX_KEY: usize = 128;
/// Answers that are kept: more changes than a founder sends while an answer may still be missing.
const MOST: usize = 256;
/// The longest form, in bytes: settings that are imported.
const MAX_FORM: usize = 2 * 1024 * 1024;
/// The longest answer to a form, in bytes: a section of the settings as it was written.
const MAX_ANSWER: usize = 2 * 1024 * 1024;

/// Answers to changes, by who sent what under which key.
#[derive(Clone, Default)]
pub struct Once(Arc<Mutex<VecDeque<(String, Slot)>>>);

/// The place of an answer: held by the request that makes it, so that a second one waits for it.
type Slot = Arc<tokio::sync::Mutex<Option<(Parts, Bytes)>>>;

impl Once {
    fn slot(&self, key: String) -> Slot {
        let mut slots = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, slot)) = slots.iter().find(|(known, _)| *known == key) {
            return Arc::clone(slot);
        }
        if slots.len() >= MOST {
            slots.pop_front();
        }
        let slot = Slot::default();
        slots.push_back((key, Arc::clone(&slot)));
        slot
    }
}

/// Does what a request with a key asks for once, and answers every request with that key alike. What failed on our side is
/// tried again.
pub(crate) async fn once(State(once): State<Once>, request: Request, next: Next) -> Response {
    if request.method() != Method::POST || !request.headers().contains_key(KEY) {
        return next.run(request).await;
    }
    let Some(key) = key(&request) else {
        let message = format!(
            "the header {KEY} is longer than {MAX_KEY} bytes, or is no text; leave it out or shorten it"
        );
        return ApiError::new(StatusCode::BAD_REQUEST, "invalid", message).into_response();
    };
    // All of it is here before anything waits for it: who stops sending holds up nobody.
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MAX_FORM).await else {
        let message = format!("the form did not come to its end, or has more than {MAX_FORM} bytes");
        return ApiError::too_large(message).into_response();
    };
    // Another form under the same key is another change.
    let key = format!("{key} {}", BuildHasherDefault::<DefaultHasher>::default().hash_one(&body));
    let request = Request::from_parts(parts, Body::from(body));
    let mut kept = once.slot(key).lock_owned().await;
    if let Some((parts, body)) = &*kept {
        return Response::from_parts(parts.clone(), Body::from(body.clone()));
    }
    // To the end, even if who asked has gone: what is done is noted as done.
    let done = async move {
        let (parts, body) = next.run(request).await.into_parts();
        let Ok(body) = to_bytes(body, MAX_ANSWER).await else { return unanswered() };
        if !parts.status.is_server_error() {
            *kept = Some((parts.clone(), body.clone()));
        }
        Response::from_parts(parts, Body::from(body))
    };
    match tokio::spawn(done.in_current_span()).await {
        Ok(response) => response,
        Err(failed) => match failed.try_into_panic() {
            // As if it had happened here: it is logged and answered with all others.
            Ok(panic) => resume_unwind(panic),
            Err(_) => unanswered(),
        },
    }
}

fn unanswered() -> Response {
    let message = "the form could not be answered; load the page again to see whether it was done";
    ApiError::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", message).into_response()
}

fn key(request: &Request) -> Option<String> {
    let key = request.headers().get(KEY)?.to_str().ok()?;
    let by = request.extensions().get::<Caller>().map_or("", Caller::name);
    (key.len() <= MAX_KEY).then(|| format!("{by} {} {key}", request.uri()))
}
