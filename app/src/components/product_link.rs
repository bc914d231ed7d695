//! The name of a product, leading to its page.

use domain::id::ProductId;
use leptos::prelude::*;

use crate::{api::overview::ProductRef, components::Told, links};

/// The name of a product, leading to its page; "No product" for tasks that name none.
#[component]
pub fn ProductLink(
    /// Its id.
    id: ProductId,
    /// The products whose names are known.
    products: StoredValue<Vec<ProductRef>>,
) -> impl IntoView {
    if id.is_unassigned() {
        return view! { <span class="t3">"No product"</span> }.into_any();
    }
    let known = products.with_value(|products| products.iter().find(|product| product.id == id).cloned());
    let (name, slug) = match known {
        Some(product) => (product.name, product.slug),
        None => (id.to_string(), id.to_string()),
    };
    view! {
        <a class="quiet-link trunc" href=links::product(&slug)>
            <Told text=name/>
        </a>
    }
    .into_any()
}
