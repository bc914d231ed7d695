//! What a product is and how it is doing: its facts, its scores with their arithmetic, how its momentum came about.

pub mod facts;
pub mod trend;

use domain::settings::Rules;
use leptos::prelude::*;

use self::{facts::Facts, trend::Trend};
use crate::{
    api::products::ProductSheet,
    components::{
        AttentionTag, Inferred, PriorityBadge, Told,
        product_card::{Health, Moves, ProductLinks},
        product_health_grid::words::{Step, health_steps, momentum_steps},
    },
    format, links,
    ui::Panel,
};

/// The head of a product's page.
#[component]
pub fn ProductSummary(
    /// What the page shows.
    sheet: StoredValue<ProductSheet>,
    /// The thresholds that the scores were made with.
    rules: StoredValue<Rules>,
) -> impl IntoView {
    let (insight, merged) = sheet.with_value(|sheet| (sheet.insight.clone(), sheet.merged.clone()));
    let product = insight.product.clone();
    let name = format::plain(&product.name).into_owned();
    let (health, momentum) = rules
        .with_value(|rules| (health_steps(&insight.health, rules), momentum_steps(&insight.momentum, rules)));
    let inferred = product.inferred.clone();
    let status = product.status.map(|status| {
        view! {
            <Inferred field="status" inferred=inferred.clone()>
                <span class="tag">{status.label()}</span>
            </Inferred>
        }
    });
    let description = product.description.clone().map(|text| view! { <p class="ps-text"><Told text/></p> });
    let merged = (!merged.is_empty()).then(|| {
        let name = |product: crate::api::overview::ProductRef| {
            view! { <span class="ps-merged"><Told text=product.name/></span> }
        };
        view! {
            <p class="t3 sm">"With the tasks of " {merged.into_iter().map(name).collect::<Vec<_>>()}</p>
        }
    });
    let basis = insight.health.basis.label();
    view! {
        <section class="panel" aria-label="Summary">
            <div class="ps-head">
                <Health insight=insight.clone() name=name.clone() rules/>
                <div class="ps-title">
                    <div class="row row-wrap">
                        <h2 class="ps-name">
                            <Told text=product.name.clone()/>
                        </h2>
                        <PriorityBadge priority=product.priority/>
                        {status}
                        {insight.attention.map(|attention| view! { <AttentionTag attention/> })}
                    </div>
                    {description}
                    {merged}
                    <p class="ps-links">
                        <ProductLinks product=product.clone()/>
                        <a class="link" href=links::tasks_of(&product.id)>
                            "Its tasks"
                        </a>
                        <a class="link" href=links::history_of(&product.id)>
                            "Its history"
                        </a>
                    </p>
                </div>
                <div class="ps-moves">
                    <Moves insight=insight.clone() name rules/>
                </div>
            </div>
            <Facts insight=insight.clone()/>
        </section>
        <div class="split" data-cols="7-5">
            <Panel title="Health and momentum">
                <div class="ps-scores">
                    {arithmetic("Health", insight.health.score, health, basis)}
                    {arithmetic(
                        "Momentum",
                        insight.momentum.score,
                        momentum,
                        "no line of telemetry spoke of a task of it",
                    )}
                </div>
            </Panel>
            <Trend insight now=sheet.with_value(|sheet| sheet.now)/>
        </div>
    }
    .into_any()
}

/// A score and its parts.
fn arithmetic(what: &'static str, score: Option<u8>, steps: Vec<Step>, why: &'static str) -> AnyView {
    let Some(score) = score else {
        return view! {
            <div>
                <h3>{what} " unknown"</h3>
                <p class="t3 sm">{why}</p>
            </div>
        }
        .into_any();
    };
    let told = steps.is_empty().then(|| view! { <p class="t3 sm">{why}</p> });
    let step = |step: Step| {
        view! {
            <div>
                <dt>
                    {step.name}
                    <span class="t3">{step.how}</span>
                </dt>
                <dd>{step.points}</dd>
            </div>
        }
    };
    view! {
        <div>
            <h3>{what} " " {score}</h3>
            {told}
            <dl class="ps-steps">{steps.into_iter().map(step).collect::<Vec<_>>()}</dl>
        </div>
    }
    .into_any()
}
