//! What a page will ask the server, asked while the pointer rests on its link. A question is known by its page's address.
//! What asks is in the part of the client that has the page.

use domain::id::TaskId;
#[cfg(feature = "hydrate")]
use leptos::wasm_split::wasm_split;

use crate::{api::task::Ask, links};
#[cfg(feature = "hydrate")]
use crate::{
    api::{agents::agent_page, products::product_sheet, task::task_page},
    state::Ahead,
};

/// What `/hermes/tasks/:id` asks. After a decision it asks for what was never asked ahead.
pub(super) fn task_question(id: &str, ask: &Ask) -> Option<String> {
    ask.decided.is_none().then(|| Some(ask.link(&TaskId::new(id).ok()?)))?
}

/// What `/hermes/products/:slug` asks.
pub(super) fn product_question(slug: &str) -> String {
    links::product(slug)
}

/// What `/hermes/agents/:id` asks.
pub(super) fn agent_question(id: &str) -> String {
    format!("{}/{}", links::AGENTS, links::segment(id))
}

/// Asks what the page of a task will ask.
#[cfg(feature = "hydrate")]
#[wasm_split(ledger, wasm_split_path = ::leptos::wasm_split)]
pub(crate) fn ask_task(ahead: Ahead, id: String, ask: Ask) {
    if let Some(question) = task_question(&id, &ask) {
        ahead.ask(question, task_page(id, ask));
    }
}

/// Asks what the page of a product will ask.
#[cfg(feature = "hydrate")]
#[wasm_split(portfolio, wasm_split_path = ::leptos::wasm_split)]
pub(crate) fn ask_product(ahead: Ahead, slug: String) {
    ahead.ask(product_question(&slug), product_sheet(slug, None));
}

/// Asks what the page of an agent will ask.
#[cfg(feature = "hydrate")]
#[wasm_split(agents, wasm_split_path = ::leptos::wasm_split)]
pub(crate) fn ask_agent(ahead: Ahead, id: String) {
    ahead.ask(agent_question(&id), agent_page(id, None));
}
