//! Below the table: which rows are shown, how many a page, and the other pages.

use leptos::prelude::*;

use crate::{
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
    /// The present page, from 1.
    page: u32,
    /// Rows a page.
    per_page: u32,
    /// Rows of all pages.
    total: u64,
    /// Rows of this page.
    shown: u64,
    /// What the address asks for.
    address: StoredValue<Address>,
) -> impl IntoView {
    let hydrated = Hydrated::now();
    let before = u64::from(page.saturating_sub(1)) * u64::from(per_page);
    let range = format!(
        "{} – {} of {}",
        format::number(before + 1),
        format::number(before + shown),
        format::number(total)
    );
    let last = u32::try_from(total.div_ceil(per_page.max(1).into())).unwrap_or(u32::MAX).max(1);
    let sizes = SIZES.map(|size| {
        let mut query = address.with_value(|address| address.query.clone());
        query.page.per_page = size;
        SegItem {
            label: size.to_string(),
            href: address.with_value(|address| address.asking(query)),
            current: size == per_page,
        }
    });
    let href = Box::new(move |page| address.with_value(|address| address.paged(page)));
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
            <Seg label="Rows a page" items=sizes.into()/>
            {keys}
            <Pagination page last href/>
        </footer>
    }
    .into_any()
}
