//! `/hermes`: how Hermes is, in ten seconds.

use domain::{overview::StatusReason, zone::Zone};
use leptos::prelude::*;
use leptos_meta::Title;

use super::{
    decided::{Outcome, parameter},
    once_ready::once_ready,
};
use crate::{
    api::{
        ApiError,
        overview::{OverviewPage, Part, Parts, overview_page},
    },
    components::{
        ActiveTasksPanel, DidForMe, ErrorState, FounderAttentionQueue, HermesStatusCard, HomeNotice,
        HowCounted, LoadingSkeleton, MissionTape, NextBestActions, ProductHealthGrid, ScheduledNext, Welcome,
        did_for_me, founder_attention_queue,
    },
    links,
    state::Clock,
    state::live::{Pace, Topics, followed},
    ui::RowOwner,
};

/// `/hermes`
#[component]
pub fn OverviewPage() -> impl IntoView {
    let (decided, refused, queue) = (parameter("decided"), parameter("refused"), parameter("queue"));
    // Rows that were there before the rest was listed do not know of it: what is decided at them leaves all of it listed.
    let whole = Memo::new(move |was| {
        queue.with(|queue| queue.as_deref() == Some("all"))
            || (was == Some(&true) && decided.with(Option::is_some))
    });
    // What was just decided is part of the question: the queue is another after it.
    let asked =
        Memo::new(move |_| (decided.get().and_then(|id| id.parse().ok()), whole.get(), refused.get()));
    let page = followed(
        move || asked.get(),
        |(decided, whole, _)| overview_page(decided, whole),
        Topics::FIGURES,
        Pace::AtOnce,
    );
    // Made once, inside the boundary that waits for the first answer: a panel is made anew when what it shows has changed.
    let body = move || {
        let state = Memo::new(move |_| {
            page.with(|page| match page {
                Some(Ok(page)) if page.executive.overview.status_reason == StatusReason::Silent => {
                    State::Silent(page.zone.clone())
                }
                Some(Ok(page)) => State::Figures(page.zone.clone()),
                Some(Err(error)) => State::Failed(error.clone()),
                None => State::Waiting,
            })
        });
        move || match state.get() {
            State::Silent(_) => view! { <Silent page/> }.into_any(),
            State::Figures(_) => view! { <Figures page whole/> }.into_any(),
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
        }>{once_ready([page.ready()], body)}</Transition>
    }
}

/// What stands on the page. In another time zone all moments are told anew.
#[derive(Debug, Clone, PartialEq)]
enum State {
    Silent(Zone),
    Figures(Zone),
    Failed(ApiError),
    Waiting,
}

type Page = Resource<Result<OverviewPage, ApiError>>;

/// The numbers of its parts: the page is read once for all of them.
fn numbers(page: Page) -> Memo<Option<Parts>> {
    Memo::new(move |_| page.with(|page| Some(page.as_ref()?.as_ref().ok()?.parts)))
}

/// A part of the page, made anew when what it shows has changed, and only then.
fn part(
    page: Page,
    numbers: Memo<Option<Parts>>,
    part: Part,
    make: impl Fn(&OverviewPage) -> AnyView + Send + Sync + 'static,
) -> impl Fn() -> AnyView + Send {
    let number = Memo::new(move |_| numbers.with(|numbers| Some(numbers.as_ref()?.of_part(part))));
    move || {
        // Read and not only tracked: a memo that nobody reads never looks. What the part reads of the page is not followed.
        number.get();
        untrack(|| {
            page.with_untracked(|page| match page {
                Some(Ok(page)) => make(page),
                _ => ().into_any(),
            })
        })
    }
}

fn start_clock(page: Page) {
    page.with_untracked(|page| {
        if let Some(Ok(page)) = page {
            provide_context(Clock::start(page.executive.overview.now, page.zone.clone()));
        }
    });
}

/// Nothing was ever told: what is looked for, and the ways in.
#[component]
fn Silent(page: Page) -> impl IntoView {
    start_clock(page);
    let numbers = numbers(page);
    part(page, numbers, Part::Welcome, |page| {
        view! {
            <Outcome entry=page.decided.clone() back=links::HOME/>
            <HomeNotice home=page.home.clone()/>
            <Welcome store=page.store.clone() home=page.home.clone()/>
        }
        .into_any()
    })
}

#[component]
fn Figures(page: Page, whole: Memo<bool>) -> impl IntoView {
    start_clock(page);
    RowOwner::provide();
    let numbers = numbers(page);
    let names = StoredValue::new(Vec::new());
    let named = move |page: &OverviewPage| {
        names.set_value(page.products.clone());
        names
    };
    let tape = part(page, numbers, Part::Tape, |page| {
        view! { <MissionTape tape=page.executive.tape.clone() visit=page.visit/> }.into_any()
    });
    let home =
        part(page, numbers, Part::Home, |page| view! { <HomeNotice home=page.home.clone()/> }.into_any());
    let deck = part(page, numbers, Part::Deck, move |page| {
        let products = named(page);
        let answer = StoredValue::new(page.executive.overview.clone());
        let rules = StoredValue::new(page.rules.clone());
        view! {
            <HermesStatusCard answer rules products/>
            <HowCounted answer rules products/>
        }
        .into_any()
    });
    let attention = part(page, numbers, Part::Attention, move |page| {
        let (attention, entry, products) =
            (page.executive.attention.clone(), page.decided.clone(), named(page));
        let whole = whole.get_untracked();
        view! {
            <FounderAttentionQueue queue=attention products whole>
                <Outcome entry back=founder_attention_queue::back(whole)/>
            </FounderAttentionQueue>
        }
        .into_any()
    });
    let missions = part(page, numbers, Part::Missions, move |page| {
        let overview = &page.executive.overview;
        let (missions, total) = (overview.missions.clone(), overview.overview.active_tasks);
        view! { <ActiveTasksPanel missions total products=named(page)/> }.into_any()
    });
    let portfolio = part(page, numbers, Part::Portfolio, |page| {
        let rules = StoredValue::new(page.rules.clone());
        view! { <ProductHealthGrid portfolio=page.executive.portfolio.clone() rules/> }.into_any()
    });
    let actions = part(page, numbers, Part::Actions, move |page| {
        view! { <NextBestActions actions=page.executive.actions.clone() products=named(page)/> }.into_any()
    });
    let results = part(page, numbers, Part::Results, |page| {
        view! { <DidForMe results=page.executive.results.clone() chosen=did_for_me::chosen()/> }.into_any()
    });
    let schedule = part(page, numbers, Part::Schedule, move |page| {
        let executive = &page.executive;
        let (jobs, missed) = (executive.overview.upcoming_jobs.clone(), executive.missed_jobs.clone());
        view! { <ScheduledNext jobs missed hours=page.rules.upcoming_hours products=named(page)/> }.into_any()
    });
    view! {
        {tape}
        {home}
        {deck}
        <div class="split" data-cols="7-5" data-lead="">
            {attention}
            {missions}
        </div>
        {portfolio}
        <div class="split" data-cols="7-5">
            {actions}
            {results}
        </div>
        {schedule}
    }
}
