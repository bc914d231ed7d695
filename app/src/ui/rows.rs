//! Rows of a list that changes while one looks at it.

use std::{
    hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher, Hash},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use leptos::{
    prelude::*,
    tachys::{reactive_graph::OwnedView, view::keyed::keyed},
};

/// What the rows of a page live under: a context of pages that are made once, and whose lists are made again and again.
#[derive(Debug, Clone)]
pub struct RowOwner(Owner);

impl RowOwner {
    /// The one that makes the page.
    pub fn provide() {
        if let Some(owner) = Owner::current() {
            // A child, which points to its parent weakly: an owner that is among its own contexts is never let go.
            provide_context(Self(owner.child()));
        }
    }
}

/// Rows that keep their place in the document while their list changes: focus, open menus and what is being typed stay with
/// their row. A row is made anew only where what it shows, which `shown` says, has changed.
///
/// No two rows may show the same: an id is part of what each shows.
pub fn rows<T: Send + 'static, H: Hash>(
    items: Vec<T>,
    shown: impl Fn(&T) -> H,
    view: impl Fn(T) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let view = Arc::new(view);
    let row = |item: T| {
        let key = BuildHasherDefault::<DefaultHasher>::default().hash_one(shown(&item));
        let view = Arc::clone(&view);
        let make: Make = Box::new(move || view(item));
        (key, make)
    };
    keyed_rows(items.into_iter().map(row).collect())
}

/// A view of elements of its own, each time it is made: a field that was typed in shows what was typed, whatever it is told,
/// for as long as its element is used again.
pub fn anew(make: impl FnOnce() -> AnyView + Send + 'static) -> AnyView {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    keyed_rows(vec![(NEXT.fetch_add(1, Ordering::Relaxed), Box::new(make))])
}

type Make = Box<dyn FnOnce() -> AnyView + Send>;

/// Of no type of its own, so that the client carries it once.
fn keyed_rows(rows: Vec<(u64, Make)>) -> AnyView {
    // A row outlives the list that it was made with, and so must what it reacts to.
    let owner = use_context().map_or_else(|| Owner::current().unwrap_or_default(), |RowOwner(owner)| owner);
    let row = move |_, (_, make): (u64, Make)| {
        let owner = owner.with(Owner::new);
        let view = owner.with(make);
        (|_| (), OwnedView::new_with_owner(view, owner))
    };
    keyed(rows, |(key, _)| *key, row).into_any()
}
