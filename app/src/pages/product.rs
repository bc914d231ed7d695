//! `/hermes/products/:slug`: one product.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::decided::parameter;
use crate::{
    api::products::{ProductSheet, product_sheet},
    components::{
        ErrorState, LoadingSkeleton, ProductForms, ProductLists, ProductSummary, product_forms::ChangeNotice,
    },
    links,
    state::Clock,
    state::live::{Pace, Topics, followed},
};

/// `/hermes/products/:slug`
#[component]
pub fn ProductPage() -> impl IntoView {
    let params = use_params_map();
    let (changed, decided, refused) = (parameter("changed"), parameter("decided"), parameter("refused"));
    let asked = Memo::new(move |_| {
        let slug = params.with(|params| params.get("slug").unwrap_or_default());
        let changed = changed.get().and_then(|id| id.parse::<u64>().ok());
        // A decision makes another page of it.
        (slug, changed, decided.get())
    });
    let page = followed(
        move || asked.get(),
        |(slug, changed, _)| product_sheet(slug, changed),
        Topics::FIGURES,
        Pace::AtOnce,
    );
    let body = move || {
        let refused = refused.get();
        Suspend::new(async move {
            match page.await {
                Ok(page) => view! { <Shown page refused/> }.into_any(),
                Err(error) => view! {
                    <Title text="Product"/>
                    <section class="panel" aria-label="Product">
                        <ErrorState
                            what="The product"
                            unaffected="The portfolio has all products that there are."
                            error
                        />
                        <p class="panel-foot">
                            <a class="link" href=links::PRODUCTS>
                                "All products"
                            </a>
                        </p>
                    </section>
                }
                .into_any(),
            }
        })
    };
    view! {
        <Transition fallback=|| {
            view! {
                <div class="panel">
                    <LoadingSkeleton label="the product" rows=10/>
                </div>
            }
        }>{body}</Transition>
    }
}

#[component]
fn Shown(page: ProductSheet, refused: Option<String>) -> impl IntoView {
    provide_context(Clock::start(page.now, page.zone.clone()));
    let title = crate::format::plain(&page.insight.product.name).into_owned();
    let rules = StoredValue::new(page.rules.clone());
    let sheet = StoredValue::new(page);
    view! {
        <Title text=title/>
        <ChangeNotice sheet refused=refused.clone()/>
        <ProductSummary sheet rules/>
        <ProductLists sheet rules/>
        <ProductForms sheet refused/>
    }
    .into_any()
}
