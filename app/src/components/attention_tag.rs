//! What of a product needs the founder, in a word.

use domain::insight::portfolio::ProductAttention;
use leptos::prelude::*;

use crate::{
    components::severity_mark::tone,
    format,
    ui::{Icon, IconName},
};

/// The reason of the worst item, in the tone of its severity.
#[component]
pub fn AttentionTag(
    /// What needs the founder.
    attention: ProductAttention,
) -> impl IntoView {
    let items = format::count(attention.items, "item needs you", "items need you");
    let title = format!("{}: {items}", attention.severity.label());
    view! {
        <span class="tag" data-tone=tone(attention.severity) title=title>
            <Icon name=IconName::Flag size=12/>
            {attention.reason.label()}
        </span>
    }
    .into_any()
}
