//! `/hermes/products`: the portfolio. All of its state stands in the address.

use domain::{portfolio::PortfolioQuery, query::QueryError, zone::Zone};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::once_ready::once_ready;
use crate::{
    api::{
        ApiError,
        products::{self, products_page},
    },
    components::{ErrorState, LoadingSkeleton, Portfolio},
    links,
    state::live::{Pace, Topics, followed},
    state::{Clock, here},
    ui::{Icon, IconName, close_menus},
};

/// `/hermes/products`
#[component]
pub fn ProductsPage() -> impl IntoView {
    let parameters = use_query_map();
    let query = here(links::PRODUCTS, move || {
        parameters.with(|all| {
            let pairs: Vec<(String, String)> =
                all.clone().into_iter().map(|(name, value)| (name.into_owned(), value)).collect();
            PortfolioQuery::read(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
        })
    });
    // The whole portfolio is in the answer: another question asks the server nothing.
    let page = followed(|| (), |()| products_page(), Topics::FIGURES, Pace::AtOnce);
    close_menus();
    // Made once, inside the boundary that waits for the answer: what the address changes is told by signals, so that open
    // menus stay open and a field that is typed in keeps the focus.
    let body = move || {
        let answer = Memo::new(move |_| page.get());
        let state = Memo::new(move |_| {
            answer.with(|answer| match (answer, query.get()) {
                (_, Err(error)) => State::NotUnderstood(error),
                (Some(Ok(page)), Ok(_)) => State::Portfolio(page.zone.clone()),
                (Some(Err(error)), Ok(_)) => State::Failed(error.clone()),
                (None, Ok(_)) => State::Waiting,
            })
        });
        let asked = Memo::new(move |_| query.get().unwrap_or_default());
        move || match state.get() {
            State::NotUnderstood(error) => view! { <NotUnderstood error/> }.into_any(),
            State::Portfolio(_) => {
                let first = answer.get_untracked().and_then(Result::ok);
                first.map(|first| view! { <Shown first answer query=asked/> }).into_any()
            }
            State::Failed(error) => view! {
                <section class="panel" aria-label="Products">
                    <ErrorState
                        what="The portfolio"
                        unaffected="What Hermes reported is not affected: what was acknowledged is stored."
                        error
                    />
                </section>
            }
            .into_any(),
            State::Waiting => ().into_any(),
        }
    };
    view! {
        <Title text="Products"/>
        <Transition fallback=|| {
            view! {
                <div class="panel">
                    <LoadingSkeleton label="the portfolio" rows=10/>
                </div>
            }
        }>{once_ready([page.ready()], body)}</Transition>
    }
}

/// What stands on the page.
#[derive(Debug, Clone, PartialEq)]
enum State {
    NotUnderstood(QueryError),
    /// The products. In another time zone all moments are told anew.
    Portfolio(Zone),
    Failed(ApiError),
    Waiting,
}

/// The portfolio as it is at first, and as it becomes.
#[component]
fn Shown(
    first: products::ProductsPage,
    answer: Memo<Option<Result<products::ProductsPage, ApiError>>>,
    query: Memo<PortfolioQuery>,
) -> impl IntoView {
    provide_context(Clock::start(first.now, first.zone.clone()));
    let page = Memo::new(move |_| answer.get().and_then(Result::ok).unwrap_or_else(|| first.clone()));
    view! { <Portfolio page query/> }
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
