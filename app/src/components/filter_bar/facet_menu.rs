//! The values of one property, with how many rows each would show.

use leptos::{ev::Event, prelude::*};
use serde::{Deserialize, Serialize};

use crate::{
    components::Told,
    format,
    state::Hydrated,
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

/// A menu of values, of which any number can be chosen.
#[component]
pub fn FacetMenu(
    /// The name in the form and in the address.
    name: &'static str,
    /// What the property is called.
    label: &'static str,
    /// The values, in their order.
    options: Vec<FacetOption>,
) -> impl IntoView {
    let hydrated = Hydrated::now();
    let chosen = options.iter().filter(|option| option.chosen).count();
    let chosen = (chosen > 0).then(|| view! { <b>{chosen}</b> });
    let searched = options.len() >= SEARCHED;
    let find = move || {
        (searched && hydrated.get()).then(|| {
            view! {
                <label class="input f-find">
                    <Icon name=IconName::Search size=12/>
                    <input type="search" placeholder="Find" aria-label=format!("Find a {}", label.to_lowercase()) on:input=narrow/>
                </label>
            }
        })
    };
    let empty = options.is_empty().then(|| view! { <p class="menu-head">"None among these"</p> });
    let options: Vec<_> = options.into_iter().map(|option| view! { <Choice name option/> }).collect();
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
                {options}
                {empty}
            </div>
        </Menu>
    }
    .into_any()
}

#[component]
fn Choice(name: &'static str, option: FacetOption) -> impl IntoView {
    let count = format::number(option.count);
    match option.value {
        Some(value) => view! {
            <label class="menu-item">
                <input type="checkbox" name=name value=value checked=option.chosen prop:checked=option.chosen/>
                <span class="trunc">
                    <Told text=option.label/>
                </span>
                <span class="menu-n">{count}</span>
            </label>
        }
        .into_any(),
        None => view! {
            <p class="menu-item t3">
                <span class="trunc">{option.label}</span>
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
