//! A server that is killed while lines come in: what it acknowledged is there exactly once, the database is whole.

use std::{
    collections::BTreeSet,
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use serde_json::Value;
use store::Store;
use store_sqlite::SqliteStore;

use crate::harness::{
    binary::{self, Served, exchange},
    lines,
};

/// How often the server is killed.
const LIVES: u64 = 50;

/// Programs that post at the same time.
const SENDERS: u64 = 4;

/// Lines of one request.
const LINES: u64 = 7;

#[test]
fn every_acknowledged_line_is_there_exactly_once() {
    let dir = tempfile::tempdir().unwrap();
    let token = binary::run_ok(dir.path(), &["token", "create", "crash"]);
    let acknowledged = Mutex::new(BTreeSet::new());
    let (mut unanswered, mut state) = (0, 7_u64);
    for life in 0..LIVES {
        // Where in its life the server dies: another number of answers each time, and then in the midst of more.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        unanswered += one_life(dir.path(), &token, life, (state >> 33) % 40, &acknowledged);
    }
    let acknowledged = acknowledged.into_inner().unwrap();
    assert!(acknowledged.len() as u64 > LIVES * LINES, "only {} lines were acknowledged", acknowledged.len());
    assert!(
        unanswered > LIVES / 2,
        "only {unanswered} requests were cut off: the kills came at quiet moments"
    );
    check_stored(dir.path(), &acknowledged);
    check_intact(dir.path());
}

/// Starts the server, posts from several threads, and kills it after that many answers. How many requests got none.
fn one_life(
    data: &std::path::Path,
    token: &str,
    life: u64,
    answers: u64,
    acknowledged: &Mutex<BTreeSet<String>>,
) -> u64 {
    let mut server = Served::start(data);
    let address = server.address;
    let (answered, cut) = (AtomicU64::new(0), AtomicU64::new(0));
    let headers = format!("Authorization: Bearer {token}\r\nContent-Type: application/x-ndjson\r\n");
    std::thread::scope(|scope| {
        let (answered, cut, headers) = (&answered, &cut, &headers);
        for sender in 0..SENDERS {
            scope.spawn(move || {
                for request in 0.. {
                    let ids: Vec<String> =
                        (0..LINES).map(|line| format!("{life}-{sender}-{request}-{line}")).collect();
                    let body: Vec<Value> = ids.iter().map(|id| lines::task(id, "Survivor")).collect();
                    let sent =
                        exchange(address, "POST", "/api/v1/ingest", headers, lines::text(&body).as_bytes());
                    let Some((status, answer)) = sent else {
                        cut.fetch_add(1, Ordering::SeqCst);
                        return;
                    };
                    assert_eq!(status, 200, "{answer}");
                    let answer: Value = serde_json::from_str(&answer).unwrap();
                    assert_eq!(answer["accepted"], LINES, "{answer}");
                    acknowledged.lock().unwrap().extend(ids);
                    answered.fetch_add(1, Ordering::SeqCst);
                }
            });
        }
        while answered.load(Ordering::SeqCst) < answers && cut.load(Ordering::SeqCst) < SENDERS {
            std::thread::yield_now();
        }
        server.kill();
    });
    cut.into_inner()
}

/// A server that starts after all that has every acknowledged line, and none twice.
fn check_stored(data: &std::path::Path, acknowledged: &BTreeSet<String>) {
    let server = Served::start(data);
    let mut stored = BTreeSet::new();
    for page in 1.. {
        let tasks = server.get(&format!("/api/v1/tasks?perPage=100&page={page}&sort=title"));
        let tasks = tasks["items"].as_array().unwrap();
        if tasks.is_empty() {
            break;
        }
        for task in tasks {
            let id = task["id"].as_str().unwrap().to_owned();
            assert_eq!(task["title"], "Survivor");
            assert!(stored.insert(id.clone()), "{id} is there twice");
        }
    }
    let lost: Vec<_> = acknowledged.difference(&stored).collect();
    assert!(
        lost.is_empty(),
        "{} of {} acknowledged lines are lost: {lost:?}",
        lost.len(),
        acknowledged.len()
    );
}

fn check_intact(data: &std::path::Path) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let info = runtime.block_on(async {
        let store = SqliteStore::open(&data.join("mission-control.db")).await.unwrap();
        store.check().await.expect("PRAGMA integrity_check is ok");
        store.info().await.unwrap()
    });
    assert_eq!(info.lines, info.tasks, "a task for each line");
}
