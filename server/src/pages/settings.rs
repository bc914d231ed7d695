//! `POST /hermes/settings`: the forms of the settings page, which work without scripts.

use app::{
    api::settings::{Outcome, Shown, Submitted},
    links,
};
use axum::{
    Json,
    body::Body,
    extract::{FromRequest, Multipart, Request, State},
    http::{StatusCode, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use domain::settings::Section;
use leptos::prelude::provide_context;

use super::{cache, contexts, document};
use crate::{error::ApiError, middleware::Caller, state::AppState};

/// The longest form, in bytes: a file of settings, pasted, with every character escaped.
const MAX_FORM: usize = 1024 * 1024;

/// Does what a form asks for, and shows the page or leads back to it.
pub(super) async fn submit(State(state): State<AppState>, request: Request) -> Result<Response, ApiError> {
    let (mut parts, body) = request.into_parts();
    let section = section(&parts)?;
    let form = read(&parts, body).await?;
    let by = parts.extensions.get::<Caller>().map_or("", Caller::name).to_owned();
    if let Some(done) = demo(&state, &form.what).await? {
        return Ok(done);
    }
    let outcome = app::api::settings::submit(&state.hermes, section, form, &by).await?;
    let in_place = asks_for_json(&parts);
    let (shown, wrong) = match outcome {
        Outcome::Done(location) if in_place => return Ok([(header::LOCATION, location)].into_response()),
        Outcome::Done(location) => return Ok(Redirect::to(&location).into_response()),
        Outcome::Show(shown, wrong) => (*shown, wrong),
    };
    if in_place {
        let view = app::api::settings::shown(&state.hermes, shown, state.demos.shown()).await?;
        return Ok(Json(view).into_response());
    }
    parts.headers.remove(header::CONTENT_TYPE);
    parts.headers.remove(header::CONTENT_LENGTH);
    let mut response = render(&state, Request::from_parts(parts, Body::empty()), shown).await;
    if wrong && response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// Whether the page sent the form without being left.
fn asks_for_json(parts: &Parts) -> bool {
    let accept = parts.headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
    accept.is_some_and(|accept| accept.starts_with("application/json"))
}

async fn render(state: &AppState, request: Request, shown: Shown) -> Response {
    let around = contexts(state);
    let with = move || {
        around();
        provide_context(shown.clone());
    };
    cache(leptos_axum::render_app_async_with_context(with, document)(request).await).await
}

fn section(parts: &Parts) -> Result<Section, ApiError> {
    let query = parts.uri.query().unwrap_or_default();
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    let named = pairs.find(|(name, _)| name == "section").map(|(_, value)| value.into_owned());
    let Some(named) = named else { return Ok(Section::General) };
    named.parse().map_err(|error: domain::UnknownValue| ApiError::invalid("section", error.to_string()))
}

/// Shows demo data beside the real one, or no more.
async fn demo(state: &AppState, what: &str) -> Result<Option<Response>, ApiError> {
    match what {
        "demo-on" => {
            let started = state.demos.start(state.site.clone()).await;
            started.map_err(|error| ApiError::unavailable(&format!("demo data: {error:#}")))?;
        }
        "demo-off" => state.demos.stop().await,
        _ => return Ok(None),
    }
    Ok(Some(Redirect::to(&links::settings(Section::Demo)).into_response()))
}

async fn read(parts: &Parts, body: Body) -> Result<Submitted, ApiError> {
    let mut form = Submitted::default();
    let kind =
        parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let too_large = || ApiError::too_large("a file of settings has at most 256 KiB");
    let bytes = axum::body::to_bytes(body, MAX_FORM).await.map_err(|_| too_large())?;
    if !kind.starts_with("multipart/form-data") {
        for (name, value) in form_urlencoded::parse(&bytes) {
            form.put(name.into_owned(), value.into_owned());
        }
        return Ok(form);
    }
    let bad = |reason: String| ApiError::invalid("body", reason);
    let mut request = Request::new(Body::from(bytes));
    if let Some(kind) = parts.headers.get(header::CONTENT_TYPE) {
        request.headers_mut().insert(header::CONTENT_TYPE, kind.clone());
    }
    let multipart = Multipart::from_request(request, &()).await;
    let mut multipart = multipart.map_err(|error| bad(error.body_text()))?;
    while let Some(field) = multipart.next_field().await.map_err(|error| bad(error.body_text()))? {
        let name = field.name().unwrap_or_default().to_owned();
        let value = field.bytes().await.map_err(|error| bad(error.body_text()))?;
        form.put(name, String::from_utf8_lossy(&value).into_owned());
    }
    Ok(form)
}
