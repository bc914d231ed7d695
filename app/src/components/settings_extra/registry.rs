//! The products, each with the way to its page, where it is edited.

use leptos::prelude::*;

use crate::{
    api::settings::ProductRow,
    components::{EmptyState, PriorityBadge, Told},
    format, links,
    ui::{IconName, Panel, Unknown},
};

/// The products, by name.
#[component]
pub fn Registry(
    /// The products.
    products: Vec<ProductRow>,
) -> impl IntoView {
    let count = (!products.is_empty()).then(|| format::number(products.len() as u64));
    let body = if products.is_empty() {
        view! {
            <EmptyState
                icon=IconName::Boxes
                title="No product is known yet"
                text="A product stands here as soon as a source names it. Sources says what is read."
            >
                <a class="btn" data-size="sm" href=links::SOURCES>
                    "Sources"
                </a>
            </EmptyState>
        }
        .into_any()
    } else {
        view! { <ul>{products.into_iter().map(row).collect_view()}</ul> }.into_any()
    };
    view! { <Panel title="Products" count>{body}</Panel> }.into_any()
}

fn row(product: ProductRow) -> impl IntoView {
    let told = |text: Option<String>| match text {
        Some(text) => view! { <span>{text}</span> }.into_any(),
        None => view! { <Unknown/> }.into_any(),
    };
    let label = format!("Edit {}", format::plain(&product.name));
    let page = links::product(&product.slug);
    view! {
        <li class="s-rule">
            <div class="s-what">
                <a class="link s-title" href=page.clone()>
                    <Told text=product.name/>
                </a>
                <div class="t3 sm">{told(product.category)} ", " {told(product.status)}</div>
            </div>
            {product.priority.map(|priority| view! { <PriorityBadge priority=Some(priority)/> })}
            <a class="btn" data-size="sm" href=page aria-label=label>
                "Edit"
            </a>
        </li>
    }
    .into_any()
}
