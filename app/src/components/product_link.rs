//! The name of a product, by itself or leading to its page.

use domain::id::ProductId;
use leptos::prelude::*;

use crate::{api::overview::ProductRef, components::Told, links};

/// The name of a product; "No product" for tasks that name none.
#[component]
pub fn ProductName(
    /// Its id.
    id: ProductId,
    /// The products whose names are known.
    products: StoredValue<Vec<ProductRef>>,
) -> impl IntoView {
    let (name, _) = known(&id, products).unwrap_or_else(|| ("No product".to_owned(), String::new()));
    view! {
        <span>
            <Told text=name/>
        </span>
    }
}

/// The name of a product, leading to its page; "No product" for tasks that name none.
#[component]
pub fn ProductLink(
    /// Its id.
    id: ProductId,
    /// The products whose names are known.
    products: StoredValue<Vec<ProductRef>>,
) -> impl IntoView {
    link(known(&id, products))
}

/// The name of a product that is [`known`], leading to its page.
pub(crate) fn link(known: Option<(String, String)>) -> AnyView {
    let Some((name, slug)) = known else {
        return view! { <span class="t3">"No product"</span> }.into_any();
    };
    view! {
        <a class="quiet-link trunc" href=links::product(&slug)>
            <Told text=name/>
        </a>
    }
    .into_any()
}

/// Its name and its name in links; the id for both where no line told them. `None` for the reserved product. What rows show of a
/// product: they are made anew when it changes.
pub(crate) fn known(id: &ProductId, products: StoredValue<Vec<ProductRef>>) -> Option<(String, String)> {
    let product = products.with_value(|products| products.iter().find(|product| product.id == *id).cloned());
    match product {
        _ if id.is_unassigned() => None,
        Some(product) => Some((product.name, product.slug)),
        None => Some((id.to_string(), id.to_string())),
    }
}
