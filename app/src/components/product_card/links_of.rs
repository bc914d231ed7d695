//! Where a product is: repository, production, staging.

use domain::{product::Product, url};
use leptos::prelude::*;

use crate::ui::{Icon, IconName};

/// The links that were told and can be followed. One that is no link is not made one.
#[component]
pub fn ProductLinks(
    /// The product.
    product: Product,
) -> impl IntoView {
    let links = [
        ("Repo", IconName::GitBranch, product.repo_url),
        ("Prod", IconName::Globe, product.production_url),
        ("Staging", IconName::FlaskConical, product.staging_url),
    ];
    let link = |(label, icon, href): (&'static str, IconName, Option<String>)| {
        let href = url::safe(href.as_deref()?)?.to_owned();
        let title = href.clone();
        Some(view! {
            <a class="p-link" href=href title=title rel="external noopener noreferrer">
                <Icon name=icon size=12/>
                {label}
            </a>
        })
    };
    links.into_iter().filter_map(link).collect::<Vec<_>>().into_any()
}
