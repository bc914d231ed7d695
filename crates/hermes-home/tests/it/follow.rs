//! A home that was followed while the agent worked equals one that was imported at its end.

use std::{collections::BTreeMap, path::Path};

use chrono::{DateTime, TimeDelta, Utc};
use hermes_fake::{Plan, Writer};

use crate::harness::{Ledger, copy_of, now, reader, same};

/// Homes that are tried.
const SEEDS: u64 = 5;

/// Steps of the agent in each.
const STEPS: usize = 180;

pub(crate) async fn small_home(dir: &Path, seed: u64, at: DateTime<Utc>) {
    let plan = Plan {
        sessions: 24,
        jobs: 4,
        projects: 5,
        prompt_bytes: 800,
        bom: seed.is_multiple_of(2),
        ..Plan::new(seed, at)
    };
    hermes_fake::home(dir, &plan).await.unwrap();
}

#[tokio::test]
async fn a_home_that_was_followed_equals_one_that_was_imported() {
    for seed in 0..SEEDS {
        let dir = tempfile::tempdir().unwrap();
        let mut at = now();
        small_home(dir.path(), seed, at).await;
        let followed = Ledger::new();
        let mut follower = reader(dir.path());
        let mut writer = Writer::open(dir.path(), seed).await.unwrap();
        for step in 0..STEPS {
            at += TimeDelta::seconds(7);
            writer.step(at).await.unwrap();
            // Sometimes after each step, sometimes after many, now and then by a new process.
            if step % (1 + usize::try_from(seed).unwrap() * 3) == 0 {
                followed.finish_at(&mut follower, at).await;
            }
            if step % 90 == 89 {
                follower = reader(dir.path());
            }
        }
        followed.finish_at(&mut follower, at).await;
        let fresh = Ledger::new();
        fresh.finish_at(&mut reader(dir.path()), at).await;
        same(&followed.dump().await, &fresh.dump().await, &format!("seed {seed}"));

        // Long after, those that were still at work count as dead, in both.
        let later = at + TimeDelta::hours(1);
        followed.finish_at(&mut follower, later).await;
        fresh.finish_at(&mut reader(dir.path()), later).await;
        same(&followed.dump().await, &fresh.dump().await, &format!("seed {seed}, an hour later"));
        let reports = (follower.report(&followed).await.unwrap(), {
            let mut again = reader(dir.path());
            fresh.finish_at(&mut again, later).await;
            again.report(&fresh).await.unwrap()
        });
        assert_eq!(reports.0, reports.1, "seed {seed}");
        writer.close().await.unwrap();
    }
}

#[tokio::test]
async fn an_unchanged_home_costs_no_row_of_messages_and_adds_nothing() {
    let dir = tempfile::tempdir().unwrap();
    small_home(dir.path(), 1, now()).await;
    let ledger = Ledger::new();
    let (mut reader_, accepted) = ledger.import(dir.path()).await;
    assert!(accepted > 100);
    let first = reader_.work();
    assert!(first.message_rows > 100);
    let seq = ledger.0.info().await.unwrap().seq;

    // The same process looks again, and again.
    for _ in 0..3 {
        assert_eq!(ledger.finish(&mut reader_).await, 0);
    }
    assert_eq!(reader_.work().message_rows, first.message_rows);

    // Another process.
    let (again, accepted) = ledger.import(dir.path()).await;
    assert_eq!((accepted, again.work().message_rows), (0, 0));
    assert_eq!(ledger.0.info().await.unwrap().seq, seq, "nothing was added");
}

#[tokio::test]
async fn only_the_new_rows_of_a_session_are_read() {
    let dir = tempfile::tempdir().unwrap();
    small_home(dir.path(), 2, now()).await;
    let ledger = Ledger::new();
    let (mut reader, _) = ledger.import(dir.path()).await;
    let before = rows(dir.path()).await;
    let read = reader.work().message_rows;
    let mut writer = Writer::open(dir.path(), 2).await.unwrap();
    for step in 1..60 {
        writer.step(now() + TimeDelta::seconds(step)).await.unwrap();
        ledger.finish_at(&mut reader, now() + TimeDelta::seconds(step)).await;
    }
    let rewound = rewinds(dir.path()).await;
    let new = rows(dir.path()).await - before;
    // A session of which rows were taken back is read anew, once a time; nothing else is.
    let extra = reader.work().message_rows - read - new;
    assert!(
        if rewound == 0 { extra == 0 } else { extra < 200 },
        "{new} new rows, {extra} read again, {rewound} rewinds"
    );
    writer.close().await.unwrap();
}

async fn rows(home: &Path) -> u64 {
    one(home, "select count(*) from messages").await
}

async fn rewinds(home: &Path) -> u64 {
    one(home, "select sum(rewind_count) from sessions").await
}

async fn one(home: &Path, sql: &'static str) -> u64 {
    use sqlx::Connection as _;
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(home.join("state.db")).read_only(true);
    let mut conn = sqlx::SqliteConnection::connect_with(&options).await.unwrap();
    let count: i64 = sqlx::query_scalar(sql).fetch_one(&mut conn).await.unwrap();
    u64::try_from(count).unwrap()
}

#[tokio::test]
async fn reading_changes_neither_database_nor_log() {
    let dir = tempfile::tempdir().unwrap();
    small_home(dir.path(), 3, now()).await;
    // A writer that lives keeps its log; a copy of what lies there is a home after a power cut.
    let mut writer = Writer::open(dir.path(), 3).await.unwrap();
    for step in 0..20 {
        writer.step(now() + TimeDelta::seconds(step)).await.unwrap();
    }
    let copy = copy_of(dir.path());
    writer.close().await.unwrap();
    let before = sums(copy.path());
    assert!(before.keys().any(|name| name.ends_with("state.db-wal")), "{before:?}");
    let ledger = Ledger::new();
    let (mut reader, _) = ledger.import(copy.path()).await;
    reader.report(&ledger).await.unwrap();
    assert_eq!(sums(copy.path()), before);
}

/// Every file of a home with its bytes' fingerprint; what SQLite shares between processes (`-shm`) left out.
pub(crate) fn sums(dir: &Path) -> BTreeMap<String, (usize, u64)> {
    fn walk(dir: &Path, found: &mut BTreeMap<String, (usize, u64)>) {
        for entry in std::fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if !path.to_string_lossy().ends_with("-shm") {
                let bytes = std::fs::read(&path).unwrap();
                let sum = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
                    (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
                });
                found.insert(path.display().to_string(), (bytes.len(), sum));
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(dir, &mut found);
    found
}
