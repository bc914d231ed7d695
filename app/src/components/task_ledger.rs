//! The table of tasks: fourteen columns, one of its rows open; cards where there is no room for a table.

pub mod cell;
pub mod foot;
pub mod keys;
pub mod open_row;
pub mod row;

use domain::query::Page;
use leptos::prelude::*;

use self::{
    foot::LedgerFoot,
    keys::{head_clicked, row_clicked},
    row::LedgerRow,
};
use crate::{
    api::{overview::ProductRef, tasks},
    components::{EmptyState, product_link},
    ledger::{Address, Column},
    links,
    state::Go,
    ui::{Asked, IconName, Slots, SortHead, SortLink},
};

/// From how many rows on the table scrolls by itself, with its head in sight.
const LONG: usize = 50;

/// The tasks asked for, or why there are none. Made anew with each answer; its rows stay, as [`Slots`] says.
#[component]
pub fn TaskLedger(
    /// The tasks of the page.
    rows: Page<tasks::Row>,
    /// How many tasks there are at all.
    all: u64,
    /// The products that they name.
    products: StoredValue<Vec<ProductRef>>,
    /// What the rows are the answer to.
    stands: StoredValue<Address>,
    /// What the address asks for now. Made outside of what makes the table anew, as are the excerpt and the products: rows outlive it.
    address: Signal<Address>,
    /// What the open row shows.
    excerpt: Signal<Option<tasks::Excerpt>>,
    /// The rows from answer to answer. Made outside as well.
    slots: Slots<tasks::Row>,
) -> impl IntoView {
    let body = if rows.items.is_empty() {
        view! { <NoTasks total=rows.total all address=stands/> }.into_any()
    } else {
        view! { <Table page=rows products stands address excerpt slots/> }.into_any()
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
    page: Page<tasks::Row>,
    products: StoredValue<Vec<ProductRef>>,
    stands: StoredValue<Address>,
    address: Signal<Address>,
    excerpt: Signal<Option<tasks::Excerpt>>,
    slots: Slots<tasks::Row>,
) -> impl IntoView {
    let columns = stands.with_value(|address| address.columns.shown());
    let heads: Vec<_> = columns.iter().map(|column| head(*column, stands)).collect();
    let caption = caption(stands);
    let long = (page.items.len() > LONG).then_some("");
    let shown = page.items.len() as u64;
    let (number, per_page, total) = (page.page, page.per_page, page.total);
    let (look, wide) = (columns.clone(), columns.clone());
    // What a row shows: its task, by its product's name, in these columns.
    let shows =
        move |row: &tasks::Row| (row.clone(), product_link::known(&row.product_id, products), wide.clone());
    let row = move |row: Signal<tasks::Row>| {
        view! { <LedgerRow row columns=columns.clone() products address excerpt/> }.into_any()
    };
    let asked = Asked::new(&stands.with_value(|address| address.query.text()), &look);
    let body = slots.rows(asked, page.items, shows, row);
    let go = Go::here();
    view! {
        <div class="table-wrap" data-long=long tabindex="0" role="region" aria-label="Task table, scrolls sideways">
            <table class="table ledger" role="table">
                <caption class="sr">{caption}</caption>
                <thead role="rowgroup" on:click=move |event| head_clicked(&event, &go)>
                    <tr role="row">{heads}</tr>
                </thead>
                <tbody role="rowgroup" on:click=move |event| row_clicked(&event)>
                    {body}
                </tbody>
            </table>
        </div>
        <LedgerFoot page=number per_page total shown address=stands/>
    }
    .into_any()
}

fn head(column: Column, address: StoredValue<Address>) -> AnyView {
    let link = column.sort().map(|key| {
        address.with_value(|address| {
            let order = address.order();
            let rank = order.iter().position(|sort| sort.key == key);
            let ascending = |at: usize| {
                order.get(at).is_some_and(|sort| sort.direction == domain::query::Direction::Ascending)
            };
            SortLink {
                href: address.sorting(key, false),
                add: address.sorting(key, true),
                sorted: rank.map(|at| (ascending(at), at + 1)),
                keys: order.len(),
            }
        })
    });
    view! { <SortHead label=column.label() link numeric=column.numeric() pinned=column == Column::Task/> }
        .into_any()
}

/// What the table is, for screen readers: `Tasks, by created, descending`.
fn caption(address: StoredValue<Address>) -> String {
    let order = address.with_value(|address| {
        let key = |sort: &domain::query::Sort| {
            let down = sort.direction == domain::query::Direction::Descending;
            format!("{}, {}", sort.key.label().to_lowercase(), if down { "descending" } else { "ascending" })
        };
        address.order().iter().map(key).collect::<Vec<_>>().join(", then ")
    });
    format!("Tasks, by {order}")
}

/// Why there is no row, and the way on.
#[component]
fn NoTasks(total: u64, all: u64, address: StoredValue<Address>) -> impl IntoView {
    if all == 0 {
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
    if total > 0 {
        let first = address.with_value(|address| address.paged(1));
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
    let everything = address.with_value(super::ledger_filters::everywhere);
    let clear = address.with_value(super::ledger_filters::cleared);
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
