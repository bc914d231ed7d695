//! Questions to the ledger: which tasks, in which order, which page; and their text in a URL.
//!
//! Filtering exists twice by nature, as SQL on the server and here for the browser. The conformance suite of
//! `store` holds the two to the same answers.

mod deep;
mod facets;
mod filter;
mod page;
mod sort;
mod url;

pub use self::{
    deep::{MAX_DETAIL_CHARS, MAX_EVENT_CHARS, MAX_RUN_CHARS, detail_tokens, event_tokens, run_tokens},
    facets::{Count, FacetKey, Facets, Tally},
    filter::{DateBound, SearchIn, TaskFilter, product_tokens, searched, task_tokens},
    page::{MAX_PER_PAGE, Page, PageRequest},
    sort::{Direction, Sort, SortKey, compare, title as sort_title},
    url::{KEYS, QueryError, list_value},
};

/// A question for tasks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TaskQuery {
    /// Which tasks.
    pub filter: TaskFilter,
    /// In which order: the first key decides, later ones break its ties. Empty is "the newest first".
    pub sort: Vec<Sort>,
    /// Which page of them.
    pub page: PageRequest,
}
