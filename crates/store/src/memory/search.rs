//! Tasks that are asked for, by a full scan: the reading that indexes are held to.

use std::collections::{BTreeMap, HashMap};

use domain::{
    fold::Ledger,
    id::{ProductId, TaskId},
    query::{
        Facets, Page, SearchIn, Tally, TaskFilter, TaskQuery, compare, detail_tokens, event_tokens,
        run_tokens, task_tokens,
    },
    registry::ProductBook,
    task::{Task, TaskRecord},
    text,
};

// The ledgers here name the products that count: see [`super::State::counting`].

pub(super) fn tasks(ledger: &Ledger, book: &ProductBook, query: &TaskQuery) -> Page<Task> {
    page(scan(ledger, book, &query.filter).0, query)
}

/// The tasks that are asked for, on all pages, in order.
pub(super) fn matching<'a>(ledger: &'a Ledger, book: &ProductBook, query: &TaskQuery) -> Vec<&'a TaskRecord> {
    let mut found = scan(ledger, book, &query.filter).0;
    found.sort_by(|a, b| compare(a, b, &query.sort));
    found
}

pub(super) fn facets(ledger: &Ledger, book: &ProductBook, filter: &TaskFilter) -> Facets {
    scan(ledger, book, filter).1
}

pub(super) fn both(ledger: &Ledger, book: &ProductBook, query: &TaskQuery) -> (Page<Task>, Facets) {
    let (found, facets) = scan(ledger, book, &query.filter);
    (page(found, query), facets)
}

fn page(mut found: Vec<&TaskRecord>, query: &TaskQuery) -> Page<Task> {
    found.sort_by(|a, b| compare(a, b, &query.sort));
    Page::cut(found, query.page).map(|task| Task::from(task.clone()))
}

/// The tasks that the filter lets through, in no order, and its facets.
fn scan<'a>(ledger: &'a Ledger, book: &ProductBook, filter: &TaskFilter) -> (Vec<&'a TaskRecord>, Facets) {
    let mut filter = filter.clone();
    filter.product = filter.product.iter().map(|id| book.registry.resolve(id).clone()).collect();
    let search = Search::of(ledger, book, &filter);
    let (mut tally, mut found) = (Tally::default(), Vec::new());
    for task in ledger.tasks.values() {
        let mut has_words = false;
        tally.add(&filter, task, || {
            has_words = search.finds(task);
            has_words
        });
        if has_words && filter.misses(task).next().is_none() {
            found.push(task);
        }
    }
    (found, tally.facets())
}

/// The words that are looked for, and what of events and runs they are looked for in.
struct Search<'a> {
    words: Vec<String>,
    /// By what words all tasks of each product are found.
    products: BTreeMap<ProductId, Vec<String>>,
    everything: bool,
    /// For each task, which words its events and runs have.
    below: HashMap<&'a TaskId, Vec<bool>>,
}

impl<'a> Search<'a> {
    fn of(ledger: &'a Ledger, book: &ProductBook, filter: &TaskFilter) -> Self {
        let words = text::query_tokens(&filter.q);
        let everything = filter.search_in == SearchIn::Everything && !words.is_empty();
        let mut search = Self { words, products: book.words(), everything, below: HashMap::new() };
        if everything {
            for record in ledger.events.values() {
                search.note(&record.event.task_id, &event_tokens(&record.event));
            }
            for run in ledger.runs.values() {
                if let Some(task) = &run.task_id {
                    search.note(task, &run_tokens(run));
                }
            }
        }
        search
    }

    fn note(&mut self, task: &'a TaskId, tokens: &[String]) {
        let known = self.below.entry(task).or_insert_with(|| vec![false; self.words.len()]);
        for (known, word) in known.iter_mut().zip(&self.words) {
            *known |= tokens.iter().any(|token| token.starts_with(word.as_str()));
        }
    }

    fn finds(&self, task: &TaskRecord) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let mut tokens = task_tokens(task);
        tokens.extend(self.products.get(&task.product()).into_iter().flatten().cloned());
        if self.everything {
            tokens.extend(detail_tokens(task));
        }
        let below = self.below.get(&task.id);
        let has = |(number, word): (usize, &String)| {
            tokens.iter().any(|token| token.starts_with(word.as_str()))
                || below.and_then(|below| below.get(number)).is_some_and(|has| *has)
        };
        self.words.iter().enumerate().all(has)
    }
}
