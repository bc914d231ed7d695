//! `/hermes/history`: work over time.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_location;

use crate::{
    api::history::{self, history_page},
    components::{
        BarList, EmptyState, ErrorState, FailureCategoryChart, HistoricalActivityChart, HistoryFilter,
        LoadingSkeleton, PeriodSummaries, WeeklyDigest,
    },
    links,
    state::live::{Pace, Topics, followed},
    state::{Clock, here},
    ui::{IconName, Notice, Panel},
};

/// `/hermes/history`
#[component]
pub fn HistoryPage() -> impl IntoView {
    let search = use_location().search;
    let asked = here(links::HISTORY, move || search.get().trim_start_matches('?').to_owned());
    let page = followed(move || asked.get(), history_page, Topics::FIGURES, Pace::AtLeisure);
    let body = move || {
        Suspend::new(async move {
            match page.await {
                Ok(page) => view! { <History page/> }.into_any(),
                Err(error) => view! {
                    <section class="panel" aria-label="History">
                        <ErrorState
                            what="The history"
                            unaffected="Telemetry is taken and stored all the same."
                            error
                        />
                        <p class="bar-note">
                            <a href=links::HISTORY>"Show the last 30 days"</a>
                        </p>
                    </section>
                }
                .into_any(),
            }
        })
    };
    view! {
        <Title text="History"/>
        <Transition fallback=|| {
            view! {
                <div class="panel">
                    <LoadingSkeleton label="the history" rows=8/>
                </div>
            }
        }>{body}</Transition>
    }
}

#[component]
fn History(page: history::HistoryPage) -> impl IntoView {
    provide_context(Clock::start(page.now, page.zone));
    if page.empty {
        return view! {
            <section class="panel" aria-label="History">
                <EmptyState
                    icon=IconName::Chart
                    title="Nothing has ended yet"
                    text="As soon as a task ends or becomes blocked, it is counted here by day, week and month."
                >
                    <a class="btn" data-size="sm" href=links::SOURCES>
                        "See what is read"
                    </a>
                </EmptyState>
            </section>
        }
        .into_any();
    }
    let known = page.known.map(|known| {
        view! {
            <Notice tone="accent" icon=IconName::CircleQuestion title="This is not all of the span.">
                {known}
            </Notice>
        }
    });
    let mut activity = page.activity.into_iter().enumerate().map(|(place, (title, note, chart))| {
        let legend: &[_] = match (place, title.ends_with("day")) {
            (0, true) => &[("ok", "Completed"), ("mean", "7-day mean")],
            _ => &[],
        };
        let more = (place == 2).then(|| ("Blocked now", links::tasks(domain::task::TaskStatus::Blocked)));
        view! { <HistoricalActivityChart title note chart legend more/> }
    });
    let completed = activity.next();
    let others = activity.collect_view();
    let (title, note, chart) = page.durations;
    view! {
        <HistoryFilter
            range=page.range
            dates=(page.from, page.to)
            product=page.product
            products=page.products
            words=page.words
            query=page.query
        />
        {known}
        <WeeklyDigest head=page.digest/>
        {completed}
        <div class="split" data-cols="1-1">
            {others}
        </div>
        <div class="split" data-cols="1-1">
            <HistoricalActivityChart
                title
                note
                chart
                legend=&[("accent", "Median"), ("warn", "9 of 10 within"), ("mean", "Mean")]
            />
            <FailureCategoryChart failed=page.failed causes=page.causes/>
        </div>
        <div class="split" data-cols="1-1">
            <Panel title="Most active products" count=Some("tasks completed".to_owned())>
                {list(page.active, "accent", "No task of a product was completed in this span.")}
            </Panel>
            <Panel title="Most neglected products" count=Some("days since the last activity, as of now".to_owned())>
                {list(page.neglected, "idle", "No product is at work.")}
            </Panel>
        </div>
        <PeriodSummaries title="By week" each="Week" rows=page.weeks/>
        <PeriodSummaries title="By month" each="Month" rows=page.months/>
    }
    .into_any()
}

fn list(bars: Vec<history::BarView>, tone: &'static str, none: &'static str) -> AnyView {
    if bars.is_empty() {
        return view! { <p class="bar-note">{none}</p> }.into_any();
    }
    view! {
        <div class="chart-body">
            <BarList bars tone/>
        </div>
    }
    .into_any()
}
