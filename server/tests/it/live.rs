//! Live updates over HTTP: the form of the stream, where it begins, what it leaves out, and how it ends.

mod chaos;
mod proxy;
pub(crate) mod reader;

use std::{sync::Arc, time::Duration};

use axum::http::{HeaderName, Request, header};
use serde_json::{Value, json};
use server::{limits::Limits, router::router, state::AppState};
use store::MemoryStore;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

use self::reader::{Event, Events};
use crate::harness::{NOW, TestApp, broken::BrokenStore, lines, site};

const LAST: HeaderName = HeaderName::from_static("last-event-id");

async fn open(app: &TestApp, query: &str) -> Events {
    let answer = app.begin(Request::get(format!("/api/v1/live{query}")), "").await;
    assert_eq!(answer.status(), 200);
    Events::new(answer.into_body())
}

async fn tell(app: &TestApp, line: &Value) {
    assert_eq!(app.ingest(lines::text(std::slice::from_ref(line))).await.status, 200);
}

/// The event, its place, and the places, kinds and ids of its rows.
fn rows(event: &Event) -> (String, Vec<(u64, String, String)>) {
    assert_eq!(event.name, "changes", "{event:?}");
    let row = |row: &Value| {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        (row["seq"].as_u64().unwrap(), text(&row["kind"]), text(&row["row"]["id"]))
    };
    (event.id.clone().unwrap(), event.data.as_array().unwrap().iter().map(row).collect())
}

fn task_row(place: u64, id: &str) -> (u64, String, String) {
    (place, "task".to_owned(), id.to_owned())
}

#[tokio::test(start_paused = true)]
async fn a_stream_says_hello_replays_and_goes_on() {
    let app = TestApp::with(&[lines::task("t1", "One"), lines::task("t2", "Two")]).await;
    let answer =
        app.begin(Request::get("/api/v1/live?after=1").header(header::ACCEPT_ENCODING, "gzip, br"), "").await;
    for (name, value) in
        [("content-type", "text/event-stream"), ("cache-control", "no-store"), ("x-accel-buffering", "no")]
    {
        assert_eq!(answer.headers()[name], value);
    }
    assert!(!answer.headers().contains_key(header::CONTENT_ENCODING));
    let mut events = Events::new(answer.into_body());
    let hello = events.next().await.unwrap();
    assert_eq!((&*hello.name, hello.id.as_deref(), hello.retry), ("hello", Some("1"), Some(2_000)));
    let marks = json!({ "decisions": 0, "settings": 0, "views": 0, "products": 0 });
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(
        hello.data,
        json!({ "seq": 1, "now": NOW, "version": version, "build": "build-1", "marks": marks })
    );
    assert_eq!(rows(&events.next().await.unwrap()), ("2".to_owned(), vec![task_row(2, "t2")]));
    tell(&app, &lines::task("t3", "Three")).await;
    let event = events.next().await.unwrap();
    assert_eq!(rows(&event), ("3".to_owned(), vec![task_row(3, "t3")]));
    assert_eq!(event.data[0]["row"]["title"], "Three", "the whole row");
    let beat = events.next().await.unwrap();
    assert_eq!(
        (&*beat.name, beat.id.as_deref(), beat.data),
        ("beat", Some("3"), json!({ "seq": 3, "now": NOW }))
    );
}

#[tokio::test(start_paused = true)]
async fn the_last_event_counts_more_than_the_address_and_without_either_it_begins_now() {
    let app = TestApp::with(&[lines::task("t1", "One"), lines::task("t2", "Two")]).await;
    let answer = app.begin(Request::get("/api/v1/live?after=0").header(LAST, "1"), "").await;
    let mut events = Events::new(answer.into_body());
    assert_eq!(events.next().await.unwrap().data["seq"], 1);
    assert_eq!(rows(&events.next().await.unwrap()).1, [task_row(2, "t2")]);
    let mut events = open(&app, "").await;
    let hello = events.next().await.unwrap();
    assert_eq!((&hello.data["seq"], hello.id.as_deref()), (&json!(2), Some("2")));
    assert_eq!(events.next().await.unwrap().name, "beat");
}

#[tokio::test]
async fn a_place_a_kind_or_a_task_that_is_none_is_refused() {
    let app = TestApp::new().await;
    for (query, field) in [
        ("after=", "after"),
        ("after=-1", "after"),
        ("after=+1", "after"),
        ("after=99999999999999999999", "after"),
        ("kinds=task,nothing", "kinds"),
        ("task=", "task"),
        ("page=1", "page"),
    ] {
        let answer = app.get(&format!("/api/v1/live?{query}")).await;
        answer.check_refused(400, "invalid_parameter");
        assert_eq!(answer.json()["error"]["field"], field);
    }
    for last in ["", "x", "1 "] {
        let answer = app.send(Request::get("/api/v1/live?after=0").header(LAST, last), "").await;
        answer.check_refused(400, "invalid_parameter");
        assert_eq!(answer.json()["error"]["field"], "Last-Event-ID");
    }
}

#[tokio::test(start_paused = true)]
async fn a_place_ahead_of_the_log_begins_anew_without_a_place_to_come_back_to() {
    let app = TestApp::with(&[lines::task("t1", "One")]).await;
    let mut events = open(&app, "?after=99").await;
    assert_eq!(events.next().await.unwrap().id, None, "who is cut off here must hear it again");
    let resync = events.next().await.unwrap();
    assert_eq!(
        (&*resync.name, resync.id.as_deref(), resync.data),
        ("resync", Some("1"), json!({ "seq": 1 }))
    );
}

