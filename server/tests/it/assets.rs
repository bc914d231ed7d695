//! The files of the site.

use std::collections::BTreeMap;

use axum::http::{Request, header};
use server::assets::{Site, SiteError};

use crate::harness::TestApp;

#[tokio::test]
async fn hashed_files_are_kept_for_ever_in_the_form_that_is_asked_for() {
    let app = TestApp::new().await;
    for (accepted, used, body) in
        [("br, gzip", "br", "as brotli"), ("gzip", "gzip", "as gzip"), ("", "", "export default 1")]
    {
        let request = Request::get("/pkg/hermes.aaaa1111.js").header(header::ACCEPT_ENCODING, accepted);
        let answer = app.send(request, "").await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(answer.header("content-type"), "text/javascript; charset=utf-8");
        assert_eq!(answer.header("vary"), "accept-encoding");
        assert_eq!((answer.header("content-encoding"), &*answer.text()), (used, body), "{accepted}");
    }
    let wasm = app.get("/pkg/hermes_bg.bbbb2222.wasm").await;
    assert_eq!(wasm.header("content-type"), "application/wasm");
}

#[tokio::test]
async fn other_files_are_asked_for_again_and_answered_briefly() {
    let app = TestApp::new().await;
    let first = app.get("/favicon.svg").await;
    assert_eq!((first.status.as_u16(), first.header("cache-control")), (200, "public, no-cache"));
    assert_eq!((first.header("content-type"), &*first.text()), ("image/svg+xml", "<svg/>"));
    let etag = first.header("etag");
    let again = app.send(Request::get("/favicon.svg").header(header::IF_NONE_MATCH, etag), "").await;
    assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
    assert_eq!(again.header("etag"), etag);
    let other = app.send(Request::get("/favicon.svg").header(header::IF_NONE_MATCH, "\"other\""), "").await;
    assert_eq!(other.status, 200);
}

#[tokio::test]
async fn head_has_the_headers_only() {
    let app = TestApp::new().await;
    let answer = app.send(Request::head("/favicon.svg"), "").await;
    assert_eq!((answer.status.as_u16(), answer.body.len()), (200, 0));
    assert_eq!(answer.header("content-length"), "6");
}

#[tokio::test]
async fn what_is_not_served_is_not_there() {
    let app = TestApp::new().await;
    app.get("/pkg/hermes.eeee5555.js").await.check_refused(404, "not_found");
    for path in ["/manifest.json", "/favicon.svg.gz", "/pkg/../../etc/passwd", "/%2e%2e/etc/passwd"] {
        assert_eq!(app.get(path).await.status, 404, "{path}");
    }
}

#[test]
fn a_folder_is_read_whole_and_a_missing_one_is_told_of() {
    let dir = tempfile::tempdir().unwrap();
    assert!(matches!(Site::load(dir.path()), Err(SiteError::Missing(_))));
    std::fs::create_dir(dir.path().join("pkg")).unwrap();
    std::fs::write(dir.path().join("pkg/a.css"), "a").unwrap();
    let manifest =
        r#"{"js":"","wasm":"","css":"/pkg/a.css","icons":"","fonts":["/pkg/f.woff2"],"build":"b"}"#;
    std::fs::write(dir.path().join("manifest.json"), manifest).unwrap();
    assert_eq!(Site::load(dir.path()).unwrap().assets().css, "/pkg/a.css");
    let broken = BTreeMap::from([("/manifest.json".to_owned(), "{".into())]);
    assert!(matches!(Site::from_files(broken), Err(SiteError::Manifest(_))));
}
