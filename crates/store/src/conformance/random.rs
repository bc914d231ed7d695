//! Thousands of random questions to one data set: the store finds, orders, pages and counts as the scan does.

use std::collections::BTreeSet;

use domain::{
    id::{AgentId, ProductId},
    query::{Direction, Page, PageRequest, SearchIn, Sort, SortKey, TaskQuery},
    task::{Priority, Task, TaskSource, TaskStatus, TaskType},
    telemetry::Telemetry,
};

use super::{
    append,
    history::{History, Merging},
};
use crate::{MemoryStore, Store};

/// How many questions are asked.
const QUESTIONS: u64 = 5_000;

/// Words that are there, beginnings of them, words that are not, and what a database or a page could trip over.
const WORDS: &[&str] = &[
    "facade",
    "FAÇ",
    "bill",
    "失敗",
    "払",
    "резерв",
    "script",
    "payloop",
    "disk",
    "orchard",
    "t_1",
    "t_39",
    "prod_3",
    "hermes",
    "infra",
    "größe",
    "grosse",
    "exit 3",
    "step",
    "step 7",
    "cargo",
    "psql",
    "canary",
    "burn",
    "sylter",
    "応答",
    "バ",
    "drop table",
    "\" OR 1=1 --",
    "'; delete from tasks; --",
    "NEAR(a b)",
    "task_words",
    "*",
    "%",
    "_",
    "\\",
    "a:b",
    "-retry",
    "^zebra",
    "\u{202e}",
    "\u{0}",
    "%00",
    "ﬀ",
    "İ",
    "nothing",
    "one",
    "two",
    "",
];

/// Ids that are there, that are not, and that a list or a statement could trip over.
const IDS: &[&str] = &[
    "prod_0",
    "prod_1",
    "prod_5",
    "unassigned",
    "hermes-core",
    "openclaw",
    "cli-runner",
    "nobody",
    "a,b",
    "100%",
    "%2C",
    "x' or '1'='1",
    "日本",
];

/// Dates and times around what happened, and far from it.
const BOUNDS: &[&str] = &[
    "2026-10-20",
    "2026-11-10",
    "2026-11-18",
    "2026-11-19",
    "1970-01-01",
    "2099-12-31",
    "2026-11-18T14:26:40Z",
    "2026-11-18T14:26:39.999998Z",
    "2026-11-01T00:00:00+05:30",
];

/// The data set, and the questions to it.
pub(super) fn asked() -> (Vec<Telemetry>, Vec<TaskQuery>) {
    let mut random = History::merging(4242, Merging::Wild);
    let lines = random.lines(700);
    (lines, (0..QUESTIONS).map(|_| question(&mut random)).collect())
}

pub(super) async fn filters_orders_and_pages_are_answered_alike(store: &impl Store) {
    let scan = MemoryStore::new();
    let (lines, questions) = asked();
    append(store, &lines).await;
    append(&scan, &lines).await;
    let mut found = 0;
    for (number, query) in questions.iter().enumerate() {
        let text = query.text();
        // The question as it comes by URL.
        assert_eq!(TaskQuery::parse(&text).as_ref(), Ok(query), "{text}");
        let (page, facets) = store.ledger(query).await.expect(&text);
        let (expected, expected_facets) = scan.ledger(query).await.expect(&text);
        let ids = |page: &Page<Task>| page.items.iter().map(|task| task.id.to_string()).collect::<Vec<_>>();
        assert_eq!((page.total, ids(&page)), (expected.total, ids(&expected)), "{number}: {text}");
        assert_eq!(page, expected, "{number}: {text}");
        assert_eq!(facets, expected_facets, "{number}: {text}");
        assert_eq!(facets.total, page.total, "{number}: {text}");
        found += u64::from(page.total > 0);
    }
    assert!(found > QUESTIONS / 4, "most questions found nothing: {found} found something");
}

fn question(random: &mut History) -> TaskQuery {
    let mut query = TaskQuery::default();
    let filter = &mut query.filter;
    // Most have few conditions, so that something is found.
    for _ in 0..random.below(4) {
        match random.below(9) {
            0 => some(random, TaskStatus::ALL, &mut filter.status),
            1 => some(random, Priority::ALL, &mut filter.priority),
            2 => some(random, TaskType::ALL, &mut filter.task_type),
            3 => some(random, TaskSource::ALL, &mut filter.source),
            4 => filter.product.extend(ids(random).into_iter().filter_map(|id| ProductId::new(id).ok())),
            5 => filter.agent.extend(ids(random).into_iter().filter_map(|id| AgentId::new(id).ok())),
            6 => filter.from = random.pick(BOUNDS).parse().ok(),
            7 => filter.to = random.pick(BOUNDS).parse().ok(),
            _ => {
                let words: Vec<&str> = (0..=random.below(2)).map(|_| random.pick(WORDS)).collect();
                filter.q = words.join(" ");
                filter.search_in = random.pick(SearchIn::ALL);
            }
        }
    }
    for _ in 0..random.below(4) {
        let key = random.pick(SortKey::ALL);
        let direction = random.pick(&[Direction::Ascending, Direction::Descending]);
        if query.sort.iter().all(|sort| sort.key != key) {
            query.sort.push(Sort { key, direction });
        }
    }
    let page = |random: &mut History, most: u64| u32::try_from(random.below(most)).unwrap_or(0) + 1;
    query.page = PageRequest { page: page(random, 4), per_page: page(random, 30) };
    query
}

fn some<T: Copy + Ord>(random: &mut History, all: &[T], into: &mut BTreeSet<T>) {
    into.extend((0..=random.below(3)).map(|_| random.pick(all)));
}

fn ids(random: &mut History) -> Vec<&'static str> {
    (0..=random.below(3)).map(|_| random.pick(IDS)).collect()
}
