//! The health of the products, from the day's facts.

use domain::{
    facts::Facts,
    insight::{
        attention::queue,
        portfolio::{ProductInsight, portfolio},
    },
    settings::Rules,
};
use leptos::prelude::*;

use super::{
    Example, example,
    samples::{day, now, rules},
};
use crate::components::ProductHealthGrid;

pub(super) fn examples() -> Vec<Example> {
    let grid = |state, portfolio: Vec<ProductInsight>| {
        example(state, view! { <ProductHealthGrid portfolio rules=rules()/> })
    };
    let healthy = |insight: &ProductInsight| insight.health.score >= Some(75) && insight.attention.is_none();
    let calm = Facts { blocked: Vec::new(), failed: Vec::new(), ..day::facts() };
    let well = insights(&calm).into_iter().filter(healthy).collect();
    let unknown = insights(&Facts { products: day::products(), ..Facts::default() });
    vec![
        grid("Every band, and the worst first", insights(&day::facts())),
        grid("All well", well),
        grid("Nothing ended yet: all unknown", unknown),
        grid("No product", Vec::new()),
    ]
}

pub(super) fn insights(facts: &Facts) -> Vec<ProductInsight> {
    let (now, rules) = (now(), Rules::default());
    portfolio(facts, &queue(facts, now, &rules), now, &rules)
}
