//! The table of tasks: fourteen columns, one of its rows open; cards where there is no room for a table.

pub mod cell;
#[cfg(feature = "hydrate")]
mod follow;
pub mod foot;
pub mod keys;
#[cfg(feature = "hydrate")]
mod made;
pub mod open_row;
pub mod row;
pub mod sight;
#[cfg(feature = "hydrate")]
mod tell;

use std::sync::Arc;

use domain::{
    id::TaskId,
    query::{Direction, Sort},
};
use leptos::prelude::*;

use self::{
    foot::LedgerFoot,
    keys::{head_clicked, row_clicked},
    row::{Item, LedgerRow},
    sight::Sight,
};
use crate::{
    api::tasks,
    components::{EmptyState, ledger_filters, product_link},
    ledger::{Address, Column},
    links,
    state::{Go, late},
    ui::{Asked, IconName, InSight, Slots, SortHead, Sorted, hash},
};

/// From how many rows on the table scrolls by itself, with its head in sight.
const LONG: usize = 50;

/// What stands in the ledger.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// What the filters found, and the products that it names.
    pub page: Arc<tasks::TasksPage>,
    /// What that is the answer to, in the columns that are chosen now.
    pub stands: Address,
}

/// The tasks asked for, or why there are none. Made once; its rows stay from answer to answer, as [`Slots`] says.
#[component]
pub fn TaskLedger(
    /// The tasks, and what they are the answer to.
    #[prop(into)]
    listed: Signal<Listed>,
    /// What the address asks for now.
    #[prop(into)]
    address: Signal<Address>,
    /// What the open row shows.
    #[prop(into)]
    excerpt: Signal<Option<tasks::Excerpt>>,
) -> impl IntoView {
    let is_empty = Memo::new(move |_| listed.with(|listed| listed.page.rows.items.is_empty()));
    let body = move || {
        if is_empty.get() {
            (move || listed.with(none)).into_any()
        } else {
            view! { <Table listed address excerpt/> }.into_any()
        }
    };
    view! {
        <section class="panel" aria-label="Tasks">
            {body}
        </section>
    }
    .into_any()
}

#[component]
fn Table(
    listed: Signal<Listed>,
    address: Signal<Address>,
    excerpt: Signal<Option<tasks::Excerpt>>,
) -> impl IntoView {
    let stands = Memo::new(move |_| listed.with(|listed| listed.stands.clone()));
    let columns = Memo::new(move |_| stands.with(|stands| stands.columns));
    // Where links lead is out of sight.
    let behind = late(stands.into());
    let heads = move || {
        let columns = columns.get().shown();
        columns.into_iter().map(|column| head(column, stands, behind)).collect::<Vec<_>>()
    };
    let long = Memo::new(move |_| listed.with(|listed| listed.page.rows.items.len() > LONG));
    let open = Memo::new(move |_| address.with(|address| address.open.clone()));
    let open: Signal<Option<TaskId>> = open.into();
    let products = StoredValue::new(Vec::new());
    let slots = Slots::default();
    let sight = Sight::watched(columns);
    let turned = StoredValue::new(stands.with_untracked(|stands| stands.query.page.page));
    let rows = move || {
        listed.with(|Listed { page, stands }| {
            products.set_value(page.products.clone());
            let columns = stands.columns.shown();
            let closed: Arc<str> = stands.closed().into();
            let items = page.rows.items.iter();
            let item = |row: &tasks::Row| Item { row: Arc::new(row.clone()), closed: Arc::clone(&closed) };
            let items: Vec<_> = items.map(item).collect();
            // What a row shows: its task, by its product's name, in these columns, and where it opens.
            let shows =
                |item: &Item| hash(&(item, product_link::known(&item.row.product_id, products), &columns));
            let asked = Asked::new(&stands.query.text(), &columns);
            let wide = columns.clone();
            let row = move |item: Signal<Item>| {
                view! { <LedgerRow item columns=wide.clone() products open excerpt sight/> }.into_any()
            };
            // A task that is open stands open once, also while it moves.
            let is_open = open.with_untracked(Option::is_some);
            // Who turns the page is led to its top.
            let page = stands.query.page.page;
            let turns = turned.try_update_value(|before| std::mem::replace(before, page) != page);
            let in_sight = if is_open { InSight::Any } else { sight.rows(turns == Some(true)) };
            slots.rows(asked, &items, shows, row, in_sight)
        })
    };
    let go = Go::here();
    view! {
        <div class="table-wrap" data-long=move || long.get().then_some("") tabindex="0" role="region" aria-label="Task table, scrolls sideways" on:scroll=move |_| sight.moved()>
            <table class="table ledger" role="table">
                <caption class="sr">{move || stands.with(caption)}</caption>
                <thead role="rowgroup" on:click=move |event| head_clicked(&event, &go, stands)>
                    <tr role="row">{heads}</tr>
                </thead>
                <tbody role="rowgroup" on:click=move |event| row_clicked(&event)>
                    {rows}
                </tbody>
            </table>
        </div>
        <LedgerFoot listed=late(listed)/>
    }
    .into_any()
}

