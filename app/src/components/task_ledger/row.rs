//! One task of the table.

use domain::id::TaskId;
use leptos::prelude::*;

use super::{cell::cell, open_row::OpenRow};
use crate::{
    api::{overview::ProductRef, tasks},
    format,
    ledger::{Address, Column},
    links,
    state::live,
    ui::{Icon, IconName},
};

/// A task: a row, and below it what it holds where it is open. The row follows what it is told: another task, where another
/// question is answered; whether it is open follows the address.
#[component]
pub fn LedgerRow(
    /// The task; another one where another question is answered.
    row: Signal<tasks::Row>,
    /// The columns that are shown, the first one first.
    columns: Vec<Column>,
    /// The products whose names are known.
    products: StoredValue<Vec<ProductRef>>,
    /// The row that is open.
    open: Signal<Option<TaskId>>,
    /// The address with no row open.
    closed: Signal<String>,
    /// What the open row holds, where more is known of it.
    excerpt: Signal<Option<tasks::Excerpt>>,
) -> impl IntoView {
    let count = columns.len();
    let open = Memo::new(move |_| open.with(|open| row.with(|row| open.as_ref() == Some(&row.id))));
    let toggle = move || {
        closed.with(|closed| {
            if open.get() { closed.clone() } else { row.with(|row| Address::opening(closed, &row.id)) }
        })
    };
    let news = live::arrives().map(|mark| {
        let born = row.with_untracked(|row| row.id.clone());
        // Once it was told another task, it is no news any more, be it told this one again.
        let is_news =
            Memo::new(move |was: Option<&bool>| was.is_none_or(|was| *was) && row.with(|row| row.id == born));
        move || is_news.get().then_some(mark)
    });
    let head = name_cell(row, toggle, open);
    let cells: Vec<_> = columns.into_iter().skip(1).map(|column| cell(column, row, products)).collect();
    let below = move || {
        open.get().then(|| {
            let href = move || row.with(|row| links::task(&row.id));
            view! {
                <tr class="t-detail" role="row">
                    <td role="cell" colspan=count aria-colspan=count>
                        {move || view! { <OpenRow excerpt=excerpt.get() href=href()/> }}
                    </td>
                </tr>
            }
        })
    };
    view! {
        <tr class="t-card" role="row" data-open=move || open.get().then_some("") data-new=news>
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

fn name_cell(
    row: Signal<tasks::Row>,
    toggle: impl Fn() -> String + Send + Sync + 'static,
    open: Memo<bool>,
) -> AnyView {
    let title = move || row.with(|row| format::plain(&row.title).into_owned());
    let id = move || row.with(|row| format::plain(row.id.as_str()).into_owned());
    view! {
        <th class="sticky" role="rowheader" scope="row">
            <div class="t-cell">
                <a
                    class="exp"
                    href=toggle
                    prop:replace=true
                    data-noscroll=""
                    aria-expanded=move || if open.get() { "true" } else { "false" }
                    aria-label=move || format!("Details of {}", title())
                >
                    <Icon name=IconName::ChevronRight size=12/>
                </a>
                <span class="t-id mono" title=id>
                    <bdi>{move || short(&id()).to_owned()}</bdi>
                </span>
                <a class="cell-main trunc" href=move || row.with(|row| links::task(&row.id)) title=title>
                    <bdi>{title}</bdi>
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
