//! Lines over HTTP: what becomes of them, and how the answer says it.

use std::io::Write;

use axum::http::header;
use serde_json::json;

use crate::harness::{TestApp, lines};

#[tokio::test]
async fn good_lines_are_accepted_once() {
    let app = TestApp::new().await;
    let body = lines::text(&[lines::task("t1", "One"), lines::event("e1", "t1", "Began")]);
    let first = app.ingest(body.clone()).await;
    assert_eq!(first.status, 200);
    assert_eq!(
        first.json(),
        json!({ "accepted": 2, "duplicate": 0, "conflicting": [], "rejected": [], "warnings": [], "seq": 2 })
    );
    let second = app.ingest(body).await;
    assert_eq!(second.status, 200);
    assert_eq!(second.json()["duplicate"], 2);
    assert_eq!(second.json()["seq"], 2, "as far as the log goes");
    assert_eq!(app.json("/api/v1/tasks").await["total"], 1);
}

#[tokio::test]
async fn the_good_lines_of_a_bad_batch_are_stored() {
    let app = TestApp::new().await;
    let body = format!("{}\nnot json\n\n{}\n", lines::task("t1", "One"), lines::task("t2", "Two"));
    let answer = app.ingest(body).await;
    assert_eq!(answer.status, 200);
    let json = answer.json();
    assert_eq!(json["accepted"], 2);
    assert_eq!(json["rejected"].as_array().unwrap().len(), 1);
    assert_eq!(json["rejected"][0]["line"], 2);
    assert_eq!(app.json("/api/v1/tasks").await["total"], 2);
}

#[tokio::test]
async fn a_batch_without_one_good_line_is_refused_in_both_shapes() {
    let app = TestApp::new().await;
    let answer = app.ingest("one\ntwo\n").await;
    answer.check_refused(422, "nothing_understood");
    assert_eq!(answer.json()["rejected"].as_array().unwrap().len(), 2);
    assert_eq!(answer.json()["accepted"], 0);
}

#[tokio::test]
async fn nothing_is_fine() {
    let app = TestApp::new().await;
    for body in ["", "\n\n"] {
        let answer = app.ingest(body).await;
        assert_eq!((answer.status.as_u16(), &answer.json()["accepted"]), (200, &json!(0)));
    }
}

#[tokio::test]
async fn the_same_id_with_other_content_is_reported_and_changes_nothing() {
    let app = TestApp::with(&[lines::task("t1", "First")]).await;
    let answer = app.ingest(lines::text(&[lines::task("t2", "Two"), lines::task("t1", "Second")])).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json()["accepted"], 1);
    assert_eq!(answer.json()["conflicting"], json!([{ "line": 2, "id": "line-t1" }]));
    assert_eq!(app.json("/api/v1/tasks/t1").await["title"], "First");
}

#[tokio::test]
async fn gzip_and_zstd_are_unpacked() {
    let app = TestApp::new().await;
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(lines::text(&[lines::task("t1", "One")]).as_bytes()).unwrap();
    let zstd = zstd::encode_all(lines::text(&[lines::task("t2", "Two")]).as_bytes(), 1).unwrap();
    for (encoding, body) in [("gzip", gzip.finish().unwrap()), ("zstd", zstd)] {
        let request = app.post_lines().header(header::CONTENT_ENCODING, encoding);
        let answer = app.send(request, body).await;
        assert_eq!((answer.status.as_u16(), &answer.json()["accepted"]), (200, &json!(1)), "{encoding}");
    }
    assert_eq!(app.json("/api/v1/tasks").await["total"], 2);
}

#[tokio::test]
async fn lines_keep_their_numbers_across_pieces() {
    let app = TestApp::new().await;
    // Three pieces of a megabyte each, the bad line in the last one.
    let filler = "x".repeat(900_000);
    let mut body = String::new();
    for id in ["t1", "t2", "t3"] {
        body += &lines::text(&[lines::task(id, &filler), lines::event(&format!("e-{id}"), id, "m")]);
    }
    body += "broken";
    let answer = app.ingest(body).await.json();
    assert_eq!((&answer["accepted"], &answer["rejected"][0]["line"]), (&json!(6), &json!(7)), "{answer}");
}

#[tokio::test]
async fn a_flood_of_bad_lines_is_counted_and_cut() {
    let app = TestApp::new().await;
    let answer = app.ingest("x\n".repeat(5000)).await;
    assert_eq!(answer.status, 422);
    assert_eq!(answer.json()["rejected"].as_array().unwrap().len(), 1000);
    assert_eq!(answer.json()["omitted"]["rejected"], 4000);
}
