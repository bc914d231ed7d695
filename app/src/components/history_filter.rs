//! Which span, and which product: links and a form that work without scripts.

use domain::insight::history::LastSpan;
use leptos::prelude::*;

use crate::{
    links,
    ui::{Icon, IconName},
};

/// The spans to choose from, and a form for dates and product.
#[component]
pub fn HistoryFilter(
    /// The span in the address; `None` where it is of two dates.
    range: Option<String>,
    /// Its first and its last day.
    dates: (String, String),
    /// The product that is asked for, by id.
    product: Option<String>,
    /// All products, by name: id and name.
    products: Vec<(String, String)>,
    /// The span in words, and what it is compared with.
    words: String,
    /// The question as a query of the API.
    query: String,
) -> impl IntoView {
    let of_product =
        product.as_ref().map(|id| format!("&product={}", links::segment(id))).unwrap_or_default();
    let span = |span: &LastSpan| {
        let current = range.as_deref() == Some(span.as_str());
        let href = format!("{}?range={span}{of_product}", links::HISTORY);
        view! {
            <a href=href aria-current=current.then_some("true")>
                {span.label()}
            </a>
        }
    };
    let spans = LastSpan::ALL.iter().map(span).collect_view();
    let custom = range.is_none();
    let (from, to) = if custom { dates } else { Default::default() };
    let option = |(id, name): (String, String)| {
        let chosen = product.as_deref() == Some(&*id);
        view! {
            <option value=id selected=chosen>
                {crate::format::plain(&name).into_owned()}
            </option>
        }
    };
    let options = products.into_iter().map(option).collect_view();
    view! {
        <div class="hist-bar">
            <nav class="seg" aria-label="Span">
                {spans}
            </nav>
            <form class="hist-form" method="get" action=links::HISTORY>
                {range.map(|range| view! { <input type="hidden" name="range" value=range/> })}
                <label class="hist-field">
                    "Product"
                    <select name="product">
                        <option value="">"All"</option>
                        {options}
                    </select>
                </label>
                <label class="hist-field">
                    "From" <input type="date" name="from" value=from/>
                </label>
                <label class="hist-field">
                    "To" <input type="date" name="to" value=to/>
                </label>
                <button class="btn" type="submit">
                    "Show"
                </button>
            </form>
            <span class="hist-words">{words}</span>
            // Not a page of the app: the browser must fetch it.
            <a class="btn" href=format!("/api/v1/history?{query}") rel="external">
                <Icon name=IconName::Braces/>
                "JSON"
            </a>
        </div>
    }
    .into_any()
}
