//! The HTTP API for programs, the health checks, and the document that describes them all.
//!
//! # To add a route
//! 1. A handler in `http/` with `#[utoipa::path(method, path = "…", tag = "…", operation_id = "…", …)]` above it. The
//!    first line of its doc comment is the summary. Its extractors describe themselves (`params(Paging)`), and so do
//!    its refusals (`responses(…, Invalid, NotFound)`, `describe.rs`); what any route may answer is added by itself.
//! 2. `.routes(routes!(area::handler))` below. That is the only way in: a route without a description does not compile.
//! 3. What it answers with derives `utoipa::ToSchema`; models of `domain` do so behind the feature `schema`.
//! 4. Its path in `tests/it/openapi.rs`, where real answers are held against the document.

mod agents;
mod decisions;
mod describe;
mod docs;
mod export;
mod health;
mod inflate;
mod ingest;
mod insights;
mod json_body;
mod lists;
mod live;
mod metrics;
mod mirror;
mod openapi;
mod overview;
mod params;
mod products;
mod receipt;
mod settings;
mod sources;
mod tasks;
mod views;

use axum::{
    Extension, Router,
    http::{HeaderValue, header},
    middleware::map_response,
    response::Response,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::state::AppState;

const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// The routes of the API, all of them described.
pub(crate) fn routes() -> Router<AppState> {
    let api = OpenApiRouter::default()
        .routes(routes!(overview::overview))
        .routes(routes!(tasks::list))
        .routes(routes!(tasks::facets))
        .routes(routes!(export::export))
        .routes(routes!(tasks::one))
        .routes(routes!(tasks::events))
        .routes(routes!(tasks::runs))
        .routes(routes!(tasks::logs))
        .routes(routes!(tasks::similar))
        .routes(routes!(mirror::manifest))
        .routes(routes!(mirror::fresh))
        .routes(routes!(mirror::month))
        .routes(routes!(lists::products))
        .routes(routes!(lists::product))
        .routes(routes!(products::edit))
        .routes(routes!(products::merge))
        .routes(routes!(products::changes))
        .routes(routes!(products::undo))
        .routes(routes!(agents::list))
        .routes(routes!(agents::one))
        .routes(routes!(lists::schedule))
        .routes(routes!(sources::sources))
        .routes(routes!(insights::attention))
        .routes(routes!(insights::insights))
        .routes(routes!(insights::history))
        .routes(routes!(insights::digest))
        .routes(routes!(insights::digest_markdown))
        .routes(routes!(decisions::audit))
        .routes(routes!(decisions::decide))
        .routes(routes!(decisions::undo))
        .routes(routes!(settings::get, settings::put))
        .routes(routes!(settings::versions))
        .routes(routes!(settings::restore))
        .routes(routes!(views::list, views::save))
        .routes(routes!(views::change, views::delete))
        .routes(routes!(views::order))
        .routes(routes!(views::history))
        .routes(routes!(ingest::ingest))
        .routes(routes!(live::live))
        .routes(routes!(openapi::document))
        .routes(routes!(docs::page));
    let watch = OpenApiRouter::default()
        .routes(routes!(health::alive))
        .routes(routes!(health::ready))
        .routes(routes!(metrics::metrics));
    let described = OpenApiRouter::with_openapi(openapi::base()).nest("/api/v1", api).merge(watch);
    let (router, document) = described.split_for_parts();
    router
        // The files of a page that is described above.
        .merge(docs::files())
        .layer(Extension(openapi::Document::of(document)))
        .layer(map_response(no_store))
}

/// An answer is not kept, unless it says that it may be.
async fn no_store(mut response: Response) -> Response {
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(NO_STORE);
    response
}
