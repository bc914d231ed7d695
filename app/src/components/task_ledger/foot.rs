//! Below the table: which rows are shown, how many a page, and the other pages.

use domain::query::Page;
use leptos::prelude::*;

use super::Listed;
use crate::{
    api::tasks,
    format,
    ledger::Address,
    state::{Hydrated, SingleKeys},
    ui::{Pagination, Seg, SegItem},
};

/// Rows a page that can be chosen.
const SIZES: [u32; 3] = [20, 50, 100];

/// Which rows are shown, how many a page, and the other pages.
#[component]
pub fn LedgerFoot(
    /// What stands above, perhaps a frame behind.
    listed: Signal<Listed>,
) -> impl IntoView {
    let hydrated = Hydrated::now();
    let range = move || listed.with(|listed| range(&listed.page.rows));
    let sizes = move || listed.with(|listed| sizes(&listed.stands));
    let pages = move || {
        let listed = listed.get();
        let rows = &listed.page.rows;
        let last = rows.total.div_ceil(rows.per_page.max(1).into());
        let (page, last) = (rows.page, u32::try_from(last).unwrap_or(u32::MAX).max(1));
        let href = Box::new(move |page| listed.stands.paged(page));
        view! { <Pagination page last href/> }
    };
    let act = SingleKeys::act();
    let keys = move || {
        (act && hydrated.get()).then(|| {
            view! {
                <span class="t-keys">
                    <kbd>"J"</kbd>
                    <kbd>"K"</kbd>
                    " move "
                    <kbd>"X"</kbd>
                    " expand "
                    <kbd>"Enter"</kbd>
                    " open"
                </span>
            }
        })
    };
    view! {
        <footer class="panel-foot t-foot">
            <span>{range}</span>
            {move || view! { <Seg label="Rows a page" items=sizes()/> }}
            {keys}
            {pages}
        </footer>
    }
    .into_any()
}

/// `1 – 50 of 1,234`
fn range(rows: &Page<tasks::Row>) -> String {
    let before = u64::from(rows.page.saturating_sub(1)) * u64::from(rows.per_page);
    format!(
        "{} – {} of {}",
        format::number(before + 1),
        format::number(before + rows.items.len() as u64),
        format::number(rows.total)
    )
}

fn sizes(stands: &Address) -> Vec<SegItem> {
    let item = |size: u32| {
        let mut query = stands.query.clone();
        query.page.per_page = size;
        let current = size == stands.query.page.per_page;
        SegItem { label: size.to_string(), href: stands.asking(query), current }
    };
    SIZES.into_iter().map(item).collect()
}
