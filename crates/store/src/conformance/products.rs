//! The founder's word about products: edits, merges, and taking them back, among lines that come before and after.

use std::collections::BTreeSet;

use domain::{
    id::ProductId,
    patch::Patch,
    product::{ProductCategory, ProductPatch, ProductStatus},
    query::PageRequest,
    registry::{ProductAction, ProductChange, ProductEdit},
    task::Priority,
    telemetry::{Body, Telemetry},
};

use super::{
    append, export,
    history::{History, Merging},
    now, queries, spans,
};
use crate::{MemoryStore, Store};

const ALL: PageRequest = PageRequest { page: 1, per_page: 100 };

/// How many products histories tell of.
const PRODUCTS: u64 = 6;

fn product(number: u64) -> ProductId {
    ProductId::new(format!("prod_{number}")).expect("an id")
}

fn edit(random: &mut History) -> ProductEdit {
    fn field<T>(random: &mut History, value: impl FnOnce(&mut History) -> T) -> Patch<T> {
        match random.below(4) {
            0 => Patch::Set(value(random)),
            1 => Patch::Clear,
            _ => Patch::Keep,
        }
    }
    ProductEdit {
        name: Patch::Set(random.pick(&["Payloop", "Größe & Söhne", "支払い"]).to_owned()),
        description: field(random, |_| "said".to_owned()),
        category: field(random, |random| random.pick(ProductCategory::ALL)),
        priority: field(random, |random| random.pick(Priority::ALL)),
        status: field(random, |random| random.pick(ProductStatus::ALL)),
        tags: field(random, |_| vec!["mine".to_owned()]),
        ..ProductEdit::default()
    }
}

/// Over random histories, with edits, merges and undoings among the lines, a store answers as full scans do.
pub(super) async fn the_founders_word_counts_as_in_a_full_scan(store: &impl Store, mut history: History) {
    let (scan, seed) = (MemoryStore::new(), history.seed());
    for size in [60, 150, 1, 80] {
        let lines = history.lines(size);
        append(store, &lines).await;
        append(&scan, &lines).await;
        for _ in 0..4 {
            let id = product(history.below(PRODUCTS));
            let (done, expected) = match history.below(5) {
                0 | 1 => {
                    let edit = edit(&mut history);
                    (
                        store.edit_product(&id, &edit, "me", now()).await,
                        scan.edit_product(&id, &edit, "me", now()).await,
                    )
                }
                2 => {
                    let undone = history.below(12);
                    let undo = store.undo_product_change(undone, "you", now()).await;
                    (undo, scan.undo_product_change(undone, "you", now()).await)
                }
                _ => {
                    let into = product(history.below(PRODUCTS));
                    let merge = store.merge_product(&id, &into, "me", now()).await;
                    (merge, scan.merge_product(&id, &into, "me", now()).await)
                }
            };
            assert_eq!(done.expect("done"), expected.expect("done"), "seed {seed}");
        }
        let (facts, expected) =
            (store.facts(spans()).await.expect("facts"), scan.facts(spans()).await.expect("facts"));
        assert_eq!(facts, expected, "facts from roll-ups, seed {seed}");
        assert_eq!(queries::readings(store).await, queries::readings(&scan).await, "seed {seed}");
    }
    queries::same_tasks(store, &scan, seed).await;
    queries::same_history(store, &scan, seed).await;
    export::same_exports(store, &scan, seed).await;
    let book = store.product_book().await.expect("book");
    assert_eq!(book, scan.product_book().await.expect("book"), "seed {seed}");
    for id in (0..PRODUCTS).map(product) {
        let log = store.product_changes(&id, ALL).await.expect("log");
        assert_eq!(log, scan.product_changes(&id, ALL).await.expect("log"), "{id}, seed {seed}");
        let work = store.product_work(&id, 5).await.expect("work");
        assert_eq!(work, scan.product_work(&id, 5).await.expect("work"), "{id}, seed {seed}");
    }
}

/// All lines, before a merge and after it, count as if they had named the product that the other became.
pub(super) async fn a_merge_counts_as_if_lines_had_named_the_one_product(store: &impl Store, seed: u64) {
    let mut history = History::merging(seed, Merging::Orderly(BTreeSet::new()));
    let told: Vec<_> = (0..PRODUCTS).map(named).collect();
    let lines = history.lines(300);
    let (before, after) = lines.split_at(150);
    append(store, &told).await;
    append(store, before).await;
    let (from, into) = (product(0), product(1));
    let merge = store.merge_product(&from, &into, "me", now()).await.expect("merge").expect("merged");
    assert_eq!((merge.action, merge.into.as_ref()), (ProductAction::Merged, Some(&into)));
    append(store, after).await;

    let direct = MemoryStore::new();
    let renamed: Vec<_> = lines.iter().map(|line| renamed(line, &from, &into)).collect();
    append(&direct, &told).await;
    append(&direct, &renamed).await;
    let (mut facts, mut expected) =
        (store.facts(spans()).await.expect("facts"), direct.facts(spans()).await.expect("facts"));
    for facts in [&mut facts, &mut expected] {
        facts.seq = domain::id::Seq(0);
        // The rows of products are not what is told here: one of them is filled from the other.
        facts.products.clear();
    }
    assert_eq!(facts, expected, "seed {seed}");

    let undone = store.undo_product_change(merge.id, "me", now()).await.expect("undo").expect("undone");
    assert_eq!((undone.action, undone.undoes), (ProductAction::Undone, Some(merge.id)));
    let plain = MemoryStore::new();
    append(&plain, &told).await;
    append(&plain, &lines).await;
    let (mut facts, expected) =
        (store.facts(spans()).await.expect("facts"), plain.facts(spans()).await.expect("facts"));
    facts.seq = expected.seq;
    assert_eq!(facts, expected, "as if it had never been merged, seed {seed}");
}

