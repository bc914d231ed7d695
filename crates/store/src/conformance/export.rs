//! Exports: every row once, in its place, as of the moment at which the export began.

use domain::{change::Row, query::TaskQuery};

use super::{append, history::History};
use crate::{Extent, MemoryStore, Rows, Store};

async fn drained(mut rows: Box<dyn Rows>) -> Vec<Row> {
    let mut all = Vec::new();
    loop {
        let part = rows.next().await.expect("rows");
        if part.is_empty() {
            return all;
        }
        all.extend(part);
    }
}

async fn exported(store: &impl Store, text: &str, extent: Extent) -> Vec<Row> {
    let query = TaskQuery::parse(text).expect(text);
    drained(store.export(&query, extent).await.expect(text)).await
}

/// The store exports as the scan does.
pub(super) async fn same_exports(store: &impl Store, scan: &impl Store, seed: u64) {
    let queries = [
        "",
        "status=failed,queued&sort=title",
        "product=prod_1&sort=-lastActivityAt",
        "sort=productId,-title",
        "q=step&in=everything",
        "q=none",
    ];
    for text in queries {
        for extent in [Extent::Tasks, Extent::Whole] {
            let (rows, expected) = (exported(store, text, extent).await, exported(scan, text, extent).await);
            assert_eq!(rows, expected, "{text} {extent:?}, seed {seed}");
        }
    }
}

pub(super) async fn all_rows_come_in_order(store: &impl Store, mut history: History) {
    let scan = MemoryStore::new();
    let seed = history.seed();
    let lines = history.lines(900);
    append(store, &lines).await;
    append(&scan, &lines).await;
    same_exports(store, &scan, seed).await;
    let all = TaskQuery::default();
    let began = store.export(&all, Extent::Whole).await.expect("export");
    append(store, &history.lines(50)).await;
    let later = drained(began).await;
    assert_eq!(later, exported(&scan, "", Extent::Whole).await, "as of the beginning, seed {seed}");
}
