//! `GET /api/v1/docs`: the document as a page to read and try, without anything from elsewhere.
//!
//! Its files are part of the program. It has a content security policy of its own, which no other page gets: its
//! scripts carry no nonce, and it styles itself.

use std::{borrow::Cow, sync::Arc};

use axum::{
    Router,
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::map_response,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use ingest::stream::gunzip_bounded;
use utoipa_swagger_ui::{Config, SwaggerFile, serve};

use crate::{error::ApiError, state::AppState};

/// Scripts and requests of this origin only; the reader may add `style` elements and draw `data:` images.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
     connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'",
);

/// The folder of the page. Its files are named relative to it.
const FOLDER: &str = "/api/v1/docs/";

/// The largest file of the page, unpacked.
const MAX_FILE: usize = 8 * 1024 * 1024;

/// This document as a page.
///
/// Leads to `/api/v1/docs/`, where its files are.
#[utoipa::path(
    get, path = "/docs", tag = "about", operation_id = "getDocs",
    responses((status = 308, description = "The page is at `/api/v1/docs/`", headers(("Location" = String))))
)]
pub(super) async fn page() -> Redirect {
    Redirect::permanent(FOLDER)
}

/// The page and its files.
pub(super) fn files() -> Router<AppState> {
    Router::new()
        .route(FOLDER, get(async |headers: HeaderMap| file("index.html", &headers)))
        .route(
            "/api/v1/docs/{file}",
            get(async |Path(name): Path<String>, headers: HeaderMap| file(&name, &headers)),
        )
        .layer(map_response(own_policy))
}

fn file(name: &str, headers: &HeaderMap) -> Result<Response, ApiError> {
    // Without "none" the page would send the document to a validator elsewhere.
    let config = Config::from("/api/v1/openapi.json").validator_url("none").default_models_expand_depth(0);
    let found = serve(name, Arc::new(config)).map_err(|error| broken(name, &*error))?;
    let found =
        found.ok_or_else(|| ApiError::not_found(format!("the page of the API has no file {name}")))?;
    let SwaggerFile { bytes, content_type, gzpipped: packed, .. } = found;
    let accepts = headers.get(header::ACCEPT_ENCODING).and_then(|accept| accept.to_str().ok());
    let as_packed = packed && accepts.is_some_and(|accept| accept.contains("gzip"));
    let bytes = if packed && !as_packed {
        Cow::Owned(gunzip_bounded(&bytes, MAX_FILE).map_err(|error| broken(name, &error))?)
    } else {
        bytes
    };
    let mut response = ([(header::CONTENT_TYPE, content_type)], bytes.into_owned()).into_response();
    if as_packed {
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    if packed {
        response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    }
    Ok(response)
}

fn broken(name: &str, reason: &dyn std::error::Error) -> ApiError {
    tracing::error!(docs.file = name, error.message = %reason, "a file of the API's page is broken");
    let message = "this file is broken inside the program; build it again";
    ApiError::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", message)
}

async fn own_policy(mut response: Response) -> Response {
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, POLICY);
    response
}
