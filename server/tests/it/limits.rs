//! What one request may cost.

use std::{convert::Infallible, io::Write, sync::Arc, time::Duration};

use axum::{
    body::{Body, Bytes},
    http::header,
};
use server::limits::{Limits, MAX_BODY, MAX_INFLATED};
use store::MemoryStore;
use tokio::sync::Semaphore;

use crate::harness::{TestApp, lines};

#[tokio::test]
async fn a_body_that_says_it_is_too_large_is_not_read() {
    let app = TestApp::new().await;
    let request = app.post_lines().header(header::CONTENT_LENGTH, MAX_BODY + 1);
    app.send(request, "").await.check_refused(413, "too_large");
}

#[tokio::test]
async fn a_body_that_is_too_large_without_saying_so_is_refused() {
    let app = TestApp::new().await;
    let pieces = std::iter::repeat_n(Ok::<_, Infallible>(Bytes::from(vec![b'\n'; 1 << 20])), 17);
    let body = Body::from_stream(futures::stream::iter(pieces));
    app.ingest(body).await.check_refused(413, "too_large");
}

#[tokio::test]
async fn a_small_body_that_grows_too_large_is_refused() {
    let app = TestApp::new().await;
    let flood = vec![b'\n'; MAX_INFLATED + 1];
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(&flood).unwrap();
    let zstd = zstd::encode_all(&*flood, 1).unwrap();
    for (encoding, body) in [("gzip", gzip.finish().unwrap()), ("zstd", zstd)] {
        let request = app.post_lines().header(header::CONTENT_ENCODING, encoding);
        app.send(request, body).await.check_refused(413, "too_large");
    }
}

#[tokio::test]
async fn a_body_that_is_not_what_it_says_is_refused() {
    let app = TestApp::new().await;
    for encoding in ["gzip", "zstd"] {
        let request = app.post_lines().header(header::CONTENT_ENCODING, encoding);
        app.send(request, "plain").await.check_refused(400, "bad_encoding");
    }
    let answer = app.send(app.post_lines().header(header::CONTENT_ENCODING, "br"), "x").await;
    answer.check_refused(415, "unsupported_encoding");
    assert_eq!(answer.header("accept-encoding"), "gzip, zstd");
}

#[tokio::test]
async fn forms_are_refused_and_other_types_are_taken() {
    let app = TestApp::new().await;
    for kind in ["multipart/form-data; boundary=x", "Multipart/Mixed"] {
        let answer = app.send(app.post_lines().header(header::CONTENT_TYPE, kind), "{}").await;
        answer.check_refused(415, "unsupported_type");
        assert!(answer.text().contains("--data-binary"));
    }
    let kinds = [
        "application/x-ndjson",
        "application/json",
        "text/plain; charset=utf-8",
        "application/x-www-form-urlencoded",
    ];
    for kind in kinds {
        let body = lines::text(&[lines::task("t", "T")]);
        let answer = app.send(app.post_lines().header(header::CONTENT_TYPE, kind), body).await;
        assert_eq!(answer.status, 200, "{kind}");
    }
}

#[tokio::test]
async fn where_no_place_is_free_senders_are_asked_to_come_back() {
    let limits = Limits { bodies: Arc::new(Semaphore::new(1)), ..Limits::default() };
    let app = TestApp::on(Arc::new(MemoryStore::new()), limits.clone()).await;
    let body = || lines::text(&[lines::task("t", "T")]);
    let place = limits.bodies.try_acquire().unwrap();
    let answer = app.ingest(body()).await;
    answer.check_refused(429, "busy");
    assert_eq!(answer.header("retry-after"), "1");
    drop(place);
    assert_eq!(app.ingest(body()).await.status, 200);
}

#[tokio::test]
async fn a_request_that_takes_too_long_is_ended() {
    let limits = Limits { timeout: Duration::from_millis(20), ..Limits::default() };
    let app = TestApp::on(Arc::new(MemoryStore::new()), limits).await;
    let body = Body::from_stream(futures::stream::pending::<Result<Bytes, Infallible>>());
    app.ingest(body).await.check_refused(503, "timeout");
}