fn renamed(line: &Telemetry, from: &ProductId, into: &ProductId) -> Telemetry {
    let mut line = line.clone();
    let named = match &mut line.body {
        Body::Task(_, patch) | Body::Event(_, Some(patch)) => Some(&mut patch.product_id),
        Body::Job(_, patch) => Some(&mut patch.product_id),
        _ => None,
    };
    if let Some(named) = named.filter(|named| **named == Patch::Set(from.clone())) {
        *named = Patch::Set(into.clone());
    }
    line
}

fn named(number: u64) -> Telemetry {
    let id = domain::id::LineId::new(format!("named_{number}")).expect("an id");
    let patch = ProductPatch { name: Patch::Set(format!("Product {number}")), ..ProductPatch::default() };
    let body = Body::Product(product(number), Box::new(patch));
    Telemetry { id, ts: now(), digest: [7; 16], body }
}

/// The founder's word wins over lines that come later, field by field; taking it back shows what they said.
pub(super) async fn the_founders_word_wins_until_it_is_taken_back(store: &impl Store) {
    let id = product(1);
    append(store, &[named(1), named(2)]).await;
    let say = |name: &str| ProductEdit { name: Patch::Set(name.to_owned()), ..ProductEdit::default() };
    let name = async || store.products().await.expect("products")[0].name.clone();
    let first = made(store.edit_product(&id, &say("Mine"), "me", now()).await);
    let second = made(store.edit_product(&id, &say("Mine, too"), "me", now()).await);
    let later = ProductPatch {
        name: Patch::Set("Told later".to_owned()),
        owner: Patch::Set("Ada".to_owned()),
        ..ProductPatch::default()
    };
    let line = Telemetry {
        id: domain::id::LineId::new("told_later").expect("an id"),
        body: Body::Product(id.clone(), Box::new(later)),
        ..named(9)
    };
    append(store, &[line]).await;
    assert_eq!(name().await, "Mine, too");
    assert_eq!(
        store.products().await.expect("products")[0].owner.as_deref(),
        Some("Ada"),
        "of this nothing was said"
    );
    made(store.undo_product_change(second.id, "me", now()).await);
    assert_eq!(name().await, "Mine");
    made(store.undo_product_change(first.id, "me", now()).await);
    let names: Vec<String> =
        store.products().await.expect("products").into_iter().map(|product| product.name).collect();
    assert_eq!(names, ["Product 2", "Told later"]);
    assert_eq!(store.undo_product_change(first.id, "me", now()).await.expect("undo"), None, "once");
    assert_eq!(store.undo_product_change(99, "me", now()).await.expect("undo"), None);
    let log = store.product_changes(&id, ALL).await.expect("log");
    let actions: Vec<_> =
        log.items.iter().map(|change| (change.id, change.action, change.undone_at.is_some())).collect();
    assert_eq!(
        actions,
        [
            (4, ProductAction::Undone, false),
            (3, ProductAction::Undone, false),
            (2, ProductAction::Edited, true),
            (1, ProductAction::Edited, true)
        ]
    );
    assert_eq!(log.items[3].name, "Product 1", "what it was called then");
}

fn made(change: crate::Result<Option<ProductChange>>) -> ProductChange {
    change.expect("done").expect("possible")
}

/// What cannot be merged is not, chains lead to their end, and old names lead to the product that counts.
pub(super) async fn merges_chain_and_old_names_lead_on(store: &impl Store) {
    append(store, &(1..=4).map(named).collect::<Vec<_>>()).await;
    let [a, b, c, d] = [1, 2, 3, 4].map(product);
    let merge = async |from: &ProductId, into: &ProductId| {
        store.merge_product(from, into, "me", now()).await.expect("merge")
    };
    let first = merge(&a, &b).await.expect("merged");
    let second = merge(&b, &c).await.expect("merged");
    for (from, into) in [(&a, &d), (&c, &a), (&c, &b), (&c, &c), (&product(9), &c), (&d, &product(9))] {
        assert_eq!(merge(from, into).await, None, "{from} into {into}");
    }
    let third = merge(&d, &a).await.expect("into what it became");
    assert_eq!(third.into, Some(c.clone()));
    let found = async |name: &str| {
        let book = store.product_book().await.expect("book");
        book.find(name).map(|found| (found.product.id, found.moved))
    };
    for name in ["prod_1", "product-1", "product-2", "prod_4"] {
        assert_eq!(found(name).await, Some((c.clone(), true)), "{name}");
    }
    assert_eq!(found("product-3").await, Some((c.clone(), false)));
    assert_eq!(found("product-9").await, None);
    let edited = made(store.edit_product(&a, &edit(&mut History::new(1)), "me", now()).await);
    assert_eq!(edited.product, c, "said of what it became");
    made(store.undo_product_change(second.id, "me", now()).await);
    assert_eq!(found("product-1").await, Some((b.clone(), true)), "the first merge still holds");
    made(store.undo_product_change(first.id, "me", now()).await);
    assert_eq!(found("product-1").await, Some((a, false)));
}
