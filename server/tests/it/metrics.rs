//! What monitoring gets: figures that are so, and labels that do not grow.

use std::{collections::BTreeSet, sync::Arc};

use axum::http::{Request, header};
use domain::source::{HomeFound, HomeProgress, HomeState, HomeStatus};
use server::limits::Limits;

use crate::harness::{TestApp, broken::BrokenStore, lines};

async fn text(app: &TestApp) -> String {
    let answer = app.get("/metrics").await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
    answer.text()
}

/// The value of the series that is written just so.
#[track_caller]
fn value(text: &str, series: &str) -> Option<f64> {
    let found = text.lines().find_map(|line| line.strip_prefix(series)?.strip_prefix(' '));
    found.map(|value| value.parse().unwrap())
}

#[tokio::test]
async fn requests_are_counted_by_route_and_never_by_path() {
    let app = TestApp::with(&[lines::task("t-secret", "One")]).await;
    for path in ["/api/v1/tasks/t-secret", "/api/v1/tasks/none-1", "/api/v1/none-2", "/none-3"] {
        app.get(path).await;
    }
    let brewed = Request::builder().method("BREW").uri("/none-4");
    app.send(brewed, "").await.check_refused(401, "missing_token");
    let text = text(&app).await;
    let one = "mission_control_http_requests_total{route=\"/api/v1/tasks/{id}\",method=\"GET\",status=";
    assert_eq!(value(&text, &format!("{one}\"2xx\"}}")), Some(1.0), "{text}");
    assert_eq!(value(&text, &format!("{one}\"4xx\"}}")), Some(1.0));
    let none = "mission_control_http_requests_total{route=\"none\",method=";
    assert_eq!(value(&text, &format!("{none}\"GET\",status=\"4xx\"}}")), Some(2.0), "{text}");
    assert_eq!(value(&text, &format!("{none}\"other\",status=\"4xx\"}}")), Some(1.0), "{text}");
    let count = "mission_control_http_request_duration_seconds_count";
    let count = value(&text, &format!("{count}{{route=\"/api/v1/tasks/{{id}}\",method=\"GET\"}}"));
    assert_eq!(count, Some(2.0));
    for path in ["t-secret", "none-1", "none-2", "none-3", "none-4", "BREW"] {
        assert!(!text.contains(path), "{path} is a label");
    }
}

#[tokio::test]
async fn lines_are_counted_by_what_became_of_them() {
    let app = TestApp::new().await;
    let first = lines::text(&[lines::task("t1", "One"), lines::task("t2", "Two")]);
    let second = lines::text(&[lines::task("t1", "One"), lines::task("t2", "Other")]) + "broken\n";
    let bytes = first.len() + second.len();
    app.ingest(first).await;
    app.ingest(second).await;
    let text = text(&app).await;
    for (outcome, count) in [("accepted", 2.0), ("duplicate", 1.0), ("conflicting", 1.0), ("rejected", 1.0)] {
        let series = format!("mission_control_ingest_lines_total{{way=\"http\",outcome=\"{outcome}\"}}");
        assert_eq!(value(&text, &series), Some(count), "{outcome}: {text}");
    }
    assert_eq!(
        value(&text, "mission_control_ingest_bytes_total"),
        Some(f64::from(u32::try_from(bytes).unwrap()))
    );
    assert_eq!(value(&text, "mission_control_append_duration_seconds_count"), Some(2.0));
}

#[tokio::test]
async fn the_store_and_the_process_are_told_of() {
    let mut failed = lines::task("t2", "Two");
    failed["task"]["status"] = "failed".into();
    let app = TestApp::with(&[lines::task("t1", "One"), failed]).await;
    let text = text(&app).await;
    for (status, count) in [("queued", 1.0), ("failed", 1.0), ("running", 0.0)] {
        let series = format!("mission_control_tasks{{status=\"{status}\"}}");
        assert_eq!(value(&text, &series), Some(count), "{text}");
    }
    assert_eq!(value(&text, "mission_control_store_up"), Some(1.0));
    assert_eq!(value(&text, "mission_control_store_lines"), Some(2.0));
    assert_eq!(value(&text, "mission_control_store_seq"), Some(2.0));
    assert_eq!(value(&text, "process_start_time_seconds"), Some(1_795_165_200.0), "{text}");
    let version = env!("CARGO_PKG_VERSION");
    let build = format!("mission_control_build_info{{version=\"{version}\",build=\"build-1\"}}");
    assert_eq!(value(&text, &build), Some(1.0), "{text}");
    assert!(!text.contains("mission_control_home"), "no home was ever looked for: {text}");
}

#[tokio::test]
async fn the_home_tells_how_far_behind_it_is() {
    let app = TestApp::new().await;
    app.hermes.tell_home(HomeStatus {
        path: "/home/me/.hermes".to_owned(),
        found: HomeFound::Default,
        state: HomeState::Following,
        progress: HomeProgress { sessions_read: 120, sessions_total: None, messages_read: 9_000 },
        looked_at: Some("2026-11-20T08:58:30Z".parse().unwrap()),
        files: Vec::new(),
        skipped: Vec::new(),
        skipped_total: 7,
        unknown: Vec::new(),
        lessons: Vec::new(),
    });
    let text = text(&app).await;
    assert_eq!(value(&text, "mission_control_home_lag_seconds"), Some(90.0), "{text}");
    assert_eq!(value(&text, "mission_control_home_skipped"), Some(7.0));
    assert_eq!(value(&text, "mission_control_home_sessions"), None, "unknown is not 0");
}

#[tokio::test]
async fn a_store_that_fails_is_a_figure_and_hides_none() {
    let app = TestApp::on(Arc::new(BrokenStore), Limits::default()).await;
    app.get("/healthz").await;
    let text = text(&app).await;
    assert_eq!(value(&text, "mission_control_store_up"), Some(0.0), "{text}");
    assert!(!text.contains("mission_control_tasks"), "unknown is not 0: {text}");
    let alive = "mission_control_http_requests_total{route=\"/healthz\",method=\"GET\",status=\"2xx\"}";
    assert_eq!(value(&text, alive), Some(1.0));
}

#[tokio::test]
async fn servers_of_one_process_count_for_themselves() {
    let (busy, idle) = (TestApp::new().await, TestApp::new().await);
    busy.get("/healthz").await;
    assert!(text(&busy).await.contains("route=\"/healthz\""));
    assert!(!text(&idle).await.contains("route=\"/healthz\""));
}

#[tokio::test]
async fn every_series_has_its_help_and_its_type_once() {
    let app = TestApp::with(&[lines::task("t1", "One")]).await;
    let text = text(&app).await;
    let (mut series, mut typed) = (BTreeSet::new(), BTreeSet::new());
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("# TYPE ") {
            assert!(typed.insert(rest.split(' ').next().unwrap()), "{line}");
        } else if !line.starts_with('#') {
            let (name, value) = line.rsplit_once(' ').unwrap();
            assert!(value.parse::<f64>().is_ok(), "{line}");
            assert!(series.insert(name), "{line} comes twice");
            let name = name.split('{').next().unwrap();
            let family = ["_bucket", "_sum", "_count"].iter().find_map(|end| name.strip_suffix(end));
            assert!(typed.contains(name) || family.is_some_and(|name| typed.contains(name)), "{line}");
        }
    }
    assert_eq!(text.matches("# HELP ").count(), typed.len());
}

#[tokio::test]
async fn only_loopback_names_get_figures() {
    let app = TestApp::new().await;
    let request = Request::get("/metrics").header(header::HOST, "evil.test");
    app.send(request, "").await.check_refused(421, "not_loopback");
}
