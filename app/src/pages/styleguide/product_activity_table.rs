//! The portfolio as a table.

use domain::{
    insight::portfolio::ProductInsight,
    portfolio::{PortfolioKey, PortfolioQuery, PortfolioSort},
};
use leptos::prelude::*;

use super::{
    Example, example,
    product_health_grid::insights,
    samples::{day, rules},
};
use crate::components::ProductActivityTable;

pub(super) fn examples() -> Vec<Example> {
    let table = |state, products: Vec<ProductInsight>, query| {
        example(state, view! { <ProductActivityTable products query rules=rules()/> })
    };
    let by_name = PortfolioSort { key: PortfolioKey::Name, reversed: true };
    let mut reversed = insights(&day::facts());
    reversed.reverse();
    reversed.truncate(2);
    vec![
        table("Sorted by what is asked for first", insights(&day::facts()), PortfolioQuery::default()),
        table(
            "Sorted by name, from its other end",
            reversed,
            PortfolioQuery { sort: by_name, ..PortfolioQuery::default() },
        ),
    ]
}
