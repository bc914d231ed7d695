//! Mirrors of stores.

use domain::{
    change::{Change, Changes, Row as Changed},
    fold::Ledger,
    id::Seq,
    query::{Page, TaskQuery},
    task::TaskRecord,
    telemetry::Telemetry,
    zone::Zone,
};
use mirror::{ChunkRef, Guesses, LIMIT, Manifest, Mirror, Products, Row, wire};
use store::{Batch, MemoryStore, Store, conformance};

/// A store of those lines.
pub(crate) async fn store_of(lines: &[Telemetry]) -> MemoryStore {
    let store = MemoryStore::new();
    append(&store, lines).await;
    store
}

pub(crate) async fn append(store: &MemoryStore, lines: &[Telemetry]) {
    let batch = Batch { lines: lines.to_vec(), cursors: Vec::new() };
    store.append(batch, conformance::now()).await.unwrap();
}

/// All changes after that place.
pub(crate) async fn changes(store: &MemoryStore, after: Seq) -> Vec<Change> {
    let Changes::Some { changes, .. } = store.changes_after(after, usize::MAX).await.unwrap() else {
        panic!("the log is whole")
    };
    changes
}

/// The tasks of a store as they are, by creation, and the place at which they are.
pub(crate) async fn tasks(store: &MemoryStore) -> (Vec<TaskRecord>, Seq) {
    let mut ledger = Ledger::default();
    changes(store, Seq(0)).await.iter().for_each(|change| ledger.apply(change));
    let mut tasks: Vec<TaskRecord> = ledger.tasks.into_values().collect();
    tasks.sort_by_key(|task| (task.created_at.unwrap_or(task.first_seen_at), task.id.clone()));
    (tasks, store.info().await.unwrap().seq)
}

pub(crate) fn chunk(tasks: &[TaskRecord], seq: Seq) -> Vec<u8> {
    let mut writer = wire::Writer::new();
    tasks.iter().for_each(|task| writer.push(task));
    writer.finish(seq)
}

/// A manifest of so many chunks.
pub(crate) async fn manifest(store: &MemoryStore, chunks: usize) -> Manifest {
    let info = store.info().await.unwrap();
    Manifest {
        format: wire::FORMAT,
        seq: info.seq,
        total: info.tasks,
        limit: LIMIT,
        complete: true,
        since: None,
        chunks: vec![ChunkRef { url: String::new(), rows: 0 }; chunks],
        products: Products::of(&store.product_book().await.unwrap()),
        guesses: Guesses::of(&store.settings().await.unwrap()),
        zone: Zone::utc(),
    }
}

/// A mirror that is made of a store's rows in that many chunks.
pub(crate) async fn mirror(store: &MemoryStore, chunks: usize) -> Mirror {
    let (tasks, seq) = tasks(store).await;
    let mut mirror = Mirror::new(&manifest(store, chunks).await);
    let part = tasks.len().div_ceil(chunks).max(1);
    for number in 0..chunks {
        let part = tasks.chunks(part).nth(number).unwrap_or_default();
        mirror.load(chunk(part, seq)).unwrap();
    }
    while mirror.build_some().unwrap() {}
    mirror
}

/// The mirror's answer is the store's.
pub(crate) async fn check(mirror: &mut Mirror, store: &MemoryStore, query: &TaskQuery) {
    let text = query.text();
    let (page, facets) = mirror.ledger(query);
    let (expected, expected_facets) = store.ledger(query).await.unwrap();
    let expected: Page<Row> = expected.map(Row::from);
    let ids = |page: &Page<Row>| page.items.iter().map(|row| row.id.to_string()).collect::<Vec<_>>();
    assert_eq!((page.total, ids(&page)), (expected.total, ids(&expected)), "{text}");
    assert_eq!(page, expected, "{text}");
    assert_eq!(facets, expected_facets, "{text}");
}

/// Whether the change is of a task.
pub(crate) fn is_of_task(change: &Change) -> bool {
    matches!(change.row, Changed::Task(_) | Changed::TaskMerged(_))
}
