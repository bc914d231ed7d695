//! Exports: an empty store that takes one becomes the same ledger, which exports the same bytes.

use std::sync::Arc;

use domain::{
    query::{PageRequest, TaskQuery},
    retell::ExportFormat,
};
use proptest::prelude::*;
use service::{Admission, FixedClock, Hermes};
use store::{Batch, MemoryStore, Store, conformance};

/// Later than everything that is told, so that nothing lies ahead of the clock.
const LATER: &str = "2026-12-31T00:00:00Z";

fn over(store: MemoryStore) -> Hermes {
    Hermes::new(Arc::new(store), Arc::new(FixedClock::new(LATER.parse().unwrap())))
}

async fn exported(hermes: &Hermes, text: &str, format: ExportFormat) -> String {
    let mut export = hermes.export(&TaskQuery::parse(text).unwrap(), format).await.unwrap();
    let mut whole = Vec::new();
    while let Some(part) = export.next().await.unwrap() {
        whole.extend(part);
    }
    String::from_utf8(whole).unwrap()
}

async fn taken(lines: &str) -> Hermes {
    let hermes = over(MemoryStore::new());
    let receipt = hermes.ingest(lines.to_owned().into_bytes(), 1, None, Admission::Wait).await.unwrap();
    assert_eq!((&receipt.rejected.first, &receipt.warnings.first), (&vec![], &vec![]));
    assert_eq!((receipt.duplicate, receipt.conflicting.total), (0, 0), "each line once");
    hermes
}

/// Everything that can be read of the tasks, their products, events and runs.
async fn ledger(hermes: &Hermes) -> Vec<String> {
    let all = PageRequest { page: 1, per_page: 100 };
    let tasks = hermes.tasks(&TaskQuery { page: all, ..TaskQuery::default() }).await.unwrap();
    let mut read = Vec::new();
    for task in tasks.items {
        let events = hermes.events(&task.id, all).await.unwrap();
        let runs = hermes.runs(&task.id, all).await.unwrap();
        let products = hermes.products_by_id(std::slice::from_ref(&task.product_id)).await.unwrap();
        read.push(format!("{task:#?} {events:#?} {runs:#?} {products:#?}"));
    }
    read
}

#[track_caller]
fn assert_same(one: &str, other: &str) {
    for (number, (one, other)) in one.lines().zip(other.lines()).enumerate() {
        assert_eq!(one, other, "line {}", number + 1);
    }
    assert_eq!(one.len(), other.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn any_history_comes_back_the_same(seed in any::<u64>(), size in 1_usize..400) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let store = MemoryStore::new();
            let lines = conformance::merging_sample(seed, size);
            store.append(Batch { lines, cursors: Vec::new() }, LATER.parse().unwrap()).await.unwrap();
            let hermes = over(store);
            let told = exported(&hermes, "", ExportFormat::Jsonl).await;
            let other = taken(&told).await;
            assert_same(&told, &exported(&other, "", ExportFormat::Jsonl).await);
            let sorted = "sort=-lastActivityAt,title";
            assert_same(
                &exported(&hermes, sorted, ExportFormat::Json).await,
                &exported(&other, sorted, ExportFormat::Json).await,
            );
            assert_eq!(ledger(&other).await, ledger(&hermes).await);
            // A part of it is whole in itself.
            let part = exported(&hermes, "status=failed,queued", ExportFormat::Jsonl).await;
            assert_same(&part, &exported(&taken(&part).await, "", ExportFormat::Jsonl).await);
        });
    }
}

#[tokio::test]
async fn an_export_of_nothing_is_whole() {
    let hermes = over(MemoryStore::new());
    assert_eq!(exported(&hermes, "", ExportFormat::Json).await, "[]\n");
    assert_eq!(exported(&hermes, "", ExportFormat::Jsonl).await, "");
}
