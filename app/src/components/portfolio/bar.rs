//! Search, category, status, order and layout.

use std::collections::BTreeSet;

use domain::portfolio::{Marks, PortfolioKey, PortfolioLayout, PortfolioQuery, PortfolioSort};
use leptos::prelude::*;

use crate::{
    api::products::ProductsPage,
    components::{
        FilterBar,
        filter_bar::{ActiveFilter, Condition, FacetMenu, FacetOption, Search},
        product_health_grid::words::band,
    },
    links,
    ui::{Menu, MenuLook, Seg, SegItem},
};

/// The form of the portfolio's filters.
#[component]
pub fn Bar(
    /// The portfolio.
    page: StoredValue<ProductsPage>,
    /// What is asked for.
    query: PortfolioQuery,
) -> impl IntoView {
    let (kinds, statuses, shown) = page.with_value(|page| {
        let marks = Marks { now: page.now, rules: &page.rules };
        let (kinds, statuses) = query.facets(&page.products, marks);
        let found = query.select(&page.products, marks);
        let of =
            |bands: &[&str]| found.iter().filter(|insight| bands.contains(&band(&insight.health))).count();
        let (healthy, fair) = (of(&["good", "great"]), of(&["fair"]));
        let (poor, rest) = (of(&["poor"]), of(&["off", "unknown"]));
        (kinds, statuses, format!("{healthy} healthy · {fair} fair · {poor} poor · {rest} unmeasured"))
    });
    let kinds = options(kinds, |kind| (kind.as_str(), kind.label(), query.category.contains(kind)));
    let statuses =
        options(statuses, |status| (status.as_str(), status.label(), query.status.contains(status)));
    let plain = PortfolioQuery::default();
    let mut kept = Vec::new();
    if query.view != plain.view {
        kept.push(("view", query.view.as_str().to_owned()));
    }
    if query.sort != plain.sort {
        kept.push(("sort", query.sort.to_string()));
    }
    if query.layout != plain.layout {
        kept.push(("layout", query.layout.as_str().to_owned()));
    }
    let active = conditions(&query);
    let count = active.len();
    let search =
        Search { text: query.q.clone(), hint: "Search products, tags or URLs", label: "Search products" };
    let in_order = query.clone();
    view! {
        <FilterBar
            action=links::PRODUCTS
            label="Filter products"
            search
            kept
            active=count
            menus=move || {
                view! {
                    <FacetMenu name="category" label="Category" options=kinds/>
                    <FacetMenu name="status" label="Status" options=statuses/>
                    <Order query=in_order/>
                }
            }
            actions=move || view! { <Layouts query/> }
        >
            <div class="f-active">
                {active.into_iter().map(|condition| view! { <ActiveFilter condition/> }).collect::<Vec<_>>()}
                <span class="f-found">{shown}</span>
            </div>
        </FilterBar>
    }
    .into_any()
}

fn options<T>(
    values: Vec<(T, usize)>,
    of: impl Fn(&T) -> (&'static str, &'static str, bool),
) -> Vec<FacetOption> {
    let option = |(value, count): (T, usize)| {
        let (value, label, chosen) = of(&value);
        let (value, label) = (Some(value.to_owned()), label.to_owned());
        FacetOption { value, label, count: count as u64, chosen }
    };
    let known = |option: &FacetOption| option.count > 0 || option.chosen;
    values.into_iter().map(option).filter(known).collect()
}

fn conditions(query: &PortfolioQuery) -> Vec<Condition> {
    let without = |query: PortfolioQuery| links::portfolio(&query);
    let mut all = Vec::new();
    if !query.q.trim().is_empty() {
        let without = without(PortfolioQuery { q: String::new(), ..query.clone() });
        all.push(Condition { what: "Search is", value: query.q.clone(), without });
    }
    if !query.category.is_empty() {
        let value = query.category.iter().map(|kind| kind.label()).collect::<Vec<_>>().join(", ");
        let without = without(PortfolioQuery { category: BTreeSet::new(), ..query.clone() });
        all.push(Condition { what: "Category is", value, without });
    }
    if !query.status.is_empty() {
        let value = query.status.iter().map(|status| status.label()).collect::<Vec<_>>().join(", ");
        let without = without(PortfolioQuery { status: BTreeSet::new(), ..query.clone() });
        all.push(Condition { what: "Status is", value, without });
    }
    all
}

/// The orders, each a link.
#[component]
fn Order(query: PortfolioQuery) -> impl IntoView {
    let current = query.sort.key;
    let item = |key: &PortfolioKey| {
        let sort = PortfolioSort { key: *key, reversed: false };
        let href = links::portfolio(&PortfolioQuery { sort, ..query.clone() });
        let current = (*key == current).then_some("true");
        view! {
            <a class="menu-item" href=href aria-current=current data-noscroll="">
                {key.label()}
            </a>
        }
    };
    let items = PortfolioKey::ALL.iter().map(item).collect::<Vec<_>>();
    let reversed = query.sort.reversed.then_some(", reversed");
    view! {
        <Menu
            look=MenuLook::Choice
            label=move || view! { "Sort " <b>{current.label()} {reversed}</b> }
        >
            {items}
        </Menu>
    }
    .into_any()
}

/// Cards or table.
#[component]
fn Layouts(query: PortfolioQuery) -> impl IntoView {
    let item = |layout: &PortfolioLayout| SegItem {
        label: layout.label().to_owned(),
        href: links::portfolio(&PortfolioQuery { layout: *layout, ..query.clone() }),
        current: *layout == query.layout,
    };
    view! { <Seg label="Layout" items=PortfolioLayout::ALL.iter().map(item).collect()/> }
}
