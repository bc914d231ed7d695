//! Which filters are in force, in words.

use domain::{
    query::{Direction, SearchIn, TaskFilter, TaskQuery},
    zone::Zone,
};
use leptos::prelude::*;

use super::date_menu::span;
use crate::{
    api::tasks::Facet,
    components::filter_bar::Condition,
    ledger::{Address, Column},
    state::Clock,
};

/// How many values are named; the others are counted.
const NAMED: usize = 2;

/// The filters that are in force, and an order that no shown column tells.
pub(super) fn conditions(facets: &[Facet], address: &Address) -> Vec<Condition> {
    let zone = use_context::<Clock>().map_or_else(Zone::utc, |clock| clock.zone().clone());
    let without = |change: &dyn Fn(&mut TaskQuery)| {
        let mut query = address.query.clone();
        change(&mut query);
        address.asking(query)
    };
    let filter = &address.query.filter;
    let mut out = Vec::new();
    if !filter.q.trim().is_empty() {
        let everything = filter.search_in == SearchIn::Everything;
        out.push(Condition {
            what: if everything { "Searched everywhere for" } else { "Searched for" },
            value: filter.q.trim().to_owned(),
            without: without(&|query| {
                query.filter.q.clear();
                query.filter.search_in = SearchIn::default();
            }),
        });
    }
    for facet in facets {
        let chosen = facet.options.iter().filter(|option| option.chosen);
        let names: Vec<&str> = chosen.map(|option| option.label.as_str()).collect();
        if let Some(what) = what(&facet.key).filter(|_| !names.is_empty()) {
            let without = without(&|query| clear(&mut query.filter, &facet.key));
            out.push(Condition { what, value: listed(&names), without });
        }
    }
    if let Some(value) = span(filter.from, filter.to, &zone) {
        let without = without(&|query| (query.filter.from, query.filter.to) = (None, None));
        out.push(Condition { what: "Created", value, without });
    }
    if let Some(value) = span(filter.ended_from, filter.ended_to, &zone) {
        let without = without(&|query| (query.filter.ended_from, query.filter.ended_to) = (None, None));
        out.push(Condition { what: "Ended", value, without });
    }
    let hidden = |key| !address.columns.shown().into_iter().any(|column: Column| column.sort() == Some(key));
    for sort in address.query.sort.iter().filter(|sort| hidden(sort.key)) {
        let down = sort.direction == Direction::Descending;
        let key = sort.key;
        out.push(Condition {
            what: "Sorted by",
            value: format!(
                "{}, {}",
                key.label().to_lowercase(),
                if down { "descending" } else { "ascending" }
            ),
            without: without(&|query| query.sort.retain(|sort| sort.key != key)),
        });
    }
    out
}

fn what(key: &str) -> Option<&'static str> {
    Some(match key {
        "status" => "Status is",
        "product" => "Product is",
        "priority" => "Priority is",
        "type" => "Type is",
        "source" => "Source is",
        "agent" => "Agent is",
        _ => return None,
    })
}

fn clear(filter: &mut TaskFilter, key: &str) {
    match key {
        "status" => filter.status.clear(),
        "product" => filter.product.clear(),
        "priority" => filter.priority.clear(),
        "type" => filter.task_type.clear(),
        "source" => filter.source.clear(),
        "agent" => filter.agent.clear(),
        _ => {}
    }
}

/// `Ledgerly, Payloop, 9 more`
fn listed(names: &[&str]) -> String {
    let shown = names.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(NAMED) {
        0 => shown,
        more => format!("{shown}, {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_values_are_named_and_the_others_counted() {
        assert_eq!(listed(&["a"]), "a");
        assert_eq!(listed(&["a", "b"]), "a, b");
        assert_eq!(listed(&["a", "b", "c", "d"]), "a, b, 2 more");
    }
}
