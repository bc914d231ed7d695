//! The parts of the portfolio, each with how many products it shows.

use domain::portfolio::{Marks, PortfolioQuery, PortfolioView};
use leptos::prelude::*;

use crate::{api::products::ProductsPage, format, links};

/// Links to the views; counts with the other filters applied.
#[component]
pub fn Views(
    /// The portfolio.
    page: Signal<ProductsPage>,
    /// What is asked for.
    query: PortfolioQuery,
) -> impl IntoView {
    let counts = page.with(|page| query.counts(&page.products, Marks { now: page.now, rules: &page.rules }));
    let view = |(view, count): (PortfolioView, usize)| {
        let current = (view == query.view).then_some("page");
        let href = links::portfolio(&PortfolioQuery { view, ..query.clone() });
        view! {
            <a class="p-view" href=href aria-current=current data-noscroll="">
                {view.label()}
                <span class="count">{format::number(count as u64)}</span>
            </a>
        }
    };
    view! {
        <nav class="p-views" aria-label="Views">
            {counts.into_iter().map(view).collect::<Vec<_>>()}
        </nav>
    }
    .into_any()
}
