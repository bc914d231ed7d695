//! How each figure of the deck is counted: its formula in words, where its span begins, and its parts.

mod entries;

use domain::{overview::OverviewAnswer, settings::Rules};
use leptos::prelude::*;

use crate::{
    api::overview::ProductRef,
    components::{Ahead, ProductLink, Told},
    ui::{Icon, IconName},
};

/// Where on this page the figure of that name is explained.
pub(crate) fn anchor(figure: &str) -> String {
    format!("#counted-{figure}")
}

/// A list behind a line that opens it; readable and usable without scripts.
#[component]
pub fn HowCounted(
    /// The figures.
    answer: StoredValue<OverviewAnswer>,
    /// The thresholds that they were made with.
    rules: StoredValue<Rules>,
    /// The products whose names are known.
    products: StoredValue<Vec<ProductRef>>,
) -> impl IntoView {
    let entries = answer.with_value(|answer| rules.with_value(|rules| entries::entries(answer, rules)));
    let entry = |entry: entries::Entry| {
        view! {
            <div id=format!("counted-{}", entry.id)>
                <dt>{entry.name}</dt>
                <dd>
                    <p>{entry.formula}</p>
                    {entry.parts.map(|parts| view! { <p class="t3">{parts}</p> })}
                </dd>
            </div>
        }
    };
    view! {
        <details class="counted">
            <summary>
                <Icon name=IconName::ChevronRight/>
                "How these figures are counted"
            </summary>
            <dl class="counted-list">
                {entries.into_iter().map(entry).collect_view()}
                <div id="counted-scheduled">
                    <dt>"Scheduled"</dt>
                    <dd>
                        <p>{rules.with_value(entries::scheduled)}</p>
                        <Scheduled answer products/>
                    </dd>
                </div>
            </dl>
        </details>
    }
}

/// The jobs that the count is made of.
#[component]
fn Scheduled(answer: StoredValue<OverviewAnswer>, products: StoredValue<Vec<ProductRef>>) -> impl IntoView {
    let jobs = answer.with_value(|answer| answer.upcoming_jobs.clone());
    if jobs.is_empty() {
        return view! { <p class="t3">"No job is due in that time."</p> }.into_any();
    }
    let job = |job: domain::job::Job| {
        view! {
            <li>
                <Told text=job.name/>
                {job
                    .product_id
                    .map(|id| {
                        view! {
                            <span class="dotsep">
                                <ProductLink id products/>
                            </span>
                        }
                    })}
                {job
                    .next_run_at
                    .map(|at| {
                        view! {
                            <span class="dotsep t3">
                                <Ahead at/>
                            </span>
                        }
                    })}
            </li>
        }
    };
    view! { <ul class="counted-jobs">{jobs.into_iter().map(job).collect_view()}</ul> }.into_any()
}
