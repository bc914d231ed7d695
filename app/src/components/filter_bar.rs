//! The filters of a list: a search, menus, and what is in force. A form that works without scripts; where they run,
//! every change is asked for at once.

pub mod active_filter;
pub mod facet_menu;
#[cfg(feature = "hydrate")]
mod typing;

use leptos::{
    ev::{Event, SubmitEvent},
    prelude::*,
};

use crate::{
    state::{Go, Hydrated, SingleKeys},
    ui::{Icon, IconName},
};

pub(crate) use self::active_filter::active_filter;
pub use self::{
    active_filter::{ActiveFilter, Condition, in_force},
    facet_menu::{FacetMenu, FacetOption},
};

/// The name of the search field in the form and in the address.
pub const SEARCH: &str = "q";

/// The search of a list.
#[derive(Debug, Clone, Copy)]
pub struct Search {
    /// What is searched for now.
    pub text: Signal<String>,
    /// Where it looks: `Search title, product, ID or error`.
    pub hint: &'static str,
    /// What it is, for screen readers: `Search tasks`.
    pub label: &'static str,
}

/// The form around the filters of a list. Fields are named as in the address; several values of one name are joined
/// by commas.
///
/// It is made once and told by signals what changes: a menu or the sheet that stands open stays open, and the field that
/// is typed in keeps the focus, while the list changes below.
#[component]
pub fn FilterBar(
    /// The page that shows the list.
    action: &'static str,
    /// What is filtered, for screen readers: `Filter tasks`.
    label: &'static str,
    /// The search.
    search: Search,
    /// What else the address says and has to stay: name and value.
    #[prop(into)]
    kept: Signal<Vec<(&'static str, String)>>,
    /// How many filters are in force, for the button that opens the sheet of small screens.
    #[prop(into)]
    active: Signal<usize>,
    /// The menus of choices.
    #[prop(into)]
    menus: ViewFnOnce,
    /// What can be done with the list.
    #[prop(optional, into)]
    actions: ViewFnOnce,
    /// What stands below: chips, and what is in force.
    children: Children,
) -> impl IntoView {
    let (hydrated, keys) = (Hydrated::now(), SingleKeys::act());
    let go = Go::here();
    let (submit, change, input) = handlers(action, go);
    synced(search.text);
    let kept = move || {
        let field = |(name, value)| view! { <input type="hidden" name=name value=value/> }.into_any();
        kept.get().into_iter().map(field).collect::<Vec<_>>()
    };
    let open = move || match active.get() {
        0 => "Filters".to_owned(),
        active => format!("Filters {active}"),
    };
    view! {
        <form
            class="filterbar"
            method="get"
            action=action
            role="search"
            aria-label=label
            on:submit=submit
            on:change=change
            on:input=input
        >
            {kept}
            <div class="f-top">
                <label class="input f-search">
                    <Icon name=IconName::Search/>
                    <input
                        type="search"
                        name=SEARCH
                        value=search.text.get_untracked()
                        placeholder=search.hint
                        aria-label=search.label
                        autocomplete="off"
                        spellcheck="false"
                        maxlength="200"
                    />
                    {move || (keys && hydrated.get()).then(|| view! { <kbd aria-hidden="true">"/"</kbd> })}
                </label>
                <button class="btn f-open" type="button" popovertarget="filters">
                    <Icon name=IconName::ListFilter/>
                    {open}
                </button>
                <div class="f-sheet" id="filters" popover="auto">
                    <div class="f-sheet-head">
                        "Filters"
                        <button
                            class="btn"
                            data-variant="ghost"
                            data-icon-only=""
                            type="button"
                            popovertarget="filters"
                            popovertargetaction="hide"
                            aria-label="Close"
                        >
                            <Icon name=IconName::X/>
                        </button>
                    </div>
                    {menus.run()}
                    {move || (!hydrated.get()).then(|| view! { <button class="btn">"Apply"</button> })}
                </div>
                <div class="f-end">{actions.run()}</div>
            </div>
            {children()}
        </form>
    }
    .into_any()
}

type Handlers = (Box<dyn FnMut(SubmitEvent)>, Box<dyn FnMut(Event)>, Box<dyn FnMut(Event)>);

/// What the form does where scripts run: what is sent, what is chosen, what is typed.
#[cfg(feature = "hydrate")]
fn handlers(action: &'static str, go: Go) -> Handlers {
    let typed = typing::Typing::new(action, go);
    let (chosen, sent) = (typed.clone(), typed.clone());
    (
        Box::new(move |event| sent.submit(&event)),
        Box::new(move |event| chosen.change(&event)),
        Box::new(move |event| typed.input(&event)),
    )
}

#[cfg(not(feature = "hydrate"))]
fn handlers(_action: &'static str, _go: Go) -> Handlers {
    (Box::new(|_| {}), Box::new(|_| {}), Box::new(|_| {}))
}

/// Brings the search field to what the address says, unless that is the echo of what was typed.
#[cfg_attr(not(feature = "hydrate"), expect(unused_variables, reason = "only a browser has a field"))]
fn synced(text: Signal<String>) {
    #[cfg(feature = "hydrate")]
    Effect::new(move || text.with(|text| typing::sync(text)));
}

/// The query of an address from the fields of a form: empty ones are left out, and the values of one name are joined.
#[cfg_attr(
    not(any(test, feature = "hydrate")),
    expect(dead_code, reason = "only a browser sends a form by itself")
)]
fn joined(fields: &str) -> String {
    let mut pairs: Vec<(&str, String)> = Vec::new();
    for (name, value) in fields.split('&').filter_map(|pair| pair.split_once('=')) {
        if value.is_empty() {
            continue;
        }
        match pairs.iter_mut().find(|(known, _)| *known == name) {
            Some((_, values)) => {
                values.push(',');
                values.push_str(value);
            }
            None => pairs.push((name, value.to_owned())),
        }
    }
    let pairs: Vec<String> = pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    pairs.join("&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fields_of_a_form_become_one_value_a_name() {
        assert_eq!(
            joined("q=&status=failed&status=blocked&from=&product=a%252Cb"),
            "status=failed,blocked&product=a%252Cb"
        );
        assert_eq!(joined(""), "");
    }
}
