//! The values to filter by, with their names and counts.

use std::collections::BTreeSet;

use super::Facet;
use crate::components::filter_bar::FacetOption;
use domain::{
    id::ProductId,
    query::{Count, FacetKey, Facets, TaskFilter, list_value},
    task::{Priority, TaskSource, TaskStatus, TaskType},
};

/// The values of every property, in the order of the filter bar. `name` is what people call a product.
pub(crate) fn facets(
    facets: &Facets,
    filter: &TaskFilter,
    name: impl Fn(&ProductId) -> Option<String>,
) -> Vec<Facet> {
    let product = |id: &ProductId| {
        let own = if id.is_unassigned() { "No product" } else { id.as_str() };
        name(id).unwrap_or_else(|| own.to_owned())
    };
    let mut products = options(&facets.product, &filter.product, product);
    products.sort_by_cached_key(|option| option.label.to_lowercase());
    let facet = |key: FacetKey, options| Facet { key: key.as_str().to_owned(), options };
    vec![
        facet(
            FacetKey::Status,
            all(TaskStatus::ALL, options(&facets.status, &filter.status, |it| it.label().to_owned()), |it| {
                (it.as_str(), it.label())
            }),
        ),
        facet(FacetKey::Product, products),
        facet(
            FacetKey::Priority,
            all(
                Priority::ALL,
                options(&facets.priority, &filter.priority, |it| it.label().to_owned()),
                |it| (it.as_str(), it.label()),
            ),
        ),
        facet(
            FacetKey::Type,
            all(
                TaskType::ALL,
                options(&facets.task_type, &filter.task_type, |it| it.label().to_owned()),
                |it| (it.as_str(), it.label()),
            ),
        ),
        facet(
            FacetKey::Source,
            all(TaskSource::ALL, options(&facets.source, &filter.source, |it| it.label().to_owned()), |it| {
                (it.as_str(), it.label())
            }),
        ),
        facet(FacetKey::Agent, options(&facets.agent, &filter.agent, ToString::to_string)),
    ]
}

/// The values that were counted, and those asked for of which there is none.
fn options<T: Ord + ToString>(
    counts: &[Count<T>],
    asked: &BTreeSet<T>,
    label: impl Fn(&T) -> String,
) -> Vec<FacetOption> {
    let option = |value: &T, count, chosen| FacetOption {
        value: Some(list_value(&value.to_string())),
        label: label(value),
        count,
        chosen,
    };
    let counted = |value: &T| counts.iter().any(|count| count.value.as_ref() == Some(value));
    let none = asked.iter().filter(|value| !counted(value)).map(|value| option(value, 0, true));
    let some = counts.iter().map(|count| match &count.value {
        Some(value) => option(value, count.count, asked.contains(value)),
        None => FacetOption { value: None, label: "Not told".to_owned(), count: count.count, chosen: false },
    });
    none.chain(some).collect()
}

/// All values there can be, in their order, so that none moves when a count becomes 0; what is unknown last.
fn all<T>(
    values: &[T],
    mut options: Vec<FacetOption>,
    words: impl Fn(&T) -> (&'static str, &'static str),
) -> Vec<FacetOption> {
    let mut out: Vec<_> = values
        .iter()
        .map(|value| {
            let (value, label) = words(value);
            let counted = options.iter().position(|option| option.value.as_deref() == Some(value));
            counted.map_or_else(
                || FacetOption {
                    value: Some(value.to_owned()),
                    label: label.to_owned(),
                    count: 0,
                    chosen: false,
                },
                |at| options.swap_remove(at),
            )
        })
        .collect();
    out.append(&mut options);
    out
}
