//! `/hermes/products`: the portfolio. All of its state stands in the address.

use domain::{portfolio::PortfolioQuery, query::QueryError};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use crate::{
    api::products::{self, products_page},
    components::{ErrorState, LoadingSkeleton, Portfolio},
    links,
    state::Clock,
    ui::{Icon, IconName, close_menus},
};

/// `/hermes/products`
#[component]
pub fn ProductsPage() -> impl IntoView {
    let parameters = use_query_map();
    let query = Memo::new(move |_| {
        parameters.with(|all| {
            let pairs: Vec<(String, String)> =
                all.clone().into_iter().map(|(name, value)| (name.into_owned(), value)).collect();
            PortfolioQuery::read(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
        })
    });
    // The whole portfolio is in the answer: another question asks the server nothing.
    let page = Resource::new(|| (), |()| products_page());
    close_menus();
    let body = move || {
        Suspend::new(async move {
            match page.await {
                Ok(page) => view! { <Shown page query/> }.into_any(),
                Err(error) => view! {
                    <section class="panel" aria-label="Products">
                        <ErrorState
                            what="The portfolio"
                            unaffected="What Hermes reported is not affected: what was acknowledged is stored."
                            error
                        />
                    </section>
                }
                .into_any(),
            }
        })
    };
    view! {
        <Title text="Products"/>
        <Transition fallback=|| {
            view! {
                <div class="panel">
                    <LoadingSkeleton label="the portfolio" rows=10/>
                </div>
            }
        }>{body}</Transition>
    }
}

#[component]
fn Shown(page: products::ProductsPage, query: Memo<Result<PortfolioQuery, QueryError>>) -> impl IntoView {
    provide_context(Clock::start(page.now, page.zone.clone()));
    let page = StoredValue::new(page);
    move || match query.get() {
        Ok(query) => view! { <Portfolio page query/> }.into_any(),
        Err(error) => view! { <NotUnderstood error/> }.into_any(),
    }
}

/// The address asks for what does not exist: which parameter, why, and the way on.
#[component]
fn NotUnderstood(error: QueryError) -> impl IntoView {
    let why = format!("{}: {}", crate::format::plain(&error.field), crate::format::plain(&error.reason));
    view! {
        <section class="panel" aria-label="Products">
            <div class="empty" data-tone="danger" role="alert">
                <span class="empty-mark">
                    <Icon name=IconName::OctagonAlert size=20/>
                </span>
                <p class="empty-title">"This filter is not understood"</p>
                <p>
                    <bdi>{why}</bdi>
                    ". No product is shown, since a filter that is passed over would show the wrong ones."
                </p>
                <div class="row row-wrap">
                    <a class="btn" data-size="sm" href=links::PRODUCTS>
                        "All products"
                    </a>
                </div>
            </div>
        </section>
    }
    .into_any()
}
