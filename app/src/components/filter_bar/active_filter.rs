//! Filters that are in force.

use leptos::prelude::*;

use crate::{
    components::Told,
    ui::{Icon, IconName},
};

/// A filter that is in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// What it is about: `Product is`.
    pub what: &'static str,
    /// What it asks for; may be told by telemetry.
    pub value: String,
    /// The list without it.
    pub without: String,
}

/// The filters that are in force; no line of its own where there are none.
pub fn in_force(conditions: Vec<Condition>) -> AnyView {
    let filters: Vec<_> = conditions.into_iter().map(active_filter).collect();
    (!filters.is_empty()).then(|| view! { <div class="f-active">{filters}</div> }).into_any()
}

/// A filter that is in force.
pub(crate) fn active_filter(condition: Condition) -> AnyView {
    view! { <ActiveFilter condition/> }.into_any()
}

/// A filter that is in force, with the link that takes it away.
#[component]
pub fn ActiveFilter(
    /// The filter.
    condition: Condition,
) -> impl IntoView {
    let Condition { what, value, without } = condition;
    let remove = format!("Remove: {what} {}", crate::format::plain(&value));
    let title = crate::format::plain(&value).into_owned();
    view! {
        <span class="chip" data-active-filter="">
            <span class="trunc" title=title>
                <span class="chip-key">{what} " "</span>
                <b>
                    <Told text=value/>
                </b>
            </span>
            <a class="chip-off" href=without aria-label=remove data-noscroll="">
                <Icon name=IconName::X size=12/>
            </a>
        </span>
    }
    .into_any()
}
