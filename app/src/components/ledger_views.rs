//! Views of the ledger: those that everyone has, the founder's own, and saving what is shown as one.

mod shown;
pub mod view_forms;

use domain::{
    query::{PageRequest, TaskQuery},
    view::View,
};
use leptos::prelude::*;

use self::{
    shown::{ShownView, shown},
    view_forms::{ManageView, SaveView},
};
use crate::{
    api::tasks::Preset,
    components::Told,
    format,
    ledger::Address,
    links,
    state::{Changes, late},
    ui::{Icon, IconName},
};

/// The views as tabs, with what can be done with the present one. Made once: menus stay open and what is typed stays while
/// counts move.
#[component]
pub fn LedgerViews(
    /// The views that everyone has.
    #[prop(into)]
    presets: Signal<Vec<Preset>>,
    /// The founder's own, in their order.
    #[prop(into)]
    views: Signal<Vec<View>>,
    /// What the address asks for.
    #[prop(into)]
    address: Signal<Address>,
) -> impl IntoView {
    let changes = Changes::here();
    let query = Memo::new(move |_| {
        address.with(|address| TaskQuery { page: PageRequest::default(), ..address.query.clone() }.text())
    });
    // The list is made again where a view is another one; which one is shown is told in place.
    let mine = Memo::new(move |_| changes.with(|changes| shown(views.get(), changes)));
    let tabs = move || {
        let presets = presets
            .get()
            .into_iter()
            .map(|preset| tab(preset.name.into_any(), preset.query, query, Some(preset.count), false));
        let mine = mine.get().into_iter().map(|ShownView { name, query: asks, pending }| {
            let name = view! {
                <Icon name=IconName::Bookmark size=12/>
                <Told text=name/>
            };
            tab(name.into_any(), asks, query, None, pending)
        });
        presets.chain(mine).collect::<Vec<_>>()
    };
    let present = Memo::new(move |_| {
        query.with(|query| {
            if let Some(mine) = views.with(|views| views.iter().find(|view| view.query == *query).cloned()) {
                return Present::Mine(mine);
            }
            let is_preset = presets.with(|presets| presets.iter().any(|preset| preset.query == *query));
            if is_preset { Present::Preset } else { Present::New }
        })
    });
    // What can be done with the view may come a frame later, and what its forms carry along is out of sight, in a menu.
    let present = late(present.into());
    let back = late(Signal::derive(move || address.with(Address::href)));
    let asks = late(query.into());
    let form = move || match present.get() {
        Present::Mine(view) => view! { <ManageView view back/> }.into_any(),
        Present::Preset => ().into_any(),
        Present::New => view! { <SaveView query=asks views back/> }.into_any(),
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

/// What is shown, as a view.
#[derive(Debug, Clone, PartialEq)]
enum Present {
    /// One of the founder's own.
    Mine(View),
    /// One that everyone has.
    Preset,
    /// None that there is.
    New,
}

/// A view, as a tab. What is not yet confirmed says so.
fn tab(name: AnyView, asks: String, query: Memo<String>, count: Option<u64>, pending: bool) -> AnyView {
    let href = links::ledger(&asks);
    let current = move || query.with(|query| *query == asks).then_some("page");
    let mark = pending.then(|| view! { <span class="t3">"saving"</span> });
    view! {
        <a class=if pending { "tab is-pending" } else { "tab" } href=href aria-current=current data-noscroll="">
            {name}
            {count.map(|count| view! { <span class="count">{format::number(count)}</span> })}
            {mark}
        </a>
    }
    .into_any()
}
