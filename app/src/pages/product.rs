//! `/hermes/products/:slug`

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::not_built::NotBuilt;
use crate::links;

/// `/hermes/products/:slug`
#[component]
pub fn ProductPage() -> impl IntoView {
    let params = use_params_map();
    let slug = move || params.with(|params| params.get("slug").unwrap_or_default());
    let sources = Signal::derive(move || {
        vec![("The product as JSON", format!("/api/v1/products/{}", links::segment(&slug())))]
    });
    view! {
        <NotBuilt
            title="Product"
            text="One product's health, tasks and deployments will stand here."
            subject=Signal::derive(slug)
            sources
        />
    }
}
