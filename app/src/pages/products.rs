//! `/hermes/products`

use leptos::prelude::*;

use super::not_built::{NotBuilt, fixed};

/// `/hermes/products`
#[component]
pub fn ProductsPage() -> impl IntoView {
    view! {
        <NotBuilt
            title="Products"
            text="The portfolio will stand here: health, activity and failures of every product."
            sources=fixed([("Products as JSON", "/api/v1/products".to_owned())])
        />
    }
}
