//! Files that are followed while they grow.

use std::{
    fs::{self, File, OpenOptions},
    io::Write,
    path::{Path, PathBuf},
    sync::Arc,
};

use ingest::clip::MAX_LINE_BYTES;
use server::{
    jobs::tail::{Follower, State},
    limits::Limits,
};
use service::Receipt;
use store_sqlite::SqliteStore;

use crate::harness::{TestApp, lines};

/// A file that is followed, and somebody who writes to it.
struct Bench {
    app: TestApp,
    follower: Follower,
    dir: tempfile::TempDir,
}

impl Bench {
    async fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let app = TestApp::new().await;
        let follower = Follower::new(&dir.path().join("events.jsonl"), app.hermes.clone()).unwrap();
        Self { app, follower, dir }
    }

    fn path(&self) -> PathBuf {
        self.dir.path().join("events.jsonl")
    }

    /// Another process life: only what the store keeps is left.
    fn restart(&mut self) {
        self.follower = Follower::new(&self.path(), self.app.hermes.clone()).unwrap();
    }

    async fn poll(&mut self) -> Receipt {
        self.follower.poll().await.unwrap().receipt
    }

    /// Looks again, and expects that many new lines and no other ones.
    async fn check(&mut self, accepted: u64) {
        let receipt = self.poll().await;
        assert_eq!(
            (receipt.accepted, receipt.duplicate, receipt.rejected.total),
            (accepted, 0, 0),
            "{receipt:?}"
        );
    }

    async fn tasks(&self) -> u64 {
        self.app.json("/api/v1/tasks").await["total"].as_u64().unwrap()
    }
}

fn line(id: &str) -> String {
    lines::text(&[lines::task(id, id)])
}

fn append(path: &Path, text: &str) {
    OpenOptions::new().create(true).append(true).open(path).unwrap().write_all(text.as_bytes()).unwrap();
}

#[tokio::test]
async fn new_lines_are_read_and_a_missing_file_is_waited_for() {
    let mut bench = Bench::new().await;
    assert_eq!(bench.follower.poll().await.unwrap().state, State::Waiting);
    append(&bench.path(), &line("t1"));
    let polled = bench.follower.poll().await.unwrap();
    assert_eq!((polled.state, polled.receipt.accepted), (State::Following, 1));
    assert_eq!(bench.poll().await, Receipt::default());
    append(&bench.path(), &(line("t2") + &line("t3")));
    assert_eq!(bench.poll().await.accepted, 2);
    assert_eq!(bench.tasks().await, 3);
}

#[tokio::test]
async fn half_a_line_waits_for_its_end() {
    let mut bench = Bench::new().await;
    let whole = line("t1");
    let (first, second) = whole.split_at(20);
    append(&bench.path(), first);
    assert_eq!(bench.poll().await, Receipt::default());
    append(&bench.path(), second);
    bench.check(1).await;
}

#[tokio::test]
async fn a_restart_goes_on_where_it_was() {
    let mut bench = Bench::new().await;
    append(&bench.path(), &line("t1"));
    assert_eq!(bench.poll().await.accepted, 1);
    bench.restart();
    append(&bench.path(), &line("t2"));
    bench.check(1).await;
}

#[tokio::test]
async fn a_restart_goes_on_where_it_was_on_sqlite() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("events.jsonl");
    for life in 0..3 {
        let store = SqliteStore::open(&dir.path().join("mission-control.db")).await.unwrap();
        let app = TestApp::on(Arc::new(store), Limits::default()).await;
        append(&path, &line(&format!("t{life}")));
        let receipt = Follower::new(&path, app.hermes.clone()).unwrap().poll().await.unwrap().receipt;
        assert_eq!((receipt.accepted, receipt.duplicate), (1, 0), "life {life}");
    }
}

