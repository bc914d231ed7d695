//! Tasks that are asked for, by a full scan: the reading that indexes are held to.

use std::collections::HashMap;

use domain::{
    fold::Ledger,
    id::TaskId,
    query::{
        Facets, Page, SearchIn, Tally, TaskFilter, TaskQuery, compare, detail_tokens, event_tokens,
        product_tokens, run_tokens, task_tokens,
    },
    task::{Task, TaskRecord},
    text,
};

pub(super) fn tasks(ledger: &Ledger, query: &TaskQuery) -> Page<Task> {
    Page::cut(matching(ledger, query), query.page).map(|task| Task::from(task.clone()))
}

/// The tasks that are asked for, on all pages.
pub(super) fn matching<'a>(ledger: &'a Ledger, query: &TaskQuery) -> Vec<&'a TaskRecord> {
    let (search, filter) = (Search::of(ledger, &query.filter), &query.filter);
    let matches = |task: &&TaskRecord| {
        filter.is_within(task) && filter.misses(task).next().is_none() && search.finds(task)
    };
    let mut found: Vec<&TaskRecord> = ledger.tasks.values().filter(matches).collect();
    found.sort_by(|a, b| compare(a, b, &query.sort));
    found
}

pub(super) fn facets(ledger: &Ledger, filter: &TaskFilter) -> Facets {
    let search = Search::of(ledger, filter);
    let mut tally = Tally::default();
    ledger.tasks.values().for_each(|task| tally.add(filter, task, || search.finds(task)));
    tally.facets()
}

/// The words that are looked for, and what of events and runs they are looked for in.
struct Search<'a> {
    ledger: &'a Ledger,
    words: Vec<String>,
    everything: bool,
    /// For each task, which words its events and runs have.
    below: HashMap<&'a TaskId, Vec<bool>>,
}

impl<'a> Search<'a> {
    fn of(ledger: &'a Ledger, filter: &TaskFilter) -> Self {
        let words = text::query_tokens(&filter.q);
        let everything = filter.search_in == SearchIn::Everything && !words.is_empty();
        let mut search = Self { ledger, words, everything, below: HashMap::new() };
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
        tokens.extend(self.ledger.products.get(&task.product()).map(product_tokens).unwrap_or_default());
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
