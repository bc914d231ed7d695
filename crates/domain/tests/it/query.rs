//! A filter and its URL text are the same thing.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate};
use domain::{
    id::{AgentId, ProductId},
    query::{DateBound, Direction, PageRequest, SearchIn, Sort, SortKey, TaskFilter, TaskQuery},
    task::{Priority, TaskSource, TaskStatus, TaskType},
};
use proptest::{collection::btree_set, option, prelude::*, sample::select};

/// Ids with every character that an URL or a list could trip over.
fn id() -> impl Strategy<Value = String> {
    "[a-zA-Z0-9 ,%&=+#?/:;\"'<>é日\u{202e}]{1,12}"
}

fn bound() -> impl Strategy<Value = DateBound> {
    let date = (1970_i32..2100, 1_u32..366)
        .prop_filter_map("a day", |(year, day)| NaiveDate::from_yo_opt(year, day).map(DateBound::Date));
    let moment = (0_i64..4_000_000_000, 0_u32..1_000)
        .prop_filter_map("a time", |(s, ms)| DateTime::from_timestamp(s, ms * 1_000_000).map(DateBound::At));
    prop_oneof![date, moment]
}

fn one_of<T: Copy + std::fmt::Debug + Ord + 'static>(
    values: &'static [T],
) -> impl Strategy<Value = BTreeSet<T>> {
    btree_set(select(values), 0..4)
}

prop_compose! {
    fn filter()(
        q in "[^\\x00-\\x1f]{0,40}",
        search_in in select(SearchIn::ALL),
        status in one_of(TaskStatus::ALL),
        priority in one_of(Priority::ALL),
        task_type in one_of(TaskType::ALL),
        source in one_of(TaskSource::ALL),
        product in btree_set(id().prop_map(|id| ProductId::new(id).unwrap()), 0..4),
        agent in btree_set(id().prop_map(|id| AgentId::new(id).unwrap()), 0..4),
        from in option::of(bound()),
        to in option::of(bound()),
        (ended_from, ended_to) in (option::of(bound()), option::of(bound())),
    ) -> TaskFilter {
        TaskFilter {
            q, search_in, status, product, priority, task_type, source, agent, from, to, ended_from, ended_to,
        }
    }
}

prop_compose! {
    fn query()(
        filter in filter(),
        sort in prop::collection::vec(
            (select(SortKey::ALL), any::<bool>()).prop_map(|(key, up)| {
                Sort { key, direction: if up { Direction::Ascending } else { Direction::Descending } }
            }),
            0..4,
        ),
        page in 1_u32..1_000_000,
        per_page in 1_u32..=100,
    ) -> TaskQuery {
        let mut sort: Vec<Sort> = sort;
        let mut seen = Vec::new();
        sort.retain(|sort| !seen.contains(&sort.key) && { seen.push(sort.key); true });
        TaskQuery { filter, sort, page: PageRequest { page, per_page } }
    }
}

proptest! {
    #[test]
    fn reading_the_text_of_a_query_gives_the_query(query in query()) {
        let text = query.text();
        prop_assert_eq!(TaskQuery::parse(&text), Ok(query), "{}", text);
    }

    #[test]
    fn any_text_is_a_query_or_a_clear_error(text in "\\PC{0,80}") {
        if let Err(error) = TaskQuery::parse(&text) {
            prop_assert!(!error.reason.is_empty());
        }
    }
}

#[track_caller]
fn check(text: &str, field: &str, reason: &str) {
    let error = TaskQuery::parse(text).unwrap_err();
    assert_eq!((error.field.as_str(), error.reason.as_str()), (field, reason), "{text}");
}

#[test]
fn a_wrong_query_names_the_field_and_the_remedy() {
    check(
        "status=done",
        "status",
        "`done` is not a task status; use one of queued, running, blocked, completed, failed, skipped, cancelled",
    );
    check("perPage=101", "perPage", "write a whole number from 1 to 100");
    check("page=0", "page", "write a whole number from 1 to 4294967295");
    check("from=yesterday", "from", "write a date (2026-11-22) or a time (2026-11-22T10:00:00Z)");
    check(
        "state=failed",
        "state",
        "no such filter; use q, in, status, product, priority, type, source, agent, from, to, \
         endedFrom, endedTo, sort, page, perPage",
    );
}

#[test]
fn a_date_is_included_whole() {
    let bound: DateBound = "2026-11-22".parse().unwrap();
    assert_eq!(bound.begin().to_rfc3339(), "2026-11-22T00:00:00+00:00");
    assert_eq!(bound.end().to_rfc3339(), "2026-11-23T00:00:00+00:00");
}