#[tokio::test(start_paused = true)]
async fn events_are_for_the_page_of_their_task() {
    let app = TestApp::with(&[lines::task("t1", "One"), lines::task("t2", "Two")]).await;
    let (mut usual, mut page) = (open(&app, "?after=2").await, open(&app, "?after=2&task=t1&kinds=").await);
    let mut all = open(&app, "?after=2&kinds=task,event").await;
    for events in [&mut usual, &mut page, &mut all] {
        assert_eq!(events.next().await.unwrap().name, "hello");
    }
    tell(&app, &lines::event("e1", "t1", "Began")).await;
    let event = (3, "event".to_owned(), String::new());
    let task = || task_row(4, "t1");
    let ids = |event: &Event| {
        let (place, rows) = rows(event);
        (place, rows.into_iter().map(|(seq, kind, _)| (seq, kind)).collect::<Vec<_>>())
    };
    let both = vec![(event.0, event.1), (4, "task".to_owned())];
    assert_eq!(rows(&usual.next().await.unwrap()), ("4".to_owned(), vec![task()]));
    assert_eq!(ids(&page.next().await.unwrap()), ("4".to_owned(), both.clone()));
    assert_eq!(ids(&all.next().await.unwrap()), ("4".to_owned(), both));
    tell(&app, &lines::task("t3", "Three")).await;
    let upto = page.next().await.unwrap();
    assert_eq!((&*upto.name, upto.id.as_deref(), upto.data), ("upto", Some("5"), json!({ "seq": 5 })));
}

#[tokio::test(start_paused = true)]
async fn decisions_are_told_without_a_place() {
    let app = TestApp::with(&[lines::task("t1", "One")]).await;
    let mut events = open(&app, "").await;
    events.next().await.unwrap();
    let decision = json!({ "item": "task:t1", "cause": "No key", "title": "Deploy", "kind": "acknowledged" });
    assert_eq!(app.post_json("/api/v1/attention/decisions", &decision).await.status, 201);
    let touched = events.next().await.unwrap();
    assert_eq!((&*touched.name, &touched.id), ("touched", &None));
    assert_eq!(touched.data["areas"], json!(["decisions"]));
    assert_eq!(touched.data["marks"]["decisions"], 1);
}

#[tokio::test]
async fn streams_end_at_once_with_the_server() {
    let end = CancellationToken::new();
    let app = TestApp::new().await;
    let state = AppState { end: end.clone(), ..AppState::new(app.hermes.clone(), site()) };
    let request = Request::get("/api/v1/live").header(header::HOST, "localhost").body(String::new()).unwrap();
    let answer = router(state).oneshot(request).await.unwrap();
    let mut events = Events::new(answer.into_body());
    assert_eq!(events.next().await.unwrap().name, "hello");
    end.cancel();
    assert_eq!(events.next().await, None);
    drop(events);
    assert_eq!(app.hermes.live_counts().streams, 0, "nothing is left of it");
}

#[tokio::test]
async fn open_streams_are_bounded_and_a_place_comes_free() {
    let limits = Limits { streams: Arc::new(Semaphore::new(1)), ..Limits::default() };
    let app = TestApp::on(Arc::new(MemoryStore::new()), limits).await;
    let first = open(&app, "").await;
    let refused = app.get("/api/v1/live").await;
    refused.check_refused(503, "too_many_streams");
    assert_eq!(refused.header("retry-after"), "10");
    drop(first);
    open(&app, "").await;
}

#[tokio::test(start_paused = true)]
async fn the_time_limit_of_requests_does_not_end_a_stream() {
    let limits = Limits { timeout: Duration::from_millis(20), ..Limits::default() };
    let app = TestApp::on(Arc::new(MemoryStore::new()), limits).await;
    let mut events = open(&app, "").await;
    for name in ["hello", "beat", "beat"] {
        assert_eq!(events.next().await.unwrap().name, name);
    }
}

#[tokio::test]
async fn a_store_that_fails_is_refused_in_the_one_shape() {
    let app = TestApp::on(Arc::new(BrokenStore), Limits::default()).await;
    app.get("/api/v1/live").await.check_refused(503, "unavailable");
}

#[tokio::test(start_paused = true)]
async fn streams_are_counted() {
    let app = TestApp::with(&[lines::task("t1", "One")]).await;
    let mut events = open(&app, "?after=0").await;
    for _ in 0..2 {
        events.next().await.unwrap();
    }
    let text = app.get("/metrics").await.text();
    for series in ["streams 1", "messages_total 1", "resyncs_total 0", "replayed_total 1", "reads_total 1"] {
        assert!(text.contains(&format!("\nmission_control_live_{series}\n")), "{series}: {text}");
    }
}

#[tokio::test]
async fn a_page_says_where_its_live_updates_begin() {
    let app = TestApp::with(&[lines::task("t1", "One")]).await;
    let frame = app.json("/api/ui/frame").await;
    assert_eq!((&frame["seq"], &frame["marks"]["settings"]), (&json!(1), &json!(0)));
    let page = app.get("/hermes").await.text();
    assert!(
        page.contains(r#"\"seq\":1"#) || page.contains(r#""seq":1"#),
        "the answers that it hydrates from say so"
    );
}
