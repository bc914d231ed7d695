//! The grid: products by priority, each always at its place.

use domain::{insight::portfolio::ProductInsight, task::Priority};
use leptos::prelude::*;

use super::cell::Cell;
use crate::components::PriorityBadge;

/// What a cell's look means, in the order of the legend.
const LEGEND: [(&str, &str); 6] = [
    ("poor", "under 50"),
    ("fair", "50 – 74"),
    ("good", "75 – 89"),
    ("great", "90 and up"),
    ("off", "not at work"),
    ("attn", "needs you"),
];

/// The products of each priority, unknown last; groups without a product are left out. The order within a group is kept.
fn groups(portfolio: Vec<ProductInsight>) -> Vec<(Option<Priority>, Vec<ProductInsight>)> {
    let keys = Priority::ALL.iter().copied().map(Some).chain([None]);
    let mut groups: Vec<_> = keys.map(|key| (key, Vec::new())).collect();
    for insight in portfolio {
        if let Some((_, group)) = groups.iter_mut().find(|(key, _)| *key == insight.product.priority) {
            group.push(insight);
        }
    }
    groups.retain(|(_, group)| !group.is_empty());
    groups
}

/// A cell for each product, grouped by priority.
#[component]
pub fn Heat(
    /// The products, by name.
    portfolio: Vec<ProductInsight>,
) -> impl IntoView {
    let group = |(priority, products): (Option<Priority>, Vec<ProductInsight>)| {
        view! {
            <li class="heat-group">
                <PriorityBadge priority/>
                <ul class="heat-cells">
                    {products.into_iter().map(|insight| view! { <Cell insight/> }).collect_view()}
                </ul>
            </li>
        }
    };
    view! { <ul class="heat">{groups(portfolio).into_iter().map(group).collect_view()}</ul> }.into_any()
}

/// What the looks mean. The number in the cell says the same.
#[component]
pub fn Legend() -> impl IntoView {
    let key = |(band, words): (&'static str, &'static str)| {
        view! {
            <span>
                <i class="heat-key" data-h=band></i>
                {words}
            </span>
        }
    };
    view! {
        <div class="heat-legend" aria-hidden="true">
            {LEGEND.map(key).collect_view()}
        </div>
    }
    .into_any()
}
