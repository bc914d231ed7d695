//! The portfolio: its views, its filters, and the products as cards or as a table.

pub mod bar;
pub mod views;

use domain::{
    insight::portfolio::ProductInsight,
    portfolio::{Marks, PortfolioLayout, PortfolioQuery},
};
use leptos::prelude::*;

use self::{bar::Bar, views::Views};
use crate::{
    api::products::ProductsPage,
    components::{EmptyState, ProductActivityTable, ProductCard},
    format, links,
    ui::IconName,
};

/// The products that are asked for. All of them are at hand: another question is answered without asking the server.
/// Made once: filters stay as they stand while the list changes below.
#[component]
pub fn Portfolio(
    /// The portfolio as it is now.
    #[prop(into)]
    page: Signal<ProductsPage>,
    /// What is asked for.
    #[prop(into)]
    query: Signal<PortfolioQuery>,
) -> impl IntoView {
    let list = move || query.with(|query| page.with(|page| list(page, query)));
    let without = move || {
        let count = page.with(|page| page.without_product);
        (count > 0).then(|| view! { <WithoutProduct count/> })
    };
    view! {
        {move || view! { <Views page query=query.get()/> }}
        <Bar page query/>
        {list}
        {without}
    }
    .into_any()
}

fn list(page: &ProductsPage, query: &PortfolioQuery) -> AnyView {
    let rules = StoredValue::new(page.rules.clone());
    let marks = Marks { now: page.now, rules: &page.rules };
    let found: Vec<ProductInsight> = query.select(&page.products, marks).into_iter().cloned().collect();
    match (found.is_empty(), query.layout) {
        (true, _) => nothing(query, page.products.len()),
        (false, PortfolioLayout::Grid) => view! {
            <ul class="p-grid">
                {found.into_iter().map(|insight| view! { <ProductCard insight rules/> }).collect::<Vec<_>>()}
            </ul>
        }
        .into_any(),
        (false, PortfolioLayout::Table) => {
            view! { <ProductActivityTable products=found query=query.clone() rules/> }.into_any()
        }
    }
}

/// How many tasks belong to no product, leading to them.
#[component]
fn WithoutProduct(count: u64) -> impl IntoView {
    let id = domain::id::ProductId::unassigned();
    let words = format::count(count, "task names no product", "tasks name no product");
    view! {
        <p class="p-without t3">
            <a class="link" href=links::tasks_of(&id)>
                {words}
            </a>
            ", so no figure here counts them."
        </p>
    }
    .into_any()
}

/// Why nothing is shown, and the next step.
fn nothing(query: &PortfolioQuery, known: usize) -> AnyView {
    let (icon, title, text, href, words) = if known == 0 {
        (
            IconName::Boxes,
            "No product is known yet",
            "Products appear here by themselves: the agent's own projects, the repositories that it works in, and \
             those that telemetry names. Then name, describe and merge them here.",
            links::SOURCES,
            "See what is read",
        )
    } else if query.is_filtered() {
        (
            IconName::SearchX,
            "No product matches",
            "Every product was looked at; archived ones only where the status asks for them.",
            links::PRODUCTS,
            "Show all products",
        )
    } else {
        (
            IconName::CircleCheck,
            "No product is in this view",
            "That is good news for needs, failures and silence. Archived products are in none of the views.",
            links::PRODUCTS,
            "Show all products",
        )
    };
    view! {
        <section class="panel" aria-label="Products">
            <EmptyState icon title text>
                <a class="btn" data-size="sm" href=href>
                    {words}
                </a>
            </EmptyState>
        </section>
    }
    .into_any()
}
