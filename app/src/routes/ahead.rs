//! Opening a page before it is opened: its code, and what it will ask.

use leptos_router::location::Url;
use web_sys::UrlSearchParams;

use super::{Page, page::under};
use crate::{api::task::Ask, links, pages::ahead as ask, state::Ahead};

/// Loads the code of the page at that address, and asks ahead what it will ask: somebody is about to open it.
pub(crate) fn ahead(ahead: Ahead, path: &str, query: &str) {
    let path = path.trim_end_matches('/').to_owned();
    // The other pages of one thing have a query only where a form has just changed it.
    let is_plain = query.is_empty();
    let Ok(query) = UrlSearchParams::new_with_str(query) else { return };
    let Some(page) = Page::at(&path) else { return };
    leptos::task::spawn_local(async move {
        match page {
            Page::Task => {
                if let Some(id) = under(&path, links::TASKS).map(Url::unescape) {
                    ask::ask_task(ahead, id, Ask::read(|key| query.get(key))).await;
                }
            }
            Page::Product if is_plain => {
                if let Some(slug) = under(&path, links::PRODUCTS).map(Url::unescape) {
                    ask::ask_product(ahead, slug).await;
                }
            }
            Page::Agent if is_plain => {
                if let Some(id) = under(&path, links::AGENTS).map(Url::unescape) {
                    ask::ask_agent(ahead, id).await;
                }
            }
            _ => {}
        }
        page.load().await;
    });
}
