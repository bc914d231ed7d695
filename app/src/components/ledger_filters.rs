//! The filters of the ledger: search, menus, status chips, what is in force, and what can be done with what they show.

pub mod columns_menu;
pub mod conditions;
pub mod date_menu;
pub mod export_menu;

use domain::query::{SearchIn, TaskQuery};
use leptos::prelude::*;

use self::{columns_menu::ColumnsMenu, conditions::conditions, date_menu::DateMenu, export_menu::ExportMenu};
use crate::{
    api::tasks::{Answered, Facet},
    components::{
        FacetMenu, FilterBar,
        filter_bar::{ActiveFilter, Condition, FacetOption, Search},
        task_status_badge::glyph,
    },
    format,
    ledger::Address,
    links,
    ui::Icon,
};

/// The key of the status, whose values stand as chips and not in a menu.
const STATUS: &str = "status";

/// The address with no filter at all, in the same order.
pub fn cleared(address: &Address) -> String {
    let query =
        TaskQuery { sort: address.query.sort.clone(), page: address.query.page, ..TaskQuery::default() };
    address.asking(query)
}

/// The address that looks in descriptions, events and logs, too; `None` where nothing is searched for, or it does.
pub fn everywhere(address: &Address) -> Option<String> {
    let mut query = address.query.clone();
    if query.filter.q.trim().is_empty() || query.filter.search_in == SearchIn::Everything {
        return None;
    }
    query.filter.search_in = SearchIn::Everything;
    Some(address.asking(query))
}

/// What the filters found, and how.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// The properties to filter by, with their values.
    pub facets: Vec<Facet>,
    /// How many tasks they let through.
    pub total: u64,
    /// How many tasks there are at all.
    pub all: u64,
    /// How long it took to find them, in milliseconds.
    pub took_ms: u64,
    /// Who found them.
    pub answered: Answered,
}

/// The filters of the ledger. Made once; what changes is told by the signals.
#[component]
pub fn LedgerFilters(
    /// What they found.
    #[prop(into)]
    found: Signal<Found>,
    /// What the address asks for.
    #[prop(into)]
    address: Signal<Address>,
) -> impl IntoView {
    let stored = move || StoredValue::new(address.get());
    let search = Search {
        text: Signal::derive(move || address.with(|address| address.query.filter.q.clone())),
        hint: "Search title, product, ID or error",
        label: "Search tasks",
    };
    let options = move |key: &'static str| {
        Signal::derive(move || {
            found.with(|found| {
                let facet = found.facets.iter().find(|facet| facet.key == key);
                facet.map(|facet| facet.options.clone()).unwrap_or_default()
            })
        })
    };
    let statuses = options(STATUS);
    let conditions = move || found.with(|found| conditions(&found.facets, stored()));
    let active = Memo::new(move |_| conditions().len());
    let menus = move || {
        let menu = |(name, label)| view! { <FacetMenu name label options=options(name)/> }.into_any();
        view! {
            {MENUS.into_iter().map(menu).collect::<Vec<_>>()}
            <DateMenu address/>
        }
    };
    let actions = move || {
        view! {
            {move || view! { <ColumnsMenu address=stored()/> }}
            {move || view! { <ExportMenu address=stored() total=found.with(|found| found.total)/> }}
        }
    };
    view! {
        <FilterBar
            action=links::TASKS
            label="Filter tasks"
            search
            kept=Signal::derive(move || kept(stored(), &statuses.get()))
            active
            menus
            actions
        >
            {move || view! { <StatusChips options=statuses.get() address=stored()/> }}
            {move || below(conditions(), &found.get(), stored())}
        </FilterBar>
    }
    .into_any()
}

/// The properties that have a menu: the status has chips.
const MENUS: [(&str, &str); 5] = [
    ("product", "Product"),
    ("priority", "Priority"),
    ("type", "Type"),
    ("source", "Source"),
    ("agent", "Agent"),
];

