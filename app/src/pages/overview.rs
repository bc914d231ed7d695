//! `/hermes`: how Hermes is, in ten seconds.

use domain::{insight::executive::Executive, overview::StatusReason};
use leptos::prelude::*;
use leptos_meta::Title;

use super::decided::{Outcome, parameter};
use crate::{
    api::overview::{self, overview_page},
    components::{
        ActiveTasksPanel, DidForMe, ErrorState, FounderAttentionQueue, HermesStatusCard, HomeNotice,
        HowCounted, LoadingSkeleton, MissionTape, NextBestActions, ProductHealthGrid, ScheduledNext, Welcome,
        did_for_me,
    },
    links,
    state::Clock,
};

/// `/hermes`
#[component]
pub fn OverviewPage() -> impl IntoView {
    let (decided, refused) = (parameter("decided"), parameter("refused"));
    // What was just decided is part of the question: the queue is another after it.
    let asked = Memo::new(move |_| (decided.get().and_then(|id| id.parse().ok()), refused.get()));
    let page = Resource::new(move || asked.get(), |(decided, _)| overview_page(decided));
    let body = move || {
        Suspend::new(async move {
            match page.await {
                Ok(page) if page.executive.overview.status_reason == StatusReason::Silent => {
                    provide_context(Clock::start(page.executive.overview.now, page.zone));
                    view! {
                        <Outcome entry=page.decided back=links::HOME/>
                        <HomeNotice home=page.home.clone()/>
                        <Welcome store=page.store home=page.home/>
                    }
                    .into_any()
                }
                Ok(page) => view! { <Figures page/> }.into_any(),
                Err(error) => view! {
                    <section class="panel" aria-label="Mission Control">
                        <ErrorState
                            what="The overview"
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
        <Title text="Mission Control"/>
        <Transition fallback=|| {
            view! {
                <div class="panel">
                    <LoadingSkeleton label="the overview" rows=6/>
                </div>
            }
        }>{body}</Transition>
    }
}

#[component]
fn Figures(page: overview::OverviewPage) -> impl IntoView {
    let Executive { overview: answer, attention: queue, actions, .. } = page.executive;
    provide_context(Clock::start(answer.now, page.zone));
    let missions = answer.missions.clone();
    let total = answer.overview.active_tasks;
    let (jobs, missed) = (answer.upcoming_jobs.clone(), page.executive.missed_jobs);
    let hours = page.rules.upcoming_hours;
    let answer = StoredValue::new(answer);
    let (rules, products) = (StoredValue::new(page.rules), StoredValue::new(page.products));
    view! {
        <MissionTape tape=page.executive.tape visit=page.visit/>
        <HomeNotice home=page.home/>
        <HermesStatusCard answer rules products/>
        <HowCounted answer rules products/>
        <div class="split" data-cols="7-5" data-lead="">
            <FounderAttentionQueue queue products>
                <Outcome entry=page.decided back=links::ATTENTION/>
            </FounderAttentionQueue>
            <ActiveTasksPanel missions total products/>
        </div>
        <ProductHealthGrid portfolio=page.executive.portfolio rules/>
        <div class="split" data-cols="7-5">
            <NextBestActions actions products/>
            <DidForMe results=page.executive.results chosen=did_for_me::chosen()/>
        </div>
        <ScheduledNext jobs missed hours products/>
    }
}
