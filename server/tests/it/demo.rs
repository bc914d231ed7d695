//! `serve --demo`: data that is nobody's, in a database of its own.

use std::{fs, sync::Arc};

use server::demo;
use service::{FixedClock, Hermes};
use store::MemoryStore;

use crate::harness::{
    NOW, TestApp,
    binary::{Served, run, run_ok},
    lines,
};

async fn app() -> TestApp {
    let clock = Arc::new(FixedClock::new(NOW.parse().unwrap()));
    let hermes = Hermes::of_demo_data(Arc::new(MemoryStore::new()), clock);
    demo::fill(&hermes).await.unwrap();
    TestApp::over(hermes).await
}

#[tokio::test]
async fn it_is_a_whole_portfolio_at_work_now() {
    let app = app().await;
    assert_eq!(app.json("/api/v1/products").await["total"], 52);
    assert_eq!(app.json("/api/v1/tasks").await["total"], 2000);
    assert!(app.json("/api/v1/tasks?status=running").await["total"].as_u64() > Some(5));
    assert!(app.json("/api/v1/tasks?status=blocked").await["total"].as_u64() > Some(3));
    let newest = app.json("/api/v1/tasks?status=running&sort=-lastActivityAt").await;
    assert!(newest["items"][0]["lastActivityAt"].as_str() > Some("2026-11-20T08:55"), "{newest}");
    let jobs = app.json("/api/v1/schedule").await;
    assert!(jobs["items"][1]["nextRunAt"].as_str() > Some(NOW), "{jobs}");
    let overview = app.json("/api/v1/overview").await["overview"].clone();
    for figure in ["activeTasks", "completedToday", "failedTasks", "blockedTasks", "founderAttentionCount"] {
        assert!(overview[figure].as_u64() > Some(0), "{figure}: {overview}");
    }
}

#[tokio::test]
async fn the_scores_worked_out_in_the_documentation_are_those_that_are_shown() {
    let told = include_str!("../../../docs/insights.md");
    let (_, table) = told.split_once("| product | health | momentum |").unwrap();
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    let insights = app().await.json("/api/v1/insights").await;
    let mut checked = 0;
    for row in rows {
        let cells: Vec<_> = row.trim_matches('|').split('|').map(str::trim).collect();
        let mut products = insights["portfolio"].as_array().unwrap().iter();
        let product = products.find(|insight| insight["product"]["name"] == cells[0]).unwrap();
        let shown = [&product["health"]["score"], &product["momentum"]["score"]].map(ToString::to_string);
        assert_eq!(shown, cells[1..], "{}", cells[0]);
        checked += 1;
    }
    assert_eq!(checked, 3);
}

#[tokio::test]
async fn every_page_says_that_it_is_demo_data_and_how_to_leave() {
    let app = app().await;
    for path in ["/hermes", "/hermes/sources", "/hermes/tasks"] {
        let page = app.get(path).await.text();
        assert!(page.contains("demo-badge") && page.contains("Nothing here is real."), "{path}");
        assert!(!page.contains("Your data"), "{path}");
    }
    let real = TestApp::new().await.get("/hermes").await.text();
    assert!(!real.contains("demo-badge") && real.contains("Your data"));
    assert!(real.contains("Look around with demo data"));
}

#[test]
fn the_real_database_is_neither_opened_nor_made() {
    let dir = tempfile::tempdir().unwrap();
    {
        let served = Served::with(dir.path(), &["--demo"]);
        assert_eq!(served.get("/api/v1/products")["total"], 52);
        assert_eq!(served.get("/api/v1/sources")["home"], serde_json::Value::Null);
    }
    assert!(!dir.path().join("mission-control.db").exists());
    let task = format!("{}\n", lines::task("t1", "Mine"));
    assert!(run(dir.path(), &["ingest", "-"], task.as_bytes()).status.success());
    let before = fs::read(dir.path().join("mission-control.db")).unwrap();
    {
        let served = Served::with(dir.path(), &["--demo"]);
        assert_eq!(served.get("/api/v1/tasks")["total"], 2000);
    }
    assert!(before == fs::read(dir.path().join("mission-control.db")).unwrap());
    let served = Served::start(dir.path());
    assert_eq!(served.get("/api/v1/tasks")["total"], 1);
}

#[test]
fn what_is_a_day_old_is_made_again_and_what_is_fresh_stays() {
    let dir = tempfile::tempdir().unwrap();
    let newest = |at: &str| {
        let served = Served::with(dir.path(), &["--demo", "--now", at]);
        let tasks = served.get("/api/v1/tasks?sort=-lastActivityAt&perPage=1");
        assert_eq!(tasks["total"], 2000);
        tasks["items"][0]["lastActivityAt"].as_str().unwrap().to_owned()
    };
    let first = newest("2026-11-20T09:00:00Z");
    assert!(first.starts_with("2026-11-20T08:5"), "{first}");
    assert_eq!(newest("2026-11-20T20:00:00Z"), first);
    let later = newest("2026-11-22T09:00:00Z");
    assert!(later.starts_with("2026-11-22T08:5"), "{later}");
}

#[cfg(unix)]
#[test]
fn two_servers_show_it_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let first = Served::with(dir.path(), &["--demo"]);
    // Two days later it would be made again, were it not in use.
    let second = Served::with(dir.path(), &["--demo", "--now", "2026-11-22T09:00:00Z"]);
    for served in [&first, &second] {
        assert_eq!(served.get("/api/v1/tasks")["total"], 2000);
    }
}

#[test]
fn it_is_not_mixed_with_other_sources() {
    let dir = tempfile::tempdir().unwrap();
    for other in [["--hermes-home", "x"], ["--follow", "x.jsonl"]] {
        let output = run(dir.path(), &[&["serve", "--demo"][..], &other].concat(), b"");
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains("cannot be used with"), "{output:?}");
    }
    assert!(run_ok(dir.path(), &["serve", "--help"]).contains("--demo"));
}
