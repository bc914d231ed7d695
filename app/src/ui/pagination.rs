//! Pages of a list.

use leptos::prelude::*;

use crate::ui::{Icon, IconName};

/// How many pages before and after the present one have a link.
const BESIDE: u32 = 1;

/// Links to the pages of a list: the ones beside the present one, the first and the last.
#[component]
pub fn Pagination(
    /// The present page, from 1.
    page: u32,
    /// The last page, from 1.
    last: u32,
    /// Where a page is.
    href: Box<dyn Fn(u32) -> String>,
) -> impl IntoView {
    let step = |to: Option<u32>, name: IconName, label: &'static str| {
        let href = to.map(&href);
        let disabled = href.is_none().then_some("true");
        let role = href.is_none().then_some("link");
        view! {
            <a
                class="btn"
                data-variant="ghost"
                data-size="sm"
                data-icon-only=""
                href=href
                role=role
                aria-disabled=disabled
                aria-label=label
                title=label
            >
                <Icon name/>
            </a>
        }
    };
    let number = |number: Option<u32>| match number {
        Some(number) => view! {
            <a
                class="btn"
                data-variant="ghost"
                data-size="sm"
                href=href(number)
                aria-current=(number == page).then_some("page")
                aria-label=format!("Page {number}")
            >
                {number}
            </a>
        }
        .into_any(),
        None => view! { <span aria-hidden="true">"…"</span> }.into_any(),
    };
    view! {
        <nav class="pager" aria-label="Pages">
            {step((page > 1).then(|| page - 1), IconName::ChevronLeft, "Previous page")}
            {numbers(page, last).into_iter().map(number).collect_view()}
            {step((page < last).then(|| page + 1), IconName::ChevronRight, "Next page")}
        </nav>
    }
    .into_any()
}

/// The pages that have a link, in order; `None` stands for those left out.
fn numbers(page: u32, last: u32) -> Vec<Option<u32>> {
    let mut shown = vec![1, last];
    shown.extend(page.saturating_sub(BESIDE)..=page.saturating_add(BESIDE));
    shown.retain(|number| (1..=last.max(1)).contains(number));
    shown.sort_unstable();
    shown.dedup();
    let mut out = Vec::new();
    let mut before = 0;
    for number in shown {
        match number - before {
            1 => {}
            // A gap of one page is no shorter than the page itself.
            2 => out.push(Some(number - 1)),
            _ => out.push(None),
        }
        out.push(Some(number));
        before = number;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(page: u32, last: u32, wanted: &str) {
        let texts: Vec<_> = numbers(page, last)
            .into_iter()
            .map(|number| number.map_or("…".to_owned(), |number| number.to_string()))
            .collect();
        assert_eq!(texts.join(" "), wanted, "page {page} of {last}");
    }

    #[test]
    fn the_ends_and_what_is_beside_the_page_are_linked() {
        check(1, 1, "1");
        check(1, 3, "1 2 3");
        check(1, 21, "1 2 … 21");
        check(4, 21, "1 2 3 4 5 … 21");
        check(11, 21, "1 … 10 11 12 … 21");
        check(21, 21, "1 … 20 21");
    }

    #[test]
    fn a_page_that_does_not_exist_is_not_linked() {
        check(9, 3, "1 2 3");
        check(1, 0, "1");
        check(u32::MAX, 2, "1 2");
    }
}
