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
        let (query, views) = (query.get(), views.get());
        let mine = views.iter().find(|view| view.query == query).cloned();
        let preset = presets.with(|presets| presets.iter().any(|preset| preset.query == query));
        (mine, preset, query, views, address.with(Address::href))
    });
    // What can be done with the view may come a frame later. It is made anew: what became of a form that was sent is about the
    // view of then, and told above the page.
    let present = late(Signal::derive(move || present.get()));
    let form = move || match present.get() {
        (Some(view), .., back) => view! { <ManageView view back/> }.into_any(),
        (None, true, ..) => ().into_any(),
        (None, false, query, views, back) => view! { <SaveView query views back/> }.into_any(),
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
