//! Saved views and their history.

use chrono::TimeDelta;
use domain::{
    query::PageRequest,
    view::{MAX_VIEWS, NewView, View, ViewAction},
};

use super::{history::History, now};
use crate::{MemoryStore, Store, StoreError};

const ALL: PageRequest = PageRequest { page: 1, per_page: 100 };

fn new(name: &str, query: &str) -> NewView {
    NewView { name: name.to_owned(), query: query.to_owned() }
}

async fn add(store: &impl Store, name: &str) -> View {
    store.add_view(&new(name, ""), "me", now()).await.expect("add")
}

async fn names(store: &impl Store) -> Vec<(u64, String)> {
    let views = store.views().await.expect("views");
    views.into_iter().map(|view| (view.position, view.name)).collect()
}

fn places(names: &[&str]) -> Vec<(u64, String)> {
    (1..).zip(names).map(|(place, name)| (place, (*name).to_owned())).collect()
}

pub(super) async fn they_are_kept_in_their_order(store: &impl Store) {
    assert_eq!(store.views().await.expect("views"), []);
    let (a, b, c) = (add(store, "a").await, add(store, "b").await, add(store, "c").await);
    assert_eq!(names(store).await, places(&["a", "b", "c"]));
    let ordered = store.order_views(&[c.id, 999, a.id, c.id], "me", now()).await.expect("order");
    assert_eq!(ordered, store.views().await.expect("views"));
    assert_eq!(names(store).await, places(&["c", "a", "b"]));
    assert!(store.delete_view(c.id, "me", now()).await.expect("delete"));
    assert!(!store.delete_view(c.id, "me", now()).await.expect("delete"), "gone already");
    assert_eq!(names(store).await, places(&["a", "b"]));

    let later = now() + TimeDelta::hours(1);
    let changed = store.put_view(b.id, &new("b", "q=x"), "you", later).await.expect("put").expect("known");
    assert_eq!(changed, View { query: "q=x".to_owned(), updated_at: later, position: 2, ..b });
    let same = store.put_view(b.id, &new("b", "q=x"), "you", later + TimeDelta::hours(1)).await.expect("put");
    assert_eq!(same, Some(changed), "what it was before is no change");
    assert_eq!(store.put_view(c.id, &new("c", ""), "me", now()).await.expect("put"), None);
    let next = add(store, "d").await;
    assert!(next.id > c.id, "an id is never given twice");

    let history = store.view_changes(ALL).await.expect("history");
    let told: Vec<_> = history
        .items
        .iter()
        .map(|change| (change.action, change.name.as_str(), change.by.as_str()))
        .collect();
    let expected = [
        (ViewAction::Saved, "d", "me"),
        (ViewAction::Replaced, "b", "you"),
        (ViewAction::Deleted, "c", "me"),
        (ViewAction::Moved, "b", "me"),
        (ViewAction::Moved, "a", "me"),
        (ViewAction::Moved, "c", "me"),
        (ViewAction::Saved, "c", "me"),
        (ViewAction::Saved, "b", "me"),
        (ViewAction::Saved, "a", "me"),
    ];
    assert_eq!(told, expected);
}

pub(super) async fn a_name_stands_for_one_view(store: &impl Store) {
    let first = add(store, "Größe").await;
    let second = add(store, "other").await;
    let taken = store.add_view(&new("GRÖSSE", ""), "me", now()).await;
    assert!(taken.is_ok(), "ß has no one other case");
    let taken = store.add_view(&new("größe", ""), "me", now()).await;
    assert!(matches!(taken, Err(StoreError::Taken(_))), "{taken:?}");
    let taken = store.put_view(second.id, &new("GRÖßE", ""), "me", now()).await;
    assert!(matches!(taken, Err(StoreError::Taken(_))), "{taken:?}");
    let recased =
        store.put_view(first.id, &new("größe", ""), "me", now()).await.expect("put").expect("known");
    assert_eq!(recased.name, "größe", "its own name is free for it");
    for number in 3..MAX_VIEWS {
        add(store, &format!("view {number}")).await;
    }
    let full = store.add_view(&new("one more", ""), "me", now()).await;
    assert!(matches!(full, Err(StoreError::Full(_))), "{full:?}");
}

pub(super) async fn they_do_what_the_memory_store_does(store: &impl Store) {
    let scan = MemoryStore::new();
    let mut history = History::new(77);
    for step in 0..80 {
        let at = now() + TimeDelta::seconds(step);
        let id = history.below(12) + 1;
        let view = new(
            history.pick(&["a", "B", "b", "c", "D", "é", "É"]),
            history.pick(&["", "q=x", "status=failed"]),
        );
        match history.below(5) {
            0 | 1 => {
                let (one, other) =
                    (store.add_view(&view, "me", at).await, scan.add_view(&view, "me", at).await);
                assert_eq!(one.ok(), other.ok(), "step {step}");
            }
            2 => {
                let (one, other) =
                    (store.put_view(id, &view, "me", at).await, scan.put_view(id, &view, "me", at).await);
                assert_eq!(one.ok(), other.ok(), "step {step}");
            }
            3 => {
                let (one, other) =
                    (store.delete_view(id, "me", at).await, scan.delete_view(id, "me", at).await);
                assert_eq!(one.ok(), other.ok(), "step {step}");
            }
            _ => {
                let ids: Vec<u64> = (0..history.below(4)).map(|_| history.below(12) + 1).collect();
                let (one, other) =
                    (store.order_views(&ids, "me", at).await, scan.order_views(&ids, "me", at).await);
                assert_eq!(one.ok(), other.ok(), "step {step}");
            }
        }
        assert_eq!(store.views().await.expect("views"), scan.views().await.expect("views"), "step {step}");
        let (one, other) = (store.view_changes(ALL).await, scan.view_changes(ALL).await);
        assert_eq!(one.expect("history"), other.expect("history"), "step {step}");
    }
}
