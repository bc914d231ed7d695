//! A form that is sent again is done once: its first answer is given again.
//!
//! Pages send their changes with a key ([`KEY`]) and send them again when no answer came. Content tells most of that apart by
//! itself (a decision that repeats the one in force is no second one), but not what was undone or changed again in between.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{Method, StatusCode, response::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::Caller;
use crate::error::ApiError;

/// The header with the key.
const KEY: &str = "idempotency-key";
/// The longest key, in bytes.
const MAX_KEY: usize = 128;
/// Answers that are kept: more changes than a founder sends while an answer may still be missing.
const MOST: usize = 256;
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
    let Some(key) = key(&request) else { return next.run(request).await };
    let mut kept = once.slot(key).lock_owned().await;
    if let Some((parts, body)) = &*kept {
        return Response::from_parts(parts.clone(), Body::from(body.clone()));
    }
    // To the end, even if who asked has gone: what is done is noted as done.
    let done = tokio::spawn(async move {
        let (parts, body) = next.run(request).await.into_parts();
        let Ok(body) = to_bytes(body, MAX_ANSWER).await else { return unanswered() };
        if !parts.status.is_server_error() {
            *kept = Some((parts.clone(), body.clone()));
        }
        Response::from_parts(parts, Body::from(body))
    });
    done.await.unwrap_or_else(|_| unanswered())
}

fn unanswered() -> Response {
    let message = "the form could not be answered; load the page again to see whether it was done";
    ApiError::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", message).into_response()
}

fn key(request: &Request) -> Option<String> {
    let key = request.headers().get(KEY)?.to_str().ok()?;
    let by = request.extensions().get::<Caller>().map_or("", Caller::name);
    let fits = request.method() == Method::POST && key.len() <= MAX_KEY;
    fits.then(|| format!("{by} {} {key}", request.uri()))
}
