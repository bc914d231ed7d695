//! How far the logs have come.

use domain::{
    decision::{DecisionKind, NewDecision, Subject},
    id::{ItemKey, ProductId},
    live::{Area, Heads},
    patch::Patch,
    registry::ProductEdit,
    settings::Settings,
    view::NewView,
};

use super::{append, history::History, now};
use crate::{NewSettings, Store};

async fn heads(store: &impl Store) -> Heads {
    store.heads().await.expect("heads")
}

/// Which of the founder's logs grew since, and whether the log of changes did.
async fn grown(store: &impl Store, since: &mut Heads) -> (Vec<Area>, bool) {
    let before = std::mem::replace(since, heads(store).await);
    assert_eq!(before.max(*since), *since, "no log ever shrinks");
    (before.marks.differing(&since.marks), since.seq > before.seq)
}

pub(super) async fn each_log_grows_with_what_it_holds(store: &impl Store) {
    assert_eq!(heads(store).await, Heads::default());
    let mut last = Heads::default();
    let lines = History::new(1).lines(80);
    append(store, &lines).await;
    assert_eq!(grown(store, &mut last).await, (vec![], true));
    assert_eq!(last.seq, store.info().await.expect("info").seq);
    append(store, &lines).await;
    assert_eq!(grown(store, &mut last).await, (vec![], false), "lines that are sent again are nothing");

    let item = ItemKey::new("agent:github").expect("a key");
    let new = NewDecision {
        subject: Subject::of(&item),
        item,
        cause: "No key".to_owned(),
        title: "GitHub".to_owned(),
        kind: DecisionKind::Acknowledged,
        until: None,
        note: None,
        by: "me".to_owned(),
    };
    let entry = store.decide(&new, now()).await.expect("decide");
    assert_eq!(grown(store, &mut last).await, (vec![Area::Decisions], false));
    store.decide(&new, now()).await.expect("decide");
    assert_eq!(grown(store, &mut last).await, (vec![], false), "the same decision again is no second one");
    store.undo(entry.id, "me", now()).await.expect("undo").expect("in force");
    assert_eq!(grown(store, &mut last).await, (vec![Area::Decisions], false));

    let settings = NewSettings { settings: Settings::default(), by: "me".to_owned(), restores: None };
    store.put_settings(&settings, 0, now()).await.expect("put").expect("the first");
    assert_eq!(grown(store, &mut last).await, (vec![Area::Settings], false));
    assert_eq!(store.put_settings(&settings, 0, now()).await.expect("put"), None);
    assert_eq!(grown(store, &mut last).await, (vec![], false), "a stale version is not stored");

    let view = NewView { name: "Mine".to_owned(), query: String::new() };
    let view = store.add_view(&view, "me", now()).await.expect("add");
    assert_eq!(grown(store, &mut last).await, (vec![Area::Views], false));
    store.delete_view(view.id, "me", now()).await.expect("delete");
    assert_eq!(grown(store, &mut last).await, (vec![Area::Views], false), "a deleted view is an entry more");

    let product = store.products().await.expect("products").remove(0).id;
    let edit = ProductEdit { name: Patch::Set("Mine".to_owned()), ..ProductEdit::default() };
    store.edit_product(&product, &edit, "me", now()).await.expect("edit").expect("known");
    assert_eq!(grown(store, &mut last).await, (vec![Area::Products], true), "and its row is told again");
    let unknown = ProductId::new("nobody").expect("an id");
    assert_eq!(store.edit_product(&unknown, &edit, "me", now()).await.expect("edit"), None);
    assert_eq!(grown(store, &mut last).await, (vec![], false));
}
