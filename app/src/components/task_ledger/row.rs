//! One task of the table.

use std::sync::Arc;

use domain::id::TaskId;
use leptos::{html::Tr, prelude::*};

use super::{cell::Cell, open_row::OpenRow, sight::Sight};
use crate::{
    api::{overview::ProductRef, tasks},
    format,
    ledger::{Address, Column},
    links,
    state::{Clock, live},
    ui::{Icon, IconName},
};

/// What a row is told.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Item {
    /// The task.
    pub row: Arc<tasks::Row>,
    /// The address of the list that it stands in, with no row open.
    pub closed: Arc<str>,
}

/// A task: a row, and below it what it holds where it is open. The row follows what it is told: another task, where another
/// question is answered; whether it is open follows the address.
#[component]
#[cfg_attr(not(feature = "hydrate"), expect(unused_variables, reason = "only a browser shows rows"))]
pub fn LedgerRow(
    /// The task; another one where another question is answered.
    item: Signal<Item>,
    /// The columns that are shown, the first one first.
    columns: Vec<Column>,
    /// The products whose names are known.
    products: StoredValue<Vec<ProductRef>>,
    /// The row that is open.
    open: Signal<Option<TaskId>>,
    /// What the open row holds, where more is known of it.
    excerpt: Signal<Option<tasks::Excerpt>>,
    /// What of the table can be seen: that is told first.
    sight: Sight,
) -> impl IntoView {
    let clock = use_context::<Clock>();
    let count = columns.len();
    let columns: Arc<[Column]> = columns.into_iter().skip(1).collect();
    let contents = {
        let (clock, columns) = (clock.clone(), Arc::clone(&columns));
        move || {
            let now = clock.as_ref().map(Clock::now);
            item.with(|item| {
                columns.iter().map(|column| Cell::of(*column, &item.row, products, now)).collect::<Vec<_>>()
            })
        }
    };
    let head = move || item.with(|item| open.with(|open| Head::of(item, open.as_ref())));
    let first = untrack(head);
    let is_open = RwSignal::new(first.open);
    let cells = untrack(&contents);
    let places = columns.iter().zip(&cells);
    let places: Vec<_> = places.map(|(column, cell)| place(*column, cell, clock.as_ref())).collect();
    let news = live::arrives().map(|mark| {
        let born = item.with_untracked(|item| item.row.id.clone());
        // Once it was told another task, it is no news any more, be it told this one again.
        let is_news = Memo::new(move |was: Option<&bool>| {
            was.is_none_or(|was| *was) && item.with(|item| item.row.id == born)
        });
        move || is_news.get().then_some(mark)
    });
    let below = move || {
        is_open.get().then(|| {
            let href = move || item.with(|item| links::task(&item.row.id));
            view! {
                <tr class="t-detail" role="row">
                    <td role="cell" colspan=count aria-colspan=count>
                        {move || view! { <OpenRow excerpt=excerpt.get() href=href()/> }}
                    </td>
                </tr>
            }
        })
    };
    let element = NodeRef::<Tr>::new();
    let made = view! {
        <tr class="t-card" role="row" data-open=first.open.then_some("") data-new=news node_ref=element>
            {first.view()}
            {places}
        </tr>
        {below}
    };
    #[cfg(feature = "hydrate")]
    {
        let shown = super::follow::Shown::new(first, cells, clock);
        super::follow::follow(element, head, contents, shown, is_open, sight);
    }
    made.into_any()
}

/// The cell of a column other than the first. What is to stand in it later is told by `tell.rs`.
fn place(column: Column, cell: &Cell, clock: Option<&Clock>) -> AnyView {
    view! {
        <td class=column.numeric().then_some("num") role="cell" data-col=column.key()>
            {cell.view(clock)}
        </td>
    }
    .into_any()
}

/// What the first cell shows, and whether the row is open.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Head {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) href: String,
    pub(super) open: bool,
    /// Where the row is open, or is not any more.
    pub(super) toggle: String,
}

impl Head {
    fn of(Item { row, closed }: &Item, open: Option<&TaskId>) -> Self {
        let open = open == Some(&row.id);
        Self {
            id: format::plain(row.id.as_str()).into_owned(),
            title: format::plain(&row.title).into_owned(),
            href: links::task(&row.id),
            open,
            toggle: if open { closed.to_string() } else { Address::opening(closed, &row.id) },
        }
    }

    pub(super) fn label(&self) -> String {
        format!("Details of {}", self.title)
    }

    pub(super) const fn expanded(&self) -> &'static str {
        if self.open { "true" } else { "false" }
    }

    /// The last part of the id, which tells a task from its neighbours; the whole id is on hover.
    pub(super) fn short(&self) -> &str {
        short(&self.id)
    }

    /// Another one is told to the same elements, by `tell.rs`.
    fn view(&self) -> AnyView {
        view! {
            <th class="sticky" role="rowheader" scope="row">
                <div class="t-cell">
                    <a
                        class="exp"
                        href=self.toggle.clone()
                        prop:replace=true
                        data-noscroll=""
                        aria-expanded=self.expanded()
                        aria-label=self.label()
                    >
                        <Icon name=IconName::ChevronRight size=12/>
                    </a>
                    <span class="t-id mono" title=self.id.clone()>
                        <bdi>{self.short().to_owned()}</bdi>
                    </span>
                    <a class="cell-main trunc" href=self.href.clone() title=self.title.clone()>
                        <bdi>{self.title.clone()}</bdi>
                    </a>
                </div>
            </th>
        }
        .into_any()
    }
}

fn short(id: &str) -> &str {
    id.rsplit(':').find(|part| !part.is_empty()).unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_told_by_its_last_part() {
        assert_eq!(["t-1", "hermes:default:t_1", "a:", ":"].map(short), ["t-1", "t_1", "a", ":"]);
    }
}
