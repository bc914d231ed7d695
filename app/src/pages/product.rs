//! `/hermes/products/:slug`: one product.

use domain::{id::ProductId, zone::Zone};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::{ahead::product_question, decided::parameter, once_ready::once_ready};
use crate::{
    api::{
        ApiError,
        products::{ProductSheet, product_sheet},
    },
    components::{
        ErrorState, LoadingSkeleton, ProductForms, ProductLists, ProductSummary,
        product_forms::{ChangeNotice, shown},
    },
    links,
    state::live::{Pace, Topics, followed},
    state::{Ahead, Changes, Clock, Go},
    ui::{Icon, IconName},
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
    let ahead = use_context::<Ahead>();
    let page = followed(
        move || asked.get(),
        move |(slug, changed, decided)| {
            let as_ever = changed.is_none() && decided.is_none();
            let question = as_ever.then(|| product_question(&slug));
            Ahead::answer(ahead, question, product_sheet(slug, changed))
        },
        Topics::FIGURES,
        Pace::AtOnce,
    );
    let go = Go::here();
    Effect::new(move || {
        let moved = page.with(|page| match page {
            Some(Ok(sheet)) if sheet.moved => Some(links::product(&sheet.insight.product.slug)),
            _ => None,
        });
        if let Some(there) = moved {
            go.instead(&there);
        }
    });
    // Made once, inside the boundary that waits for the answer: what is being written stays while the page follows.
    let body = move || {
        let answer = Memo::new(move |_| page.get());
        let state = Memo::new(move |_| {
            answer.with(|answer| match answer {
                Some(Ok(sheet)) => State::Sheet(sheet.insight.product.id.clone(), sheet.zone.clone()),
                Some(Err(error)) => State::Failed(error.clone()),
                None => State::Waiting,
            })
        });
        move || match state.get() {
            State::Sheet(..) => {
                let first = answer.get_untracked().and_then(Result::ok);
                first.map(|first| view! { <Shown first answer refused/> }).into_any()
            }
            State::Failed(error) => view! { <Failed error/> }.into_any(),
            State::Waiting => ().into_any(),
        }
    };
    view! {
        <Transition fallback=|| {
            view! {
                <div class="panel">
                    <LoadingSkeleton label="the product" rows=10/>
                </div>
            }
        }>{once_ready([page.ready()], body)}</Transition>
    }
}

/// What stands on the page.
#[derive(Debug, Clone, PartialEq)]
enum State {
    /// The product. In another time zone all moments are told anew.
    Sheet(ProductId, Zone),
    Failed(ApiError),
    Waiting,
}

/// The product as it is at first, and as it becomes.
#[component]
fn Shown(
    first: ProductSheet,
    answer: Memo<Option<Result<ProductSheet, ApiError>>>,
    refused: Memo<Option<String>>,
) -> impl IntoView {
    provide_context(Clock::start(first.now, first.zone.clone()));
    let rules = StoredValue::new(first.rules.clone());
    let changes = Changes::here();
    let under_way = changes.clone();
    let settled = changes.clone();
    Effect::new(move || {
        answer.track();
        settled.settle();
    });
    // Times are told by the clock of the page, so a new time alone is no other sheet.
    let sheet = Memo::new(move |_| {
        let sheet = answer.get().and_then(Result::ok).unwrap_or_else(|| first.clone());
        rules.set_value(sheet.rules.clone());
        ProductSheet { now: first.now, ..sheet }
    });
    let title = move || sheet.with(|sheet| crate::format::plain(&sheet.insight.product.name).into_owned());
    let notice = Memo::new(move |_| (sheet.with(|sheet| sheet.changed.clone()), refused.get()));
    let notice = move || {
        let (_, refused) = notice.get();
        view! { <ChangeNotice sheet=StoredValue::new(sheet.get_untracked()) refused/> }
    };
    let pending = move || {
        let slug = sheet.with(|sheet| sheet.insight.product.slug.clone());
        let words = under_way.with(|changes| shown::under_way(&slug, changes))?;
        Some(view! {
            <p class="change-pending">
                <Icon name=IconName::LoaderCircle/>
                {words}
            </p>
        })
    };
    let summary = move || {
        let mut sheet = sheet.get();
        sheet.insight.product = changes.with(|changes| shown::shown(sheet.insight.product, changes));
        view! { <ProductSummary sheet=StoredValue::new(sheet) rules/> }
    };
    let lists = move || view! { <ProductLists sheet=StoredValue::new(sheet.get()) rules/> };
    view! {
        <Title text=title/>
        {notice}
        {pending}
        {summary}
        {lists}
        <ProductForms sheet refused/>
    }
    .into_any()
}

#[component]
fn Failed(error: ApiError) -> impl IntoView {
    view! {
        <Title text="Product"/>
        <section class="panel" aria-label="Product">
            <ErrorState what="The product" unaffected="The portfolio has all products that there are." error/>
            <p class="panel-foot">
                <a class="link" href=links::PRODUCTS>
                    "All products"
                </a>
            </p>
        </section>
    }
    .into_any()
}
