//! The values of one property, with how many rows each would show.

use leptos::{ev::Event, prelude::*};
use serde::{Deserialize, Serialize};

use crate::{
    components::Told,
    format,
    state::{Hydrated, late},
    ui::{Icon, IconName, Menu, MenuLook},
};

/// From how many values on a menu has a search of its own.
const SEARCHED: usize = 9;

/// One value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetOption {
    /// As the address says it; `None` where rows have no value, which cannot be asked for.
    pub value: Option<String>,
    /// As people say it; may be told by telemetry.
    pub label: String,
    /// How many rows it would show, with the other filters applied.
    pub count: u64,
    /// Whether it is asked for.
    pub chosen: bool,
}

/// A menu of values, of which any number can be chosen. Its rows are made once for each value; counts and choices change
/// in place.
#[component]
pub fn FacetMenu(
    /// The name in the form and in the address.
    name: &'static str,
    /// What the property is called.
    label: &'static str,
    /// The values, in their order.
    #[prop(into)]
    options: Signal<Vec<FacetOption>>,
) -> impl IntoView {
    let hydrated = Hydrated::now();
    let chosen =
        Memo::new(move |_| options.with(|options| options.iter().filter(|option| option.chosen).count()));
    let chosen = move || match chosen.get() {
        0 => None,
        chosen => Some(view! { <b>{chosen}</b> }),
    };
    let searched = Memo::new(move |_| options.with(|options| options.len() >= SEARCHED));
    let find = move || {
        (searched.get() && hydrated.get()).then(|| {
            view! {
                <label class="input f-find">
                    <Icon name=IconName::Search size=12/>
                    <input type="search" placeholder="Find" aria-label=format!("Find a {}", label.to_lowercase()) on:input=narrow/>
                </label>
            }
        })
    };
    // A menu of many rows costs as much as the list itself, and is closed most of the time. What is chosen is told at once: the
    // form is read from there, and a value without a row would be missing in it.
    let behind = late(options);
    let is_missing = Memo::new(move |_| {
        let has_row =
            |option: &FacetOption| behind.with(|rows| rows.iter().any(|row| row.value == option.value));
        options.with(|options| options.iter().any(|option| option.chosen && !has_row(option)))
    });
    let rows = Memo::new(move |_| if is_missing.get() { options.get() } else { behind.get() });
    let none = Memo::new(move |_| rows.with(Vec::is_empty));
    let none = move || none.get().then(|| view! { <p class="menu-head">"None among these"</p> });
    view! {
        <Menu
            look=MenuLook::Choice
            label=move || {
                view! {
                    {label}
                    {chosen}
                }
            }
        >
            {find}
            <div class="menu-list" role="group" aria-label=label>
                <For
                    each=move || rows.get()
                    key=|option| (option.value.clone(), option.label.clone())
                    children=move |option| view! { <Choice name option options counts=rows/> }
                />
                {none}
            </div>
        </Menu>
    }
    .into_any()
}

#[component]
fn Choice(
    name: &'static str,
    option: FacetOption,
    options: Signal<Vec<FacetOption>>,
    counts: Memo<Vec<FacetOption>>,
) -> impl IntoView {
    let FacetOption { value, label, count, chosen } = option;
    let key = value.clone();
    let of = move |options: &Vec<FacetOption>| {
        options.iter().find(|option| option.value == key).map(|option| (option.count, option.chosen))
    };
    let counted = of.clone();
    let count = Memo::new(move |_| counts.with(&counted).map_or(count, |(count, _)| count));
    let count = move || format::number(count.get());
    let now = Memo::new(move |_| options.with(&of).map_or(chosen, |(_, chosen)| chosen));
    match value {
        Some(value) => view! {
            <label class="menu-item">
                <input type="checkbox" name=name value=value checked=chosen prop:checked=now/>
                <span class="trunc">
                    <Told text=label/>
                </span>
                <span class="menu-n">{count}</span>
            </label>
        }
        .into_any(),
        None => view! {
            <p class="menu-item t3">
                <span class="trunc">{label}</span>
                <span class="menu-n">{count}</span>
            </p>
        }
        .into_any(),
    }
}

/// Shows the values that the words are found in.
#[cfg_attr(
    not(feature = "hydrate"),
    expect(clippy::needless_pass_by_value, unused_variables, reason = "only a browser has a field")
)]
fn narrow(event: Event) {
    #[cfg(feature = "hydrate")]
    {
        use leptos::wasm_bindgen::JsCast;

        // The form is not asked: which values are in sight changes nothing.
        event.stop_propagation();
        let words = event_target_value(&event).to_lowercase();
        let field: Option<web_sys::Element> = event.target().and_then(|field| field.dyn_into().ok());
        let menu = field.and_then(|field| field.closest(".menu").ok()?);
        let Some(rows) = menu.and_then(|menu| menu.query_selector_all(".menu-list > .menu-item").ok()) else {
            return;
        };
        for row in
            (0..rows.length()).filter_map(|index| rows.get(index)?.dyn_into::<web_sys::HtmlElement>().ok())
        {
            row.set_hidden(!row.text_content().unwrap_or_default().to_lowercase().contains(words.trim()));
        }
    }
}
