//! The filters of a list that is not there. What is in force is read from the address, so that every state of the bar can
//! be had: by its controls, or by the links above it.

use std::collections::BTreeSet;

use domain::task::TaskStatus;
use leptos::prelude::*;
use leptos_router::{hooks::use_query_map, params::ParamsMap};

use super::{Example, example};
use crate::{
    components::{
        FacetMenu, FilterBar,
        filter_bar::{Condition, FacetOption, SEARCH, Search, in_force},
    },
    links,
    ui::{TabLink, Tabs},
};

/// The property that has a menu, as its form and the address name it.
const STATUS: &str = "status";

/// What the address asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Asked {
    text: String,
    statuses: BTreeSet<String>,
}

impl From<&ParamsMap> for Asked {
    fn from(query: &ParamsMap) -> Self {
        let statuses = query.get(STATUS).unwrap_or_default();
        let statuses = statuses.split(',').filter(|status| !status.is_empty()).map(str::to_owned).collect();
        Self { text: query.get(SEARCH).unwrap_or_default(), statuses }
    }
}

impl Asked {
    /// The address that asks for it.
    fn href(&self) -> String {
        let statuses =
            self.statuses.iter().map(|status| links::segment(status)).collect::<Vec<_>>().join(",");
        let parts = [(SEARCH, links::segment(&self.text)), (STATUS, statuses)];
        let parts = parts.into_iter().filter(|(_, value)| !value.is_empty());
        let query = parts.map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&");
        format!("{}?{query}#FilterBar", links::STYLEGUIDE)
    }

    fn conditions(&self) -> Vec<Condition> {
        let mut out = Vec::new();
        if !self.text.is_empty() {
            let without = Self { text: String::new(), ..self.clone() }.href();
            out.push(Condition { what: "Searched for", value: self.text.clone(), without });
        }
        for status in &self.statuses {
            let mut without = self.clone();
            without.statuses.remove(status);
            out.push(Condition { what: "Status is", value: status.clone(), without: without.href() });
        }
        out
    }

    fn options(&self) -> Vec<FacetOption> {
        let option = |(status, count): (&TaskStatus, u64)| FacetOption {
            value: Some(status.to_string()),
            label: status.label().to_owned(),
            count,
            chosen: self.statuses.contains(status.as_str()),
        };
        let untold = FacetOption { value: None, label: "Unknown".to_owned(), count: 2, chosen: false };
        TaskStatus::ALL.iter().zip([11, 2, 5, 1_204, 29, 0, 3]).map(option).chain([untold]).collect()
    }
}

pub(super) fn examples() -> Vec<Example> {
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(|query| Asked::from(query)));
    vec![example("As the address says", view! { <Bar asked/> })]
}

/// The bar, and the ways to its states.
#[component]
fn Bar(#[prop(into)] asked: Signal<Asked>) -> impl IntoView {
    let none = Asked { text: String::new(), statuses: BTreeSet::new() };
    let some = [TaskStatus::Failed, TaskStatus::Blocked].map(|status| status.to_string()).into();
    let some = Asked { text: "invoices".to_owned(), statuses: some };
    let tabs = move || {
        let tab = |name, state: &Asked| TabLink {
            name,
            href: state.href(),
            current: asked.with(|asked| asked == state),
            count: None,
        };
        view! { <Tabs label="States of the bar" tabs=vec![tab("Nothing chosen", &none), tab("Filtered", &some)]/> }
    };
    let search = Search {
        text: Signal::derive(move || asked.with(|asked| asked.text.clone())),
        hint: "Search examples",
        label: "Search examples",
    };
    let options = Signal::derive(move || asked.with(Asked::options));
    view! {
        {tabs}
        <FilterBar
            action=links::STYLEGUIDE
            label="Filter examples"
            search
            kept=Signal::derive(Vec::new)
            active=Signal::derive(move || asked.with(Asked::conditions).len())
            menus=move || view! { <FacetMenu name=STATUS label="Status" options/> }
        >
            {move || in_force(asked.with(Asked::conditions))}
        </FilterBar>
    }
    .into_any()
}