/// The head of a column; `behind` is what its link changes.
fn head(column: Column, stands: Memo<Address>, behind: Signal<Address>) -> AnyView {
    let href = Memo::new(move |_| {
        let key = column.sort()?;
        Some(behind.with(|address| address.sorting(key, false)))
    });
    let sorted = Memo::new(move |_| {
        stands.with(|address| {
            let order = address.order();
            let at = order.iter().position(|sort| Some(sort.key) == column.sort())?;
            let ascending = order.get(at)?.direction == Direction::Ascending;
            Some(Sorted { ascending, rank: at + 1, many: order.len() > 1 })
        })
    });
    let pinned = column == Column::Task;
    view! { <SortHead label=column.label() href sorted numeric=column.numeric() pinned col=column.key()/> }
        .into_any()
}

/// What the table is, for screen readers: `Tasks, by created, descending`.
fn caption(address: &Address) -> String {
    let key = |sort: &Sort| {
        let down = sort.direction == Direction::Descending;
        format!("{}, {}", sort.key.label().to_lowercase(), if down { "descending" } else { "ascending" })
    };
    let order = address.order().iter().map(key).collect::<Vec<_>>().join(", then ");
    format!("Tasks, by {order}")
}

/// Why there is no row, and the way on.
fn none(listed: &Listed) -> AnyView {
    let Listed { page, stands } = listed;
    if page.all == 0 {
        return view! {
            <EmptyState
                icon=IconName::ListChecks
                title="No tasks yet"
                text="Every task that Hermes works on will stand here, from its first line of telemetry on."
            >
                <a class="btn" data-size="sm" href=links::SOURCES>
                    "Connect a source"
                </a>
                <a class="btn" data-variant="ghost" data-size="sm" href=links::HOME>
                    "Mission Control"
                </a>
            </EmptyState>
        }
        .into_any();
    }
    let total = page.rows.total;
    if total > 0 {
        let first = stands.paged(1);
        return view! {
            <EmptyState
                icon=IconName::SearchX
                title="There is no such page"
                text=format!("{} match; they end before this page.", crate::format::count(total, "task does", "tasks do"))
            >
                <a class="btn" data-size="sm" href=first>
                    "The first page"
                </a>
            </EmptyState>
        }
        .into_any();
    }
    let everything = ledger_filters::everywhere(stands);
    let clear = ledger_filters::cleared(stands);
    view! {
        <EmptyState
            icon=IconName::SearchX
            title="No task matches"
            text="No task meets all of these filters. Take one away, or clear them all."
        >
            <a class="btn" data-size="sm" href=clear data-noscroll="">
                "Clear filters"
            </a>
            {everything
                .map(|href| {
                    view! {
                        <a class="btn" data-variant="ghost" data-size="sm" href=href data-noscroll="">
                            "Search descriptions, events and logs too"
                        </a>
                    }
                })}
        </EmptyState>
    }
    .into_any()
}
