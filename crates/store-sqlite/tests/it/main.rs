//! The SQLite store passes the suite that every store passes, and what is particular to a file.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use domain::{
    decision::{DecisionKind, NewDecision},
    facts::work::WorkSpan,
    id::ItemKey,
    insight::fingerprint::Recurrence,
    query::{PageRequest, TaskFilter, TaskQuery},
    task::Task,
    telemetry::Telemetry,
};
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection, sqlite::SqliteConnectOptions};
use store::{Batch, Store, StoreError, conformance};
use store_sqlite::SqliteStore;
use tempfile::TempDir;

async fn open(folder: &TempDir) -> SqliteStore {
    SqliteStore::open(&folder.path().join("ledger.db")).await.unwrap()
}

/// The file itself, past the store.
async fn bare(folder: &TempDir) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(folder.path().join("ledger.db"));
    options.connect().await.unwrap()
}

/// Runs scripts over the file, which no store has open: most take back what a later version of the tables brought.
async fn run(folder: &TempDir, scripts: &[&'static str]) {
    let mut conn = bare(folder).await;
    for script in scripts {
        sqlx::raw_sql(*script).execute(&mut conn).await.unwrap();
    }
    conn.close().await.unwrap();
}

/// Folders of stores that a suite asks for one after the other: all are there until it is done.
#[derive(Default)]
struct Folders(std::sync::Mutex<Vec<TempDir>>);

impl Folders {
    /// A store of its own.
    async fn store(&self) -> SqliteStore {
        let folder = TempDir::new().unwrap();
        let store = open(&folder).await;
        self.0.lock().unwrap().push(folder);
        store
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_sqlite_store_conforms() {
    let folders = Folders::default();
    conformance::all(async || folders.store().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_founders_word_about_products_conforms() {
    let folders = Folders::default();
    conformance::products(async || folders.store().await).await;
}

#[tokio::test]
async fn the_parts_of_the_mirror_conform() {
    let folders = Folders::default();
    conformance::mirror(async || folders.store().await).await;
}

#[tokio::test]
async fn the_months_of_a_file_from_before_them_are_counted_from_its_rows() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    let (lines, spans) = conformance::sample(11, 600);
    store.append(Batch { lines, cursors: Vec::new() }, spans.until).await.unwrap();
    let counts = async |store: &SqliteStore| {
        let months = store.mirror_months().await.unwrap();
        (months.tasks, months.months.iter().map(|month| (month.month, month.tasks)).collect::<Vec<_>>())
    };
    let kept = counts(&store).await;
    assert!(kept.1.len() > 1, "{kept:?}");
    store.close().await;
    let undo = "drop table mirror_months; delete from _sqlx_migrations where version = 11";
    run(&folder, &[undo]).await;
    assert_eq!(counts(&open(&folder).await).await, kept);
}

#[tokio::test]
async fn a_file_with_the_narrow_indexes_gets_the_ones_that_hold_all() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    let (lines, spans) = conformance::sample(11, 300);
    store.append(Batch { lines, cursors: Vec::new() }, spans.until).await.unwrap();
    let kept = store.facets(&TaskFilter::default()).await.unwrap();
    store.close().await;
    let undo = "drop index tasks_ledger; create index tasks_ledger on tasks (status); \
                drop index tasks_by_product; create index tasks_by_product on tasks (product, activity_at); \
                drop index runs_commits; create index runs_commits on runs (task); \
                delete from _sqlx_migrations where version = 12";
    run(&folder, &[undo]).await;
    assert_eq!(open(&folder).await.facets(&TaskFilter::default()).await.unwrap(), kept);
    let mut conn = bare(&folder).await;
    let index = "select sql from sqlite_schema where name = ?";
    for (name, holds) in
        [("tasks_ledger", "ended_at"), ("tasks_by_product", "id"), ("runs_commits", "started_at, id")]
    {
        let sql: String = sqlx::query_scalar(index).bind(name).fetch_one(&mut conn).await.unwrap();
        assert!(sql.contains(&format!("{holds})")), "{sql}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn exports_and_views_conform() {
    let folders = Folders::default();
    conformance::ledger(async || folders.store().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn deleting_conforms() {
    let folders = Folders::default();
    conformance::retention(async || folders.store().await).await;
}

#[tokio::test]
async fn thousands_of_questions_are_answered_as_a_scan_answers_them() {
    let folder = TempDir::new().unwrap();
    conformance::questions(&open(&folder).await).await;
}

#[tokio::test]
async fn what_was_stored_is_there_when_the_file_is_opened_again() {
    let folder = TempDir::new().unwrap();
    let lines: Vec<Telemetry> = Vec::new();
    let first = open(&folder).await;
    let key = first.digest_key().await.unwrap();
    let cursors = vec![("file".to_owned(), serde_json::json!(7))];
    first.append(Batch { lines, cursors }, chrono::DateTime::UNIX_EPOCH).await.unwrap();
    first.close().await;
    assert!(!folder.path().join("ledger.db-wal").exists(), "a closed database is one file");
    let second = open(&folder).await;
    assert_eq!(second.cursor("file").await.unwrap(), Some(serde_json::json!(7)));
    assert_eq!(second.digest_key().await.unwrap(), key, "digests stay comparable");
    second.check().await.unwrap();
}

#[tokio::test]
async fn decisions_and_their_log_outlive_the_process() {
    let (folder, now) = (TempDir::new().unwrap(), chrono::DateTime::UNIX_EPOCH);
    let new = |kind| NewDecision {
        item: ItemKey::new("job:j_1:missed").unwrap(),
        cause: "late".to_owned(),
        title: "Nightly audit".to_owned(),
        kind,
        subject: None,
        until: None,
        note: None,
        by: "founder".to_owned(),
    };
    let first = open(&folder).await;
    first.decide(&new(DecisionKind::Acknowledged), now).await.unwrap();
    first.decide(&new(DecisionKind::Snoozed), now).await.unwrap();
    first.undo(2, "founder", now).await.unwrap().unwrap();
    let kept = (first.decisions().await.unwrap(), first.audit(PageRequest::default()).await.unwrap());
    assert_eq!((kept.0.len(), kept.1.total), (1, 3));
    first.close().await;
    let second = open(&folder).await;
    assert_eq!(
        (second.decisions().await.unwrap(), second.audit(PageRequest::default()).await.unwrap()),
        kept
    );
    assert_eq!(second.undo(1, "founder", now).await.unwrap().unwrap().id, 4, "the log goes on");
}

#[tokio::test]
async fn nothing_can_be_changed_or_deleted_in_the_log() {
    let folder = TempDir::new().unwrap();
    open(&folder).await.close().await;
    let mut conn = bare(&folder).await;
    sqlx::query(
        "insert into audit (at, who, action, item, title, cause) values (1, 'founder', 0, 'task:t', 'T', 'c')",
    )
    .execute(&mut conn)
    .await
    .unwrap();
    for change in ["update audit set who = 'nobody'", "delete from audit"] {
        let refused = sqlx::query(change).execute(&mut conn).await.unwrap_err();
        assert!(refused.to_string().contains("only added to"), "{refused}");
    }
}

#[tokio::test]
async fn an_older_file_gets_its_roll_ups_from_the_rows_that_are_there() {
    let folder = TempDir::new().unwrap();
    let first = open(&folder).await;
    let (lines, spans) = conformance::sample(7, 700);
    first.append(Batch { lines, cursors: Vec::new() }, spans.until).await.unwrap();
    let kept = first.facts(spans).await.unwrap();
    first.close().await;
    let undo = "drop table product_counts; drop table product_days; drop table deeds; \
                drop index tasks_completed_by_product; drop index tasks_completed_by_type";
    run(&folder, &[undo, include_str!("../../migrations/0003_insights.sql")]).await;
    assert_eq!(open(&folder).await.facts(spans).await.unwrap(), kept);
}

#[tokio::test]
async fn an_older_file_gets_the_words_of_the_rows_that_are_there() {
    let folder = TempDir::new().unwrap();
    let first = open(&folder).await;
    let (lines, spans) = conformance::sample(7, 700);
    first.append(Batch { lines, cursors: Vec::new() }, spans.until).await.unwrap();
    let query = |word: &str| TaskQuery::parse(&format!("in=everything&q={word}")).unwrap();
    let words = ["step", "sylter", "psql", "応答", "burns", "one"];
    let mut kept = Vec::new();
    for word in words {
        kept.push(first.tasks(&query(word)).await.unwrap());
    }
    assert!(kept.iter().all(|page| page.total > 0));
    first.close().await;
    let undo = "drop table views; drop table view_changes; drop table detail_words; drop table event_words; \
                drop table run_words; drop index tasks_ledger";
    run(&folder, &[undo, include_str!("../../migrations/0005_ledger.sql")]).await;
    let second = open(&folder).await;
    for (word, kept) in words.into_iter().zip(kept) {
        assert_eq!(second.tasks(&query(word)).await.unwrap(), kept, "{word}");
    }
}

#[tokio::test]
async fn facets_see_what_another_process_stored() {
    let folder = TempDir::new().unwrap();
    let (one, other) = (open(&folder).await, open(&folder).await);
    let (lines, spans) = conformance::sample(8, 300);
    for (number, part) in lines.chunks(60).enumerate() {
        let writer = if number % 2 == 0 { &one } else { &other };
        writer.append(Batch { lines: part.to_vec(), cursors: Vec::new() }, spans.until).await.unwrap();
        let everything = TaskFilter::default();
        let facets = one.facets(&everything).await.unwrap();
        assert_eq!(facets, other.facets(&everything).await.unwrap());
        assert_eq!(facets.total, other.tasks(&TaskQuery::default()).await.unwrap().total);
    }
}

#[tokio::test]
async fn an_older_file_gets_its_fingerprints_from_the_rows_that_are_there() {
    let folder = TempDir::new().unwrap();
    let first = open(&folder).await;
    let (lines, spans) = conformance::sample(7, 900);
    first.append(Batch { lines, cursors: Vec::new() }, spans.until).await.unwrap();
    let tasks = first.tasks(&TaskQuery::default()).await.unwrap().items;
    let kept = recurrences(&first, &tasks).await;
    assert!(
        kept.iter().flatten().any(|recurrence| recurrence.tasks > 2),
        "the sample has failures that come back"
    );
    first.close().await;
    let undo = "drop table failures; delete from meta where key = 'fingerprints'";
    run(&folder, &[undo, include_str!("../../migrations/0007_fingerprints.sql")]).await;
    assert_eq!(recurrences(&open(&folder).await, &tasks).await, kept);
}

async fn recurrences(store: &SqliteStore, tasks: &[Task]) -> Vec<Vec<Recurrence>> {
    let mut all = Vec::new();
    for task in tasks {
        all.push(store.recurrences(&task.id).await.unwrap());
    }
    all
}

#[tokio::test]
async fn an_older_file_gets_what_workers_did_from_the_rows_that_are_there() {
    let folder = TempDir::new().unwrap();
    let first = open(&folder).await;
    let (lines, spans) = conformance::sample(8, 700);
    first.append(Batch { lines, cursors: Vec::new() }, spans.until).await.unwrap();
    let span = WorkSpan { since: spans.days, until: spans.until };
    let readings = async |store: &SqliteStore| {
        (store.work(span, None).await.unwrap(), store.failed_calls("terminal", 50).await.unwrap())
    };
    let kept = readings(&first).await;
    assert!(kept.0.workers.len() > 6 && !kept.1.is_empty(), "{kept:?}");
    first.close().await;
    let undo = "delete from worker_totals; delete from worker_slots; delete from meta where key = 'work_filled'; \
                update events set tool = null, outcome = null, ordered_at = null; \
                update runs set model = null, worked = null, ended_at = null";
    run(&folder, &[undo]).await;
    assert_eq!(readings(&open(&folder).await).await, kept);
}

#[tokio::test]
async fn a_file_that_is_no_database_is_named_and_left_alone() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("ledger.db");
    std::fs::write(&path, "not a database at all, but long enough to be read as one").unwrap();
    let error = SqliteStore::open(&path).await.err().unwrap();
    assert!(matches!(&error, StoreError::Corrupt(reason) if reason.contains("ledger.db")), "{error}");
    assert!(std::fs::read_to_string(&path).unwrap().starts_with("not a database"));
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_but_its_owner_reads_the_file() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    for file in ["ledger.db", "ledger.db-wal"] {
        let mode = std::fs::metadata(folder.path().join(file)).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{file}: {mode:o}");
    }
    store.close().await;
}

#[tokio::test]
async fn the_history_of_a_file_from_before_it_is_filled_from_its_rows() {
    use domain::facts::{Period, bucket};
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    let (lines, spans) = conformance::sample(7, 600);
    store.append(Batch { lines, cursors: Vec::new() }, spans.until).await.unwrap();
    let day = |days| bucket(spans.until) + chrono::TimeDelta::days(days);
    let periods: Vec<Period> = (-45..3).map(|days| Period { from: day(days), to: day(days + 1) }).collect();
    let kept = store.history(&periods, None).await.unwrap();
    assert!(kept.periods.iter().any(|period| !period.causes.is_empty()), "the sample has failures");
    store.close().await;

    let wipe =
        ["delete from history_ends", "delete from history_causes", "delete from meta where key = 'history'"];
    run(&folder, &wipe).await;
    assert_eq!(open(&folder).await.history(&periods, None).await.unwrap(), kept);
}
