//! How the products are: a cell for each at its own place, and the worst of them with what is behind their numbers.

pub mod cell;
pub mod heat;
pub mod problem;
pub mod score;
pub mod words;

use domain::{insight::portfolio::ProductInsight, settings::Rules};
use leptos::prelude::*;

use self::{
    heat::{Heat, Legend},
    problem::Problems,
};
use crate::{
    components::EmptyState,
    format, links,
    ui::{IconName, Panel},
};

/// From this score on a product is healthy.
const HEALTHY: u8 = 75;

/// How many of the worst products are listed.
const SHOWN: usize = 7;

/// The products that have a problem: unhealthy, or in need of the founder; the lowest score first, of equals the one that
/// needs the founder, unknown scores last.
fn problems(portfolio: &[ProductInsight]) -> Vec<ProductInsight> {
    let has = |insight: &&ProductInsight| {
        insight.attention.is_some() || insight.health.score.is_some_and(|score| score < HEALTHY)
    };
    let mut worst: Vec<ProductInsight> = portfolio.iter().filter(has).cloned().collect();
    // The sort is stable, and the portfolio is ordered by name.
    worst.sort_by_key(|insight| {
        let attention = insight.attention.map(|attention| attention.severity);
        (insight.health.score.is_none(), insight.health.score, attention.is_none(), attention)
    });
    worst
}

/// The grid of all products by priority, and the table of the worst.
#[component]
pub fn ProductHealthGrid(
    /// The products, by name.
    portfolio: Vec<ProductInsight>,
    /// The thresholds that the scores were made with.
    rules: StoredValue<Rules>,
) -> impl IntoView {
    let mut portfolio = portfolio;
    portfolio.retain(|insight| !insight.product.is_archived());
    let healthy = portfolio.iter().filter(|insight| insight.health.score >= Some(HEALTHY)).count() as u64;
    let count = format!("{} · {} healthy", format::number(portfolio.len() as u64), format::number(healthy));
    let body = if portfolio.is_empty() {
        view! {
            <EmptyState
                icon=IconName::Boxes
                title="No product is known"
                text="Products appear here as soon as a line of telemetry names one, each with its health."
            />
        }
        .into_any()
    } else {
        let mut worst = problems(&portfolio);
        let total = worst.len();
        worst.truncate(SHOWN);
        view! {
            <Heat portfolio/>
            <div class="heat-foot">
                <Legend/>
            </div>
            <Problems worst total rules/>
        }
        .into_any()
    };
    view! {
        <Panel
            title="Product health"
            count=Some(count)
            actions=|| {
                view! {
                    <Legend/>
                    <a class="btn" data-variant="ghost" data-size="sm" href=links::PRODUCTS>
                        "Open portfolio"
                    </a>
                }
            }
        >
            {body}
        </Panel>
    }
    .into_any()
}
