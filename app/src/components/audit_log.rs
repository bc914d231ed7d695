//! The log of what the founder decided.

pub mod audit_row;

use domain::{decision::AuditEntry, query::Page};
use leptos::prelude::*;

use self::audit_row::AuditRow;
use crate::{
    components::EmptyState,
    format, links,
    ui::{Icon, IconName, Panel},
};

/// The entries of a page of the log, and the ways to the pages beside it.
#[component]
pub fn AuditLog(
    /// The entries, the newest first.
    entries: Page<AuditEntry>,
) -> impl IntoView {
    let (page, total) = (entries.page, entries.total);
    let last = u32::try_from(total.div_ceil(entries.per_page.max(1).into())).unwrap_or(u32::MAX).max(1);
    let body = match (entries.items.is_empty(), total) {
        (true, 0) => view! {
            <EmptyState
                icon=IconName::ScrollText
                title="Nothing was decided yet"
                text="What you acknowledge, snooze or resolve is noted here, with who did it and when. Nothing is ever deleted."
            />
        }
        .into_any(),
        (true, _) => view! {
            <EmptyState
                icon=IconName::SearchX
                title="There is no such page"
                text=format!("The log has {}.", format::count(last.into(), "page", "pages"))
            >
                <a class="btn" data-size="sm" href=links::AUDIT>
                    "The newest entries"
                </a>
            </EmptyState>
        }
        .into_any(),
        (false, _) => {
            let back = links::audit(page);
            let row = |entry| view! { <AuditRow entry back=back.clone()/> };
            view! { <ol>{entries.items.into_iter().map(row).collect_view()}</ol> }.into_any()
        }
    };
    let paged = (last > 1 && page <= last).then(|| view! { <Pager page last/> });
    view! {
        <Panel
            title="Decisions"
            count=(total > 0).then(|| format::number(total))
            actions=|| {
                view! {
                    <a class="btn" data-variant="ghost" data-size="sm" href=links::AUDIT_JSON rel="external">
                        <Icon name=IconName::Braces/>
                        "JSON"
                    </a>
                }
            }
        >
            {body}
            {paged}
        </Panel>
    }
}

/// Links to the pages before and after.
#[component]
fn Pager(page: u32, last: u32) -> impl IntoView {
    let link = |to: u32, words: &'static str| view! { <a class="btn" data-size="sm" href=links::audit(to)>{words}</a> };
    view! {
        <nav class="panel-foot" aria-label="Pages">
            <span>{format!("Page {page} of {last}")}</span>
            <span class="panel-actions">
                {(page > 1).then(|| link(page - 1, "Newer"))}
                {(page < last).then(|| link(page + 1, "Older"))}
            </span>
        </nav>
    }
}
