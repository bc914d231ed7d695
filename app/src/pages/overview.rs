//! `/hermes`: how Hermes is, in ten seconds.

use domain::overview::StatusReason;
use leptos::prelude::*;
use leptos_meta::Title;

use super::decided::{Outcome, parameter};
use crate::{
    api::{
        ApiError,
        overview::{OverviewPage, overview_page},
    },
    components::{
        ActiveTasksPanel, DidForMe, ErrorState, FounderAttentionQueue, HermesStatusCard, HomeNotice,
        HowCounted, LoadingSkeleton, MissionTape, NextBestActions, ProductHealthGrid, ScheduledNext, Welcome,
        did_for_me,
    },
    links,
    state::Clock,
    state::live::{Pace, Topics, followed},
    ui::RowOwner,
};

/// `/hermes`
#[component]
pub fn OverviewPage() -> impl IntoView {
    let (decided, refused) = (parameter("decided"), parameter("refused"));
    // What was just decided is part of the question: the queue is another after it.
    let asked = Memo::new(move |_| (decided.get().and_then(|id| id.parse().ok()), refused.get()));
    let page =
        followed(move || asked.get(), |(decided, _)| overview_page(decided), Topics::FIGURES, Pace::AtOnce);
    // Made once, inside the boundary that waits for the first answer: a panel is made anew when what it shows has changed.
    let body = move || {
        let answer = Memo::new(move |_| page.get());
        let state = Memo::new(move |_| {
            answer.with(|answer| match answer {
                Some(Ok(page)) if page.executive.overview.status_reason == StatusReason::Silent => {
                    State::Silent
                }
                Some(Ok(_)) => State::Figures,
                Some(Err(error)) => State::Failed(error.clone()),
                None => State::Waiting,
            })
        });
        let page = Memo::new(move |_| answer.get().and_then(Result::ok));
        move || match state.get() {
            State::Silent => view! { <Silent page/> }.into_any(),
            State::Figures => view! { <Figures page/> }.into_any(),
            State::Failed(error) => view! {
                <section class="panel" aria-label="Mission Control">
                    <ErrorState
                        what="The overview"
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
        <Title text="Mission Control"/>
        <Transition fallback=|| {
            view! {
                <div class="panel">
                    <LoadingSkeleton label="the overview" rows=6/>
                </div>
            }
        }>{body()}</Transition>
    }
}

/// What stands on the page.
#[derive(Debug, Clone, PartialEq)]
enum State {
    Silent,
    Figures,
    Failed(ApiError),
    Waiting,
}

type Page = Memo<Option<OverviewPage>>;

/// A part of the page, made anew when what it shows has changed, and only then.
fn part<T, V>(
    page: Page,
    shows: impl Fn(&OverviewPage) -> T + Send + Sync + 'static,
    make: impl Fn(T) -> V + Send + Sync + 'static,
) -> impl Fn() -> AnyView + Send
where
    T: Clone + PartialEq + Send + Sync + 'static,
    V: IntoAny,
{
    let shown = Memo::new(move |_| page.with(|page| page.as_ref().map(&shows)));
    move || shown.get().map_or_else(|| ().into_any(), |shown| make(shown).into_any())
}

fn start_clock(page: Page) {
    page.with_untracked(|page| {
        if let Some(page) = page {
            provide_context(Clock::start(page.executive.overview.now, page.zone.clone()));
        }
    });
}

/// Nothing was ever told: what is looked for, and the ways in.
#[component]
fn Silent(page: Page) -> impl IntoView {
    start_clock(page);
    view! {
        {part(page, |page| page.decided.clone(), |entry| view! { <Outcome entry back=links::HOME/> })}
        {part(page, |page| page.home.clone(), |home| view! { <HomeNotice home/> })}
        {part(
            page,
            |page| (page.store.clone(), page.home.clone()),
            |(store, home)| view! { <Welcome store home/> },
        )}
    }
}

#[component]
fn Figures(page: Page) -> impl IntoView {
    start_clock(page);
    RowOwner::provide();
    let products = Memo::new(move |_| {
        page.with(|page| page.as_ref().map_or_else(Vec::new, |page| page.products.clone()))
    });
    let names = StoredValue::new(Vec::new());
    let named = move || {
        names.set_value(products.get());
        names
    };
    view! {
        {part(
            page,
            |page| (page.executive.tape.clone(), page.visit),
            |(tape, visit)| view! { <MissionTape tape visit/> },
        )}
        {part(page, |page| page.home.clone(), |home| view! { <HomeNotice home/> })}
        {part(
            page,
            |page| (page.executive.overview.clone(), page.rules.clone()),
            move |(answer, rules)| {
                let (answer, rules, products) = (StoredValue::new(answer), StoredValue::new(rules), named());
                view! {
                    <HermesStatusCard answer rules products/>
                    <HowCounted answer rules products/>
                }
            },
        )}
        <div class="split" data-cols="7-5" data-lead="">
            {part(
                page,
                |page| (page.executive.attention.clone(), page.decided.clone()),
                move |(queue, entry)| {
                    view! {
                        <FounderAttentionQueue queue products=named()>
                            <Outcome entry back=links::ATTENTION/>
                        </FounderAttentionQueue>
                    }
                },
            )}
            {part(
                page,
                |page| {
                    let overview = &page.executive.overview;
                    (overview.missions.clone(), overview.overview.active_tasks)
                },
                move |(missions, total)| view! { <ActiveTasksPanel missions total products=named()/> },
            )}
        </div>
        {part(
            page,
            |page| (page.executive.portfolio.clone(), page.rules.clone()),
            |(portfolio, rules)| view! { <ProductHealthGrid portfolio rules=StoredValue::new(rules)/> },
        )}
        <div class="split" data-cols="7-5">
            {part(
                page,
                |page| page.executive.actions.clone(),
                move |actions| view! { <NextBestActions actions products=named()/> },
            )}
            {part(
                page,
                |page| page.executive.results.clone(),
                |results| view! { <DidForMe results chosen=did_for_me::chosen()/> },
            )}
        </div>
        {part(
            page,
            |page| {
                let executive = &page.executive;
                (executive.overview.upcoming_jobs.clone(), executive.missed_jobs.clone(), page.rules.upcoming_hours)
            },
            move |(jobs, missed, hours)| view! { <ScheduledNext jobs missed hours products=named()/> },
        )}
    }
}
