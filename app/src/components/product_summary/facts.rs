//! The facts of a product; what nobody told is unknown.

use chrono::{DateTime, Utc};
use domain::insight::portfolio::ProductInsight;
use leptos::prelude::*;

use crate::{
    components::{Ago, Inferred, Told},
    ui::Unknown,
};

/// What is known of it, name by name.
#[component]
pub fn Facts(
    /// The product.
    insight: ProductInsight,
) -> impl IntoView {
    let product = insight.product;
    let inferred = product.inferred.clone();
    let deployed =
        if insight.deployment_inferred { vec!["lastDeploymentAt".to_owned()] } else { inferred.clone() };
    let told = |text: Option<String>| text.map(|text| view! { <Told text/> }.into_any());
    let when = |at: Option<DateTime<Utc>>| at.map(|at| view! { <Ago at/> }.into_any());
    let tags = product.tags.iter().cloned().map(|tag| view! { <span class="tag"><Told text=tag/></span> });
    let tags = (!product.tags.is_empty()).then(|| tags.collect::<Vec<_>>().into_any());
    let fact = |name: &'static str, field: &'static str, inferred: &[String], value: Option<AnyView>| {
        let value = value.unwrap_or_else(|| view! { <Unknown/> }.into_any());
        view! {
            <div>
                <dt>{name}</dt>
                <dd>
                    <Inferred field inferred=inferred.to_vec()>
                        {value}
                    </Inferred>
                </dd>
            </div>
        }
        .into_any()
    };
    view! {
        <dl class="ps-facts">
            {fact("Category", "category", &inferred, product.category.map(|kind| kind.label().into_any()))}
            {fact("Owner", "owner", &inferred, told(product.owner))}
            {fact("Tags", "tags", &inferred, tags)}
            {fact("Name in links", "slug", &inferred, told(Some(product.slug)))}
            {fact("Last Hermes activity", "lastHermesActivityAt", &inferred, when(product.last_hermes_activity_at))}
            {fact("Last commit", "lastCommitAt", &inferred, when(product.last_commit_at))}
            {fact("Last deployment", "lastDeploymentAt", &deployed, when(insight.last_deployment_at))}
            {fact("Known since", "createdAt", &inferred, when(Some(product.created_at)))}
        </dl>
    }
    .into_any()
}
