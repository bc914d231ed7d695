//! A server in this process: no port, a clock that stands still.

pub(crate) mod binary;
pub(crate) mod broken;
pub(crate) mod lines;

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header, request::Builder},
    response::Response,
};
use serde_json::Value;
use server::{assets::Site, limits::Limits, router::router, state::AppState};
use service::{FixedClock, Hermes};
use store::{MemoryStore, Store};
use tower::ServiceExt;

/// When everything in these tests happens: the day of the recorded telemetry.
pub(crate) const NOW: &str = "2026-11-20T09:00:00Z";

pub(crate) struct TestApp {
    router: Router,
    pub(crate) hermes: Hermes,
    pub(crate) token: String,
}

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl TestApp {
    pub(crate) async fn new() -> Self {
        Self::on(Arc::new(MemoryStore::new()), Limits::default()).await
    }

    pub(crate) async fn on(store: Arc<dyn Store>, limits: Limits) -> Self {
        let clock = Arc::new(FixedClock::new(NOW.parse().unwrap()));
        Self::with_limits(Hermes::new(store, clock), limits).await
    }

    /// An app over those use cases.
    pub(crate) async fn over(hermes: Hermes) -> Self {
        Self::with_limits(hermes, Limits::default()).await
    }

    async fn with_limits(hermes: Hermes, limits: Limits) -> Self {
        // A broken store makes no tokens.
        let token = hermes.create_token("tests").await.map(|made| made.text).unwrap_or_default();
        let state = AppState { limits, ..AppState::new(hermes.clone(), site()) };
        Self { router: router(state), hermes, token }
    }

    /// An app that already took those lines.
    pub(crate) async fn with(lines: &[Value]) -> Self {
        let app = Self::new().await;
        let answer = app.ingest(lines::text(lines)).await;
        assert_eq!(answer.json()["rejected"], serde_json::json!([]));
        app
    }

    pub(crate) async fn send(&self, request: Builder, body: impl Into<Body>) -> Answer {
        let (parts, body) = self.begin(request, body).await.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    /// An answer whose body was not read yet.
    pub(crate) async fn begin(&self, request: Builder, body: impl Into<Body>) -> Response {
        let has_host = request.headers_ref().is_some_and(|headers| headers.contains_key(header::HOST));
        let request = if has_host { request } else { request.header(header::HOST, "localhost:3000") };
        self.router.clone().oneshot(request.body(body.into()).unwrap()).await.unwrap()
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path), Body::empty()).await
    }

    /// The JSON behind a path that must be there.
    pub(crate) async fn json(&self, path: &str) -> Value {
        let answer = self.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
        answer.json()
    }

    /// Sends lines with the token.
    /// Posts JSON with the token of the tests.
    pub(crate) async fn post_json(&self, path: &str, body: &Value) -> Answer {
        let token = format!("Bearer {}", self.token);
        self.send(Request::post(path).header(header::AUTHORIZATION, token), body.to_string()).await
    }

    pub(crate) async fn ingest(&self, body: impl Into<Body>) -> Answer {
        self.send(self.post_lines(), body).await
    }

    pub(crate) fn post_lines(&self) -> Builder {
        let bearer = format!("Bearer {}", self.token);
        Request::builder().method(Method::POST).uri("/api/v1/ingest").header(header::AUTHORIZATION, bearer)
    }
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.to_vec()).unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    /// The one shape of every refusal.
    #[track_caller]
    pub(crate) fn check_refused(&self, status: u16, code: &str) {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        let json = self.json();
        assert_eq!(json["error"]["code"], code, "{json}");
        assert!(json["error"]["message"].as_str().is_some_and(|text| !text.is_empty()), "{json}");
        assert!(json["error"].get("field").is_some(), "`field` is always there: {json}");
    }
}

/// A small site.
pub(crate) fn site() -> Site {
    let manifest = r#"{"js":"/pkg/hermes.aaaa1111.js","wasm":"/pkg/hermes_bg.bbbb2222.wasm",
        "css":"/pkg/hermes.cccc3333.css","icons":"/pkg/icons.dddd4444.svg","fonts":[],"build":"build-1",
        "parts":{"ledger":["chunk_1","split_ledger"]}}"#;
    let files = [
        ("/manifest.json", manifest),
        ("/pkg/hermes.aaaa1111.js", "export default 1"),
        ("/pkg/hermes.aaaa1111.js.br", "as brotli"),
        ("/pkg/hermes.aaaa1111.js.gz", "as gzip"),
        ("/pkg/hermes_bg.bbbb2222.wasm", "wasm"),
        ("/favicon.svg", "<svg/>"),
        ("/favicon.svg.gz", "svg as gzip"),
    ];
    let files: BTreeMap<_, _> =
        files.into_iter().map(|(path, text)| (path.to_owned(), text.into())).collect();
    Site::from_files(files).unwrap()
}