/// What is in force, the way to look further, and what was found.
fn below(conditions: Vec<Condition>, found: &Found, address: StoredValue<Address>) -> AnyView {
    let clear = (!conditions.is_empty()).then(|| {
        view! {
            <a class="btn" data-variant="ghost" data-size="sm" href=address.with_value(cleared) data-noscroll="">
                "Clear"
            </a>
        }
    });
    let conditions: Vec<_> =
        conditions.into_iter().map(|condition| view! { <ActiveFilter condition/> }.into_any()).collect();
    let deeper = address.with_value(everywhere).map(|href| {
        view! {
            <a class="btn" data-variant="ghost" data-size="sm" href=href data-noscroll="">
                "Search descriptions, events and logs too"
            </a>
        }
    });
    let words = if found.total == 1 { " matches" } else { " match" };
    let (took, all) = (format!("{} ms", found.took_ms), format::count(found.all, "task", "tasks"));
    let cost = match found.answered {
        Answered::Server => format!("{took}, {all}"),
        Answered::Here => format!("{took} in this browser, {all}"),
        Answered::Beyond(most) => format!(
            "{took}, {all}: more than the {} that a browser holds, so the server looks",
            format::number(most)
        ),
    };
    view! {
        <div class="f-active">
            {conditions} {clear} {deeper}
            <span class="f-found" role="status">
                <b>{format::number(found.total)}</b>
                {words}
                <span class="dotsep">{cost}</span>
            </span>
        </div>
    }
    .into_any()
}

/// What the address says and no field of the form does.
fn kept(address: StoredValue<Address>, statuses: &[FacetOption]) -> Vec<(&'static str, String)> {
    let mut kept: Vec<_> = statuses
        .iter()
        .filter(|option| option.chosen)
        .filter_map(|option| Some((STATUS, option.value.clone()?)))
        .collect();
    address.with_value(|address| {
        if address.query.filter.search_in == SearchIn::Everything {
            kept.push(("in", SearchIn::Everything.to_string()));
        }
        let filter = &address.query.filter;
        for (name, bound) in [("endedFrom", filter.ended_from), ("endedTo", filter.ended_to)] {
            kept.extend(bound.map(|bound| (name, bound.to_string())));
        }
        // Each key is a value of its own: the form joins them.
        kept.extend(address.query.sort.iter().map(|sort| ("sort", sort.to_string())));
        if address.query.page.per_page != domain::query::PageRequest::default().per_page {
            kept.push(("perPage", address.query.page.per_page.to_string()));
        }
        kept.extend(address.columns.text().map(|columns| ("cols", columns)));
    });
    kept
}

/// The statuses side by side, with how many tasks each would show; any number can be on.
#[component]
fn StatusChips(options: Vec<FacetOption>, address: StoredValue<Address>) -> impl IntoView {
    let total: u64 = options.iter().map(|option| option.count).sum();
    let none = !options.iter().any(|option| option.chosen);
    let every = address.with_value(|address| {
        let mut query = address.query.clone();
        query.filter.status.clear();
        address.asking(query)
    });
    let chip = |option: FacetOption| {
        let status: domain::task::TaskStatus = option.value?.parse().ok()?;
        let href = address.with_value(|address| {
            let mut query = address.query.clone();
            if !query.filter.status.remove(&status) {
                query.filter.status.insert(status);
            }
            address.asking(query)
        });
        let chip = view! {
            <a class="chip" data-status=status.as_str() href=href aria-current=option.chosen.then_some("true") data-noscroll="">
                <Icon name=glyph(status)/>
                {option.label}
                " "
                <span class="chip-n">{format::number(option.count)}</span>
            </a>
        };
        Some(chip.into_any())
    };
    view! {
        <div class="f-chips" role="group" aria-label="Status">
            <a class="chip" href=every aria-current=none.then_some("true") data-noscroll="">
                "All "
                <span class="chip-n">{format::number(total)}</span>
            </a>
            {options.into_iter().filter_map(chip).collect_view()}
        </div>
    }
    .into_any()
}
