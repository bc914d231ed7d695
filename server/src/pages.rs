//! Pages: everything that `app` renders, and the server functions that its pages call.

mod settings;

use std::sync::LazyLock;

use app::api::{decisions::Sender, frame::AsOf};
use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header, request::Parts},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use leptos::{
    config::{LeptosOptions, get_config_from_str},
    nonce::Nonce,
    prelude::{AnyView, IntoAny, provide_context, use_context},
};
use leptos_axum::{AxumRouteListing, LeptosRoutes, generate_route_list_with_exclusions};

use crate::{
    assets,
    error::ApiError,
    middleware::{Caller, CspNonce, once},
    state::AppState,
};

/// The one source of the site options.
const OPTIONS: &str = include_str!("../../Leptos.toml");

/// Where the founder begins.
const HOME: &str = "/hermes";

/// Pages are made anew for each visit, but may be shown from memory when the founder goes back.
const PAGE_CACHE: HeaderValue = HeaderValue::from_static("no-cache");

/// The site options of `Leptos.toml`.
pub fn options() -> LeptosOptions {
    // The text is part of the program, and a test reads it.
    get_config_from_str(OPTIONS).unwrap_or_else(|_| LeptosOptions::builder().output_name("hermes").build())
}

/// The routes of all pages and of their server functions, and `/`, which leads to the first one.
pub(crate) fn routes(state: &AppState) -> Router<AppState> {
    register();
    Router::new()
        .leptos_routes_with_context(state, PAGES.clone(), contexts(state), document)
        .route(app::links::SETTINGS, post(settings::submit))
        .layer(from_fn_with_state(state.clone(), as_of))
        .layer(from_fn_with_state(state.clone(), once))
        .route("/", get(|| async { Redirect::temporary(HOME) }))
}

/// The routes of `app`, listed once for the process: while leptos lists them, no page of the whole process loads its
/// data, and one that is being rendered then waits for ever.
static PAGES: LazyLock<Vec<AxumRouteListing>> = LazyLock::new(|| {
    // `/` is ours: a redirect that needs no page to be rendered.
    generate_route_list_with_exclusions(app::App, Some(vec!["/".to_owned()]))
});

/// Linkers may drop what only the registry names.
fn register() {
    use app::api::{
        agents::{AgentPageFn, AgentsPageFn},
        decisions::{AuditPageFn, DecideFn, DecidedFn, UndoFn},
        frame::FrameFn,
        history::{DigestPageFn, HistoryPageFn},
        overview::OverviewPageFn,
        palette::{PlacesFn, TaskHitsFn},
        products::{EditProductFn, MergeProductFn, ProductSheetFn, ProductsPageFn, UndoProductFn},
        settings::{SettingsLiveFn, SettingsPageFn},
        sources::SourcesPageFn,
        task::TaskPageFn,
        tasks::{ExcerptFn, TasksPageFn},
        views::{DeleteViewFn, RenameViewFn, ReplaceViewFn, SaveViewFn},
    };
    leptos::server_fn::axum::register_explicit::<FrameFn>();
    leptos::server_fn::axum::register_explicit::<OverviewPageFn>();
    leptos::server_fn::axum::register_explicit::<PlacesFn>();
    leptos::server_fn::axum::register_explicit::<TaskHitsFn>();
    leptos::server_fn::axum::register_explicit::<SourcesPageFn>();
    leptos::server_fn::axum::register_explicit::<ProductsPageFn>();
    leptos::server_fn::axum::register_explicit::<ProductSheetFn>();
    leptos::server_fn::axum::register_explicit::<EditProductFn>();
    leptos::server_fn::axum::register_explicit::<MergeProductFn>();
    leptos::server_fn::axum::register_explicit::<UndoProductFn>();
    leptos::server_fn::axum::register_explicit::<SettingsPageFn>();
    leptos::server_fn::axum::register_explicit::<SettingsLiveFn>();
    leptos::server_fn::axum::register_explicit::<TasksPageFn>();
    leptos::server_fn::axum::register_explicit::<ExcerptFn>();
    leptos::server_fn::axum::register_explicit::<HistoryPageFn>();
    leptos::server_fn::axum::register_explicit::<DigestPageFn>();
    leptos::server_fn::axum::register_explicit::<TaskPageFn>();
    leptos::server_fn::axum::register_explicit::<AgentsPageFn>();
    leptos::server_fn::axum::register_explicit::<AgentPageFn>();
    leptos::server_fn::axum::register_explicit::<AuditPageFn>();
    leptos::server_fn::axum::register_explicit::<DecidedFn>();
    leptos::server_fn::axum::register_explicit::<DecideFn>();
    leptos::server_fn::axum::register_explicit::<UndoFn>();
    leptos::server_fn::axum::register_explicit::<SaveViewFn>();
    leptos::server_fn::axum::register_explicit::<RenameViewFn>();
    leptos::server_fn::axum::register_explicit::<ReplaceViewFn>();
    leptos::server_fn::axum::register_explicit::<DeleteViewFn>();
}

