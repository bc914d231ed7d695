//! Which columns are shown.

use leptos::prelude::*;

use crate::{
    ledger::{Address, Column, Columns},
    ui::{Icon, IconName, Menu, MenuLook},
};

/// A list of the columns; each is a link that shows or hides it. The first one stays.
#[component]
pub fn ColumnsMenu(
    /// What the address asks for.
    #[prop(into)]
    address: Signal<Address>,
    /// What its links change: the same, perhaps a frame later.
    behind: Signal<Address>,
) -> impl IntoView {
    let item = move |column: Column| {
        let on = Memo::new(move |_| address.with(|address| address.columns.has(column)));
        let on = move || on.get();
        let check = view! {
            <span class="check" data-on=move || on().then_some("")>
                <Icon name=IconName::Check/>
            </span>
        };
        if column == Column::Task {
            return view! {
                <p class="menu-item">
                    {check}
                    {column.label()}
                    <span class="menu-n">"pinned"</span>
                </p>
            }
            .into_any();
        }
        let href = move || behind.with(|address| address.showing(address.columns.toggled(column)));
        let state = move || if on() { ", shown" } else { ", hidden" };
        view! {
            <a class="menu-item" href=href data-noscroll="">
                {check}
                {column.label()}
                <span class="sr">{state}</span>
            </a>
        }
        .into_any()
    };
    let reset = move || behind.with(|address| address.showing(Columns::default()));
    view! {
        <Menu
            look=MenuLook::Button
            label=|| {
                view! {
                    <Icon name=IconName::Columns/>
                    "Columns"
                }
            }
        >
            <div role="group" aria-label="Columns">
                {Column::ALL.map(item).collect_view()}
            </div>
            <hr/>
            <a class="menu-item" href=reset data-noscroll="">
                <Icon name=IconName::RotateCcw size=12/>
                "Reset to default"
            </a>
        </Menu>
    }
    .into_any()
}
