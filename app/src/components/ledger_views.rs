//! Views of the ledger: those that everyone has, the founder's own, and saving what is shown as one.

pub mod view_forms;

use domain::{
    query::{PageRequest, TaskQuery},
    view::View,
};
use leptos::prelude::*;

use self::view_forms::{ManageView, SaveView};
use crate::{
    api::tasks::Preset,
    components::Told,
    format,
    ledger::Address,
    links,
    ui::{Icon, IconName},
};

/// The views as tabs, with what can be done with the present one.
#[component]
pub fn LedgerViews(
    /// The views that everyone has.
    presets: Vec<Preset>,
    /// The founder's own, in their order.
    views: Vec<View>,
    /// What the address asks for.
    address: StoredValue<Address>,
) -> impl IntoView {
    let query = address
        .with_value(|address| TaskQuery { page: PageRequest::default(), ..address.query.clone() }.text());
    let mine = views.iter().find(|view| view.query == query).cloned();
    let preset = presets.iter().any(|preset| preset.query == query);
    let back = address.with_value(Address::href);
    let tab = |name: AnyView, other: &str, count: Option<u64>| {
        let href =
            if other.is_empty() { links::TASKS.to_owned() } else { format!("{}?{other}", links::TASKS) };
        let current = (other == query).then_some("page");
        view! {
            <a class="tab" href=href aria-current=current data-noscroll="">
                {name}
                {count.map(|count| view! { <span class="count">{format::number(count)}</span> })}
            </a>
        }
        .into_any()
    };
    let tabs: Vec<_> = presets
        .into_iter()
        .map(|preset| tab(preset.name.into_any(), &preset.query, Some(preset.count)))
        .chain(views.iter().map(|view| {
            let name = view! {
                <Icon name=IconName::Bookmark size=12/>
                <Told text=view.name.clone()/>
            };
            tab(name.into_any(), &view.query, None)
        }))
        .collect();
    let form = match mine {
        Some(view) => view! { <ManageView view back/> }.into_any(),
        None if preset => ().into_any(),
        None => view! { <SaveView query views back/> }.into_any(),
    };
    view! {
        <div class="views">
            <nav class="tabs" aria-label="Views">
                {tabs}
            </nav>
            {form}
        </div>
    }
    .into_any()
}
