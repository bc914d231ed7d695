//! Cursors by the start of their names.

use super::now;
use crate::{Batch, Store};

pub(super) async fn cursors_are_found_by_the_start_of_their_names(store: &impl Store) {
    let set = async |cursors: &[(&str, serde_json::Value)]| {
        let cursors = cursors.iter().map(|(name, cursor)| ((*name).to_owned(), cursor.clone())).collect();
        store.append(Batch { lines: Vec::new(), cursors }, now()).await.expect("append");
    };
    let names = async |prefix: &str, after: Option<&str>, limit| {
        let found = store.cursors(prefix, after, limit).await.expect("cursors");
        found.into_iter().map(|(name, _)| name).collect::<Vec<_>>()
    };
    // Letters that a pattern or another order than that of bytes would take for something else.
    let all = ["a/", "a/%", "a/1", "a/B", "a/_", "a/a", "a/é", "a/\u{10FFFF}z", "a0", "b"];
    set(&all.map(|name| (name, name.into()))).await;
    assert_eq!(names("", None, 99).await, all);
    assert_eq!(names("a/", None, 99).await, all[..8]);
    assert_eq!(names("a/", None, 3).await, all[..3]);
    assert_eq!(names("a/", Some("a/1"), 2).await, all[3..5]);
    assert_eq!(names("a/", Some("a"), 1).await, all[..1], "after what comes before them all");
    assert_eq!(names("a/", Some("a/zz"), 99).await, all[6..8]);
    assert!(names("a/", Some("b"), 99).await.is_empty(), "after what comes behind them all");
    assert_eq!(names("a/\u{10FFFF}", None, 99).await, all[7..8]);
    assert!(names("c", None, 99).await.is_empty());
    let found = store.cursors("b", None, 1).await.expect("cursors");
    assert_eq!(found, [("b".to_owned(), "b".into())]);

    set(&[("a/1", serde_json::Value::Null), ("a/a", 2.into()), ("never set", serde_json::Value::Null)]).await;
    assert_eq!(names("a/", None, 4).await, ["a/", "a/%", "a/B", "a/_"], "null forgets");
    assert_eq!(store.cursor("a/1").await.expect("cursor"), None);
    assert_eq!(store.cursor("a/a").await.expect("cursor"), Some(2.into()));
    assert_eq!(store.cursor("never set").await.expect("cursor"), None);
}
