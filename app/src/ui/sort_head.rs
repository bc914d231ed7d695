//! Heads of columns that sort.

use leptos::prelude::*;

use crate::ui::{Icon, IconName};

/// The head of a column; a link where it sorts. Where it leads and how it sorts is told in place.
#[component]
pub fn SortHead(
    /// Its name.
    label: &'static str,
    /// The list sorted by this column alone, or by it no more; `None` where it does not sort, which stays so.
    #[prop(into)]
    href: Signal<Option<String>>,
    /// How the list is sorted by it now.
    #[prop(into)]
    sorted: Signal<Option<Sorted>>,
    /// Whether its cells are numbers and times, which stand at the end.
    #[prop(optional)]
    numeric: bool,
    /// Whether it stays while the others pass.
    #[prop(optional)]
    pinned: bool,
    /// What its column is called in styles, which say how wide it is.
    #[prop(optional)]
    col: Option<&'static str>,
) -> impl IntoView {
    // Only one column may say that it is *the* order; the others say theirs in words.
    let first = move || sorted.get().filter(|sorted| sorted.rank == 1).map(Sorted::order);
    let head = if href.with_untracked(Option::is_some) {
        view! {
            <a class="th" href=href data-noscroll="">
                {label}
                {move || sorted.get().map(Sorted::mark)}
            </a>
        }
        .into_any()
    } else {
        view! { <span class="th">{label}</span> }.into_any()
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
            data-col=col
            aria-sort=first
            data-sorted=move || sorted.get().map(|_| "")
        >
            {head}
        </th>
    }
    .into_any()
}

/// How a column sorts the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sorted {
    /// Whether what is least comes first.
    pub ascending: bool,
    /// Its rank among the keys, from 1.
    pub rank: usize,
    /// Whether it is one of several keys.
    pub many: bool,
}

impl Sorted {
    /// By that column alone.
    pub const fn alone(ascending: bool) -> Self {
        Self { ascending, rank: 1, many: false }
    }

    const fn order(self) -> &'static str {
        if self.ascending { "ascending" } else { "descending" }
    }

    fn mark(self) -> AnyView {
        let Self { ascending, rank, many } = self;
        let name = if ascending { IconName::ArrowUp } else { IconName::ArrowDown };
        let shown = many.then(|| view! { <span class="th-rank" aria-hidden="true">{rank}</span> });
        let spoken =
            (rank > 1).then(|| view! { <span class="sr">{format!(", key {rank}, {}", self.order())}</span> });
        view! {
            <Icon name size=12/>
            {shown}
            {spoken}
        }
        .into_any()
    }
}
