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

/// The head of a column; a link where it sorts. Where it leads and how it sorts is told in place.
#[component]
pub fn SortHead(
    /// Its name.
    label: &'static str,
    /// How it sorts; `None` where it does not, which stays so.
    #[prop(into)]
    link: Signal<Option<SortLink>>,
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
    let sorted = Memo::new(move |_| {
        link.with(|link| {
            let link = link.as_ref()?;
            let (ascending, rank) = link.sorted?;
            Some(Sorted { ascending, rank, many: link.keys > 1 })
        })
    });
    // Only one column may say that it is *the* order; the others say theirs in words.
    let first = move || sorted.get().filter(|sorted| sorted.rank == 1).map(Sorted::order);
    let head = if link.with_untracked(Option::is_some) {
        let href = move || link.with(|link| link.as_ref().map(|link| link.href.clone()));
        let add = move || link.with(|link| link.as_ref().map(|link| link.add.clone()));
        view! {
            <a class="th" href=href data-add=add data-noscroll="">
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
struct Sorted {
    ascending: bool,
    /// From 1.
    rank: usize,
    /// Whether it is one of several keys.
    many: bool,
}

impl Sorted {
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
