//! The tasks that are shown, as files.

use domain::query::{PageRequest, TaskQuery};
use leptos::prelude::*;

use crate::{
    format,
    ledger::Address,
    links,
    ui::{Icon, IconName, Menu, MenuLook},
};

/// Files of exactly the tasks that the filters show, on all pages.
#[component]
pub fn ExportMenu(
    /// What the address asks for, perhaps a frame behind.
    #[prop(into)]
    address: Signal<Address>,
    /// How many tasks they are.
    #[prop(into)]
    total: Signal<u64>,
) -> impl IntoView {
    let query = Memo::new(move |_| {
        address.with(|address| TaskQuery { page: PageRequest::default(), ..address.query.clone() }.text())
    });
    let item = move |format: &'static str, name: &'static str, what: &'static str| {
        view! {
            <a class="menu-item" href=move || query.with(|query| links::export(format, query)) rel="external" download="">
                {name}
                <span class="menu-n">{what}</span>
            </a>
        }
    };
    view! {
        <Menu
            look=MenuLook::Button
            label=|| {
                view! {
                    <Icon name=IconName::Download/>
                    <span data-export="">"Export"</span>
                }
            }
        >
            <p class="menu-head">{move || format::count(total.get(), "task", "tasks")} " as filtered, all pages"</p>
            {item("json", "JSON", "the tasks, as a list")}
            {item("jsonl", "Native JSONL", "with products, events, runs")}
        </Menu>
    }
    .into_any()
}