/// What is at no route: a file of the site, else an API's or a page's "not found".
pub(crate) async fn fallback(State(state): State<AppState>, request: Request) -> Response {
    let path = request.uri().path();
    if let Some(file) = assets::serve(&state.site, request.method(), path, request.headers()) {
        return file;
    }
    if path == "/api" || path.starts_with("/api/") {
        let message = format!("there is no {path}; docs/hermes-dashboard.md lists what there is");
        return ApiError::not_found(message).into_response();
    }
    if path.starts_with("/pkg/") {
        return ApiError::not_found("this file belongs to another build; reload the page").into_response();
    }
    if request.method() != axum::http::Method::GET && request.method() != axum::http::Method::HEAD {
        return method_not_allowed().await.into_response();
    }
    let render = leptos_axum::render_app_async_with_context(contexts(&state), document);
    let mut response = render(request).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    cache(response).await
}

/// A path that exists, asked for with a method that it does not have.
pub(crate) async fn method_not_allowed() -> ApiError {
    let message = "this path does not take this method; the Allow header lists those it takes";
    ApiError::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", message)
}

/// Notes how far the logs have come before a page reads anything: its live updates begin there. Server functions are left
/// alone; the frame asks for itself where it is asked alone.
async fn as_of(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    if !request.uri().path().starts_with("/api/") {
        match state.hermes.heads().await {
            Ok(heads) => drop(request.extensions_mut().insert(AsOf(heads))),
            // The page will say so itself.
            Err(error) => tracing::warn!(error.message = %error, "cannot tell how far the logs have come"),
        }
    }
    next.run(request).await
}

/// HTML is not kept by the browser without asking again.
pub(crate) async fn cache(mut response: Response<Body>) -> Response<Body> {
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(PAGE_CACHE);
    response
}

fn document() -> AnyView {
    app::shell().into_any()
}

/// What pages and server functions find in their context. While the list of routes is made there is no request.
fn contexts(state: &AppState) -> impl Fn() + Clone + Send + Sync + 'static {
    let state = state.clone();
    move || {
        provide_context(state.hermes.clone());
        provide_context(state.site.assets().clone());
        provide_context(state.demos.shown());
        if let Some(parts) = use_context::<Parts>() {
            if let Some(nonce) = parts.extensions.get::<CspNonce>() {
                // The one that our header names, in place of the one that leptos made up.
                provide_context(Nonce::from_value(nonce.0.to_string()));
            }
            if let Some(as_of) = parts.extensions.get::<AsOf>() {
                provide_context(*as_of);
            }
            if let Some(caller) = parts.extensions.get::<Caller>() {
                provide_context(Sender(caller.name().to_owned()));
            }
            if let Some(host) = parts.headers.get(header::HOST).and_then(|host| host.to_str().ok()) {
                provide_context(app::Origin(format!("http://{host}")));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_site_options_are_readable() {
        let options = options();
        assert_eq!((&*options.output_name, &*options.site_pkg_dir), ("hermes", "pkg"));
        assert_eq!(options.site_addr.to_string(), crate::cli::DEFAULT_LISTEN);
    }
}
