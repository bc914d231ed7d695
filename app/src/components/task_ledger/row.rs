//! One task of the table.

use leptos::prelude::*;

use super::{cell::cell, open_row::OpenRow};
use crate::{
    api::{overview::ProductRef, tasks},
    components::Told,
    format,
    ledger::{Address, Column},
    links,
    ui::{Icon, IconName},
};

/// A task: a row, and below it what it holds where it is open.
#[component]
pub fn LedgerRow(
    /// The task.
    row: tasks::Row,
    /// The columns that are shown, the first one first.
    columns: Vec<Column>,
    /// The products whose names are known.
    products: StoredValue<Vec<ProductRef>>,
    /// What the address asks for.
    address: StoredValue<Address>,
    /// Whether it is open.
    open: bool,
    /// Whether it is new, or says something else, since a moment ago.
    new: bool,
    /// What it holds, where it is open and more is known of it.
    #[prop(optional_no_strip)]
    excerpt: Option<tasks::Excerpt>,
) -> impl IntoView {
    let href = links::task(&row.id);
    let count = columns.len();
    let head = name_cell(&row, href.clone(), address.with_value(|address| address.opening(&row.id)), open);
    let cells: Vec<_> = columns.into_iter().skip(1).map(|column| cell(column, &row, products)).collect();
    let below = open.then(|| {
        view! {
            <tr class="t-detail" role="row">
                <td role="cell" colspan=count aria-colspan=count>
                    <OpenRow excerpt href/>
                </td>
            </tr>
        }
    });
    view! {
        <tr class="t-card" role="row" data-open=open.then_some("") data-new=new.then_some("")>
            {head}
            {cells}
        </tr>
        {below}
    }
    .into_any()
}

/// The last part of an id, which tells a task from its neighbours; the whole id is on hover.
fn short(id: &str) -> &str {
    id.rsplit(':').find(|part| !part.is_empty()).unwrap_or(id)
}

fn name_cell(row: &tasks::Row, href: String, toggle: String, open: bool) -> AnyView {
    let title = format::plain(&row.title).into_owned();
    let id = row.id.as_str();
    let label = format!("Details of {title}");
    view! {
        <th class="sticky" role="rowheader" scope="row">
            <div class="t-cell">
                <a
                    class="exp"
                    href=toggle
                    prop:replace=true
                    data-noscroll=""
                    aria-expanded=if open { "true" } else { "false" }
                    aria-label=label
                >
                    <Icon name=IconName::ChevronRight size=12/>
                </a>
                <span class="t-id mono" title=format::plain(id).into_owned()>
                    <Told text=short(id)/>
                </span>
                <a class="cell-main trunc" href=href title=title>
                    <Told text=row.title.clone()/>
                </a>
            </div>
        </th>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_told_by_its_last_part() {
        assert_eq!(["t-1", "hermes:default:t_1", "a:", ":"].map(short), ["t-1", "t_1", "a", ":"]);
    }
}
