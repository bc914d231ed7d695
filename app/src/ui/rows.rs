//! Rows of a list that changes while one looks at it.

use std::{
    hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher, Hash},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use leptos::{
    prelude::*,
    tachys::{reactive_graph::OwnedView, view::keyed::keyed},
};

use super::order::Keys;

/// What the rows of a page live under: a context of pages that are made once, and whose lists are made again and again.
#[derive(Debug, Clone)]
pub struct RowOwner {
    page: Owner,
    generation: Arc<Mutex<Generation>>,
    lists: Arc<Mutex<Vec<(&'static str, Keys)>>>,
}

/// An owner keeps a note of each child that it ever had, so that a page that stands open for days would keep one of every row
/// that was ever made. Rows are born in generations, which go with the last of their rows.
#[derive(Debug)]
struct Generation {
    owner: Owner,
    born: usize,
}

/// How many rows a generation has.
const GENERATION: usize = 500;

/// Held by each row of a generation.
#[derive(Clone)]
struct Parent {
    _generation: Owner,
}

impl RowOwner {
    /// The one that makes the page.
    pub fn provide() {
        if let Some(owner) = Owner::current() {
            // A child, which points to its parent weakly: an owner that is among its own contexts is never let go.
            let page = owner.child();
            let generation = Arc::new(Mutex::new(Generation { owner: page.child(), born: 0 }));
            provide_context(Self { page, generation, lists: Arc::default() });
        }
    }

    /// The keys of the rows of a list, which show this.
    fn keys(&self, list: &'static str, shown: &[u64]) -> Vec<u64> {
        let mut lists = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, keys)) = lists.iter_mut().find(|(name, _)| *name == list) {
            return keys.of(shown);
        }
        let mut keys = Keys::default();
        let first = keys.of(shown);
        lists.push((list, keys));
        first
    }

    /// Where the next row is born.
    fn next(&self) -> Owner {
        let mut generation = self.generation.lock().unwrap_or_else(PoisonError::into_inner);
        if generation.born >= GENERATION {
            *generation = Generation { owner: self.page.child(), born: 0 };
        }
        generation.born += 1;
        generation.owner.clone()
    }
}

/// Rows that keep their place in the document while their list changes: focus, open menus and what is being typed stay with
/// their row. A row is made anew only where what it shows, which `shown` says, has changed, or where it passed another.
///
/// No two rows may show the same: an id is part of what each shows. `list` tells the list from the others of its page.
pub fn rows<T: Send + 'static, H: Hash>(
    list: &'static str,
    items: Vec<T>,
    shown: impl Fn(&T) -> H,
    view: impl Fn(T) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let view = Arc::new(view);
    let row = |(item, key): (T, u64)| {
        let view = Arc::clone(&view);
        let make: Make = Box::new(move || view(item));
        (key, make)
    };
    let shown: Vec<u64> = items.iter().map(|item| hash(&shown(item))).collect();
    let keys = use_context::<RowOwner>().map(|page| page.keys(list, &shown));
    keyed_rows(items.into_iter().zip(keys.unwrap_or(shown)).map(row).collect())
}

/// A view of elements of its own, each time it is made: a field that was typed in shows what was typed, whatever it is told,
/// for as long as its element is used again.
pub fn anew(make: impl FnOnce() -> AnyView + Send + 'static) -> AnyView {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    keyed_rows(vec![(NEXT.fetch_add(1, Ordering::Relaxed), Box::new(make))])
}

/// Stands for what a row shows.
pub(crate) fn hash(shown: &impl Hash) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(shown)
}

/// Makes a row.
pub(super) type Make = Box<dyn FnOnce() -> AnyView + Send>;

/// Of no type of its own, so that the client carries it once.
pub(super) fn keyed_rows(rows: Vec<(u64, Make)>) -> AnyView {
    // A row outlives the list that it was made with, and so must what it reacts to.
    let page = use_context::<RowOwner>();
    let here = Owner::current().unwrap_or_default();
    let row = move |_, (_, make): (u64, Make)| {
        let parent = page.as_ref().map_or_else(|| here.clone(), RowOwner::next);
        let owner = parent.child();
        let view = owner.with(|| {
            if page.is_some() {
                // Up to it, contexts are found by way of its parent.
                provide_context(Parent { _generation: parent });
            }
            make()
        });
        (|_| (), OwnedView::new_with_owner(view, owner))
    };
    keyed(rows, |(key, _)| *key, row).into_any()
}
