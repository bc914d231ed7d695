//! Heads of columns that sort.

use leptos::prelude::*;

use crate::ui::{Icon, IconName};

/// How a column sorts, and where its head leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SortLink {
    /// The list sorted by this column alone, or by it no more.
    pub href: String,
    /// The same with the other keys kept: where scripts run, the page follows it on a click with the shift key.
    pub add: String,
    /// Whether the list is sorted by it now: ascending or not, and the key's rank from 1.
    pub sorted: Option<(bool, usize)>,
    /// How many keys the list is sorted by.
    pub keys: usize,
}

/// The head of a column; a link where it sorts.
#[component]
pub fn SortHead(
    /// Its name.
    label: &'static str,
    /// How it sorts; `None` where it does not.
    #[prop(optional_no_strip)]
    link: Option<SortLink>,
    /// Whether its cells are numbers and times, which stand at the end.
    #[prop(optional)]
    numeric: bool,
    /// Whether it stays while the others pass.
    #[prop(optional)]
    pinned: bool,
) -> impl IntoView {
    let sorted = link.as_ref().and_then(|link| link.sorted);
    let order = |ascending: bool| if ascending { "ascending" } else { "descending" };
    // Only one column may say that it is *the* order; the others say theirs in words.
    let first = sorted.filter(|(_, rank)| *rank == 1).map(|(ascending, _)| order(ascending));
    let head = match link {
        None => view! { <span class="th">{label}</span> }.into_any(),
        Some(link) => {
            let many = link.keys > 1;
            let mark = link.sorted.map(|(ascending, rank)| {
                let name = if ascending { IconName::ArrowUp } else { IconName::ArrowDown };
                let rank_shown =
                    many.then(|| view! { <span class="th-rank" aria-hidden="true">{rank}</span> });
                let spoken = (rank > 1).then(
                    || view! { <span class="sr">{format!(", key {rank}, {}", order(ascending))}</span> },
                );
                view! {
                    <Icon name size=12/>
                    {rank_shown}
                    {spoken}
                }
            });
            view! {
                <a class="th" href=link.href data-add=link.add data-noscroll="">
                    {label}
                    {mark}
                </a>
            }
            .into_any()
        }
    };
    let class = if pinned {
        "sticky"
    } else if numeric {
        "num"
    } else {
        ""
    };
    view! {
        <th
            class=class
            role="columnheader"
            scope="col"
            aria-sort=first
            data-sorted=sorted.map(|_| "")
        >
            {head}
        </th>
    }
    .into_any()
}
