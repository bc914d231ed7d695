//! Search, category, status, order and layout.

use std::collections::BTreeSet;

use domain::portfolio::{Marks, PortfolioKey, PortfolioLayout, PortfolioQuery, PortfolioSort};
use leptos::prelude::*;

use crate::{
    api::products::ProductsPage,
    components::{
        FilterBar,
        filter_bar::{Condition, FacetMenu, FacetOption, Search, in_force},
        product_health_grid::words::band,
    },
    links,
    ui::{Menu, MenuLook, Seg, SegItem},
};

/// The form of the portfolio's filters. Made once; what changes is told by the signals.
#[component]
pub fn Bar(
    /// The portfolio.
    page: Signal<ProductsPage>,
    /// What is asked for.
    query: Signal<PortfolioQuery>,
) -> impl IntoView {
    let facets = Memo::new(move |_| query.with(|query| page.with(|page| facets(page, query))));
    let kinds = Signal::derive(move || facets.with(|(kinds, _)| kinds.clone()));
    let statuses = Signal::derive(move || facets.with(|(_, statuses)| statuses.clone()));
    let search = Search {
        text: Signal::derive(move || query.with(|query| query.q.clone())),
        hint: "Search products, tags or URLs",
        label: "Search products",
    };
    let active = Memo::new(move |_| query.with(|query| conditions(query).len()));
    let menus = move || {
        view! {
            <FacetMenu name="category" label="Category" options=kinds/>
            <FacetMenu name="status" label="Status" options=statuses/>
            <Order query/>
        }
    };
    let actions = move || {
        view! {
            <span class="f-found" role="status">
                {move || query.with(|query| page.with(|page| shown(page, query)))}
            </span>
            {move || view! { <Layouts query=query.get()/> }}
        }
    };
    view! {
        <FilterBar
            action=links::PRODUCTS
            label="Filter products"
            search
            kept=Signal::derive(move || query.with(kept))
            active
            menus
            actions
        >
            {move || in_force(query.with(conditions))}
        </FilterBar>
    }
    .into_any()
}

/// The categories and the statuses, each with how many products it would show.
fn facets(page: &ProductsPage, query: &PortfolioQuery) -> (Vec<FacetOption>, Vec<FacetOption>) {
    let marks = Marks { now: page.now, rules: &page.rules };
    let (kinds, statuses) = query.facets(&page.products, marks);
    (
        options(kinds, |kind| (kind.as_str(), kind.label(), query.category.contains(kind))),
        options(statuses, |status| (status.as_str(), status.label(), query.status.contains(status))),
    )
}

/// How the products that are shown are.
fn shown(page: &ProductsPage, query: &PortfolioQuery) -> String {
    let found = query.select(&page.products, Marks { now: page.now, rules: &page.rules });
    let of = |bands: &[&str]| found.iter().filter(|insight| bands.contains(&band(&insight.health))).count();
    let (healthy, fair) = (of(&["good", "great"]), of(&["fair"]));
    let (poor, rest) = (of(&["poor"]), of(&["off", "unknown"]));
    format!("{healthy} healthy · {fair} fair · {poor} poor · {rest} unmeasured")
}

/// What the address says and no field of the form does.
fn kept(query: &PortfolioQuery) -> Vec<(&'static str, String)> {
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
    kept
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
fn Order(query: Signal<PortfolioQuery>) -> impl IntoView {
    let items = move || {
        let item = |key: &PortfolioKey| {
            let sort = PortfolioSort { key: *key, reversed: false };
            let href = links::portfolio(&PortfolioQuery { sort, ..query.get() });
            let current = query.with(|query| query.sort.key == *key).then_some("true");
            view! {
                <a class="menu-item" href=href aria-current=current data-noscroll="">
                    {key.label()}
                </a>
            }
            .into_any()
        };
        PortfolioKey::ALL.iter().map(item).collect::<Vec<_>>()
    };
    let words = move || {
        let PortfolioSort { key, reversed } = query.with(|query| query.sort);
        format!("{}{}", key.label(), if reversed { ", reversed" } else { "" })
    };
    view! {
        <Menu look=MenuLook::Choice label=move || view! { "Sort " <b>{words}</b> }>
            <div>{items}</div>
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