#[tokio::test]
async fn after_a_rotation_the_old_file_is_finished_and_the_new_one_read() {
    let mut bench = Bench::new().await;
    append(&bench.path(), &line("t1"));
    assert_eq!(bench.poll().await.accepted, 1);
    let old = bench.dir.path().join("events.jsonl.1");
    append(&bench.path(), &line("t2"));
    fs::rename(bench.path(), &old).unwrap();
    append(&old, &line("t3"));
    bench.check(2).await;
    append(&bench.path(), &line("t4"));
    // The writer still held the old file, and left half a line in it.
    append(&old, &(line("t5") + line("t6").trim_end()));
    let mut accepted = 0;
    for _ in 0..3 {
        let receipt = bench.poll().await;
        assert_eq!((receipt.duplicate, receipt.rejected.total), (0, 0), "{receipt:?}");
        accepted += receipt.accepted;
    }
    assert_eq!((accepted, bench.tasks().await), (3, 6));
    append(&bench.path(), &line("t7"));
    assert_eq!(bench.poll().await.accepted, 1);
}

#[tokio::test]
async fn a_rotation_while_the_server_is_down_loses_nothing() {
    let mut bench = Bench::new().await;
    append(&bench.path(), &line("t1"));
    assert_eq!(bench.poll().await.accepted, 1);
    append(&bench.path(), &line("t2"));
    fs::rename(bench.path(), bench.dir.path().join("events.jsonl.1")).unwrap();
    append(&bench.path(), &line("t3"));
    bench.restart();
    for _ in 0..3 {
        let receipt = bench.poll().await;
        assert_eq!(receipt.duplicate, 0);
    }
    assert_eq!(bench.tasks().await, 3);
}

#[tokio::test]
async fn a_truncated_file_is_read_from_its_start() {
    let mut bench = Bench::new().await;
    append(&bench.path(), &(line("t1") + &line("t2")));
    assert_eq!(bench.poll().await.accepted, 2);
    fs::write(bench.path(), line("t3")).unwrap();
    bench.check(1).await;
}

#[tokio::test]
async fn a_file_rewritten_to_more_than_it_was_is_read_from_its_start() {
    let mut bench = Bench::new().await;
    append(&bench.path(), &line("t1"));
    assert_eq!(bench.poll().await.accepted, 1);
    // In place, so that it is the same file to the system.
    let mut file = File::options().write(true).truncate(true).open(bench.path()).unwrap();
    file.write_all((line("t2") + &line("t3") + &line("t1")).as_bytes()).unwrap();
    let receipt = bench.poll().await;
    assert_eq!((receipt.accepted, receipt.duplicate), (2, 1));
}

#[tokio::test]
async fn bad_lines_are_told_by_their_number_and_passed_over() {
    let mut bench = Bench::new().await;
    append(&bench.path(), &(line("t1") + "broken\n" + &line("t2")));
    let receipt = bench.poll().await;
    assert_eq!((receipt.accepted, receipt.rejected.first[0].line), (2, 2));
    append(&bench.path(), "broken too\n");
    assert_eq!(bench.poll().await.rejected.first[0].line, 4);
    bench.restart();
    assert_eq!(bench.poll().await, Receipt::default(), "what is wrong stays wrong: it is not read again");
}

#[tokio::test]
async fn a_line_without_end_is_rejected_once_and_skipped() {
    let mut bench = Bench::new().await;
    append(&bench.path(), &line("t1"));
    append(&bench.path(), &"x".repeat(3 * MAX_LINE_BYTES));
    let receipt = bench.poll().await;
    assert_eq!((receipt.accepted, receipt.rejected.total, receipt.rejected.first[0].line), (1, 1, 2));
    bench.restart();
    append(&bench.path(), &("y".repeat(MAX_LINE_BYTES) + "\nbroken\n" + &line("t2")));
    let receipt = bench.poll().await;
    assert_eq!((receipt.accepted, receipt.rejected.total, receipt.rejected.first[0].line), (1, 1, 3));
}

#[tokio::test]
async fn a_large_file_is_read_in_pieces() {
    let mut bench = Bench::new().await;
    let recorded = fs::read(lines::recorded("events-T.jsonl")).unwrap();
    fs::write(bench.path(), recorded).unwrap();
    bench.check(2031).await;
    assert_eq!(bench.tasks().await, 200);
}

#[tokio::test]
async fn what_could_not_be_stored_is_read_again() {
    use crate::harness::broken::BrokenStore;
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("events.jsonl");
    append(&path, &line("t1"));
    let broken = TestApp::on(Arc::new(BrokenStore), Limits::default()).await;
    let mut follower = Follower::new(&path, broken.hermes.clone()).unwrap();
    assert!(follower.poll().await.is_err());
    assert!(follower.poll().await.is_err(), "it goes on trying");
}
