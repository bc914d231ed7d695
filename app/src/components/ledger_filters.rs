//! The filters of the ledger: search, menus, status chips, what is in force, and what can be done with what they show.

pub mod columns_menu;
pub mod conditions;
pub mod date_menu;
pub mod export_menu;

use domain::{
    query::{SearchIn, TaskFilter, TaskQuery},
    task::TaskStatus,
};
use leptos::prelude::*;

use self::{columns_menu::ColumnsMenu, conditions::conditions, date_menu::DateMenu, export_menu::ExportMenu};
use crate::{
    api::tasks::{Answered, Facet},
    components::{
        FacetMenu, FilterBar,
        filter_bar::{FacetOption, Search, active_filter},
        task_status_badge::glyph,
    },
    format,
    ledger::Address,
    links,
    state::late,
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
    let search = Search {
        text: Signal::derive(move || address.with(|address| address.query.filter.q.clone())),
        hint: "Search title, product, ID or error",
        label: "Search tasks",
    };
    let options = move |key: &'static str| {
        Memo::new(move |_| {
            found.with(|found| {
                let facet = found.facets.iter().find(|facet| facet.key == key);
                facet.map(|facet| facet.options.clone()).unwrap_or_default()
            })
        })
    };
    let statuses = options(STATUS);
    let conditions =
        Memo::new(move |_| found.with(|found| address.with(|address| conditions(&found.facets, address))));
    let active = Memo::new(move |_| conditions.with(Vec::len));
    // Where links lead is out of sight.
    let behind = late(address);
    let menus = move || {
        let menu = |(name, label)| view! { <FacetMenu name label options=options(name)/> }.into_any();
        view! {
            {MENUS.into_iter().map(menu).collect::<Vec<_>>()}
            <DateMenu address behind/>
        }
    };
    let actions = move || {
        let total = late(Signal::derive(move || found.with(|found| found.total)));
        view! {
            <ColumnsMenu address behind/>
            <ExportMenu address=behind total/>
        }
    };
    view! {
        <FilterBar
            action=links::TASKS
            label="Filter tasks"
            search
            kept=Memo::new(move |_| address.with(|address| statuses.with(|statuses| kept(address, statuses))))
            active
            menus
            actions
        >
            <StatusChips options=statuses address=behind/>
            <div class="f-active">
                {move || conditions.get().into_iter().map(active_filter).collect::<Vec<_>>()}
                {move || further(!conditions.with(Vec::is_empty), address)}
                <Outcome found/>
            </div>
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

/// The ways out of the filters and further on; no view of its own where there is none.
fn further(filtered: bool, address: Signal<Address>) -> Vec<AnyView> {
    let link = |href: String, words: &'static str| {
        view! {
            <a class="btn" data-variant="ghost" data-size="sm" href=href data-noscroll="">
                {words}
            </a>
        }
        .into_any()
    };
    address.with(|address| {
        let clear = filtered.then(|| link(cleared(address), "Clear"));
        let deeper = everywhere(address);
        let deeper = deeper.map(|href| link(href, "Search descriptions, events and logs too"));
        [clear, deeper].into_iter().flatten().collect()
    })
}

/// How many tasks the filters let through, and what it took to find them.
#[component]
fn Outcome(found: Signal<Found>) -> impl IntoView {
    let total = move || found.with(|found| found.total);
    let cost = move || {
        let Found { took_ms, all, answered, .. } = found.get();
        let (took, all) = (format::latency(took_ms), format::count(all, "task", "tasks"));
        match answered {
            Answered::Server => format!("{took}, {all}"),
            Answered::Here => format!("{took} in this browser, {all}"),
            Answered::Beyond(most) => format!(
                "{took}, {all}: more than the {} that a browser holds, so the server looks",
                format::number(most)
            ),
        }
    };
    view! {
        <span class="f-found" role="status">
            <b>{move || format::number(total())}</b>
            {move || if total() == 1 { " matches" } else { " match" }}
            <span class="dotsep">{cost}</span>
        </span>
    }
    .into_any()
}

/// What the address says and no field of the form does.
fn kept(address: &Address, statuses: &[FacetOption]) -> Vec<(&'static str, String)> {
    let mut kept: Vec<_> = statuses
        .iter()
        .filter(|option| option.chosen)
        .filter_map(|option| Some((STATUS, option.value.clone()?)))
        .collect();
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
    kept
}

/// The statuses side by side, with how many tasks each would show; any number can be on.
#[component]
fn StatusChips(
    #[prop(into)] options: Signal<Vec<FacetOption>>,
    /// What its links change.
    address: Signal<Address>,
) -> impl IntoView {
    let total = move || options.with(|options| options.iter().map(|option| option.count).sum());
    let none = move || options.with(|options| !options.iter().any(|option| option.chosen));
    let every = move || asking(address, |filter| filter.status.clear());
    let chip = move |status: TaskStatus| {
        let of = Memo::new(move |_| {
            options.with(|options| {
                let option = options.iter().find(|option| option.value.as_deref() == Some(status.as_str()));
                option.map(|option| (option.count, option.chosen)).unwrap_or_default()
            })
        });
        let href = move || {
            asking(address, |filter| {
                if !filter.status.remove(&status) {
                    filter.status.insert(status);
                }
            })
        };
        view! {
            <a
                class="chip"
                data-status=status.as_str()
                href=href
                aria-current=move || of.get().1.then_some("true")
                data-noscroll=""
            >
                <Icon name=glyph(status)/>
                {status.label()}
                " "
                <span class="chip-n">{move || format::number(of.get().0)}</span>
            </a>
        }
        .into_any()
    };
    view! {
        <div class="f-chips" role="group" aria-label="Status">
            <a class="chip" href=every aria-current=move || none().then_some("true") data-noscroll="">
                "All "
                <span class="chip-n">{move || format::number(total())}</span>
            </a>
            {TaskStatus::ALL.iter().copied().map(chip).collect::<Vec<_>>()}
        </div>
    }
    .into_any()
}

/// The address with another filter.
fn asking(address: Signal<Address>, change: impl FnOnce(&mut TaskFilter)) -> String {
    address.with(|address| {
        let mut query = address.query.clone();
        change(&mut query.filter);
        address.asking(query)
    })
}
