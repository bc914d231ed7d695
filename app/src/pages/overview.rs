//! `/hermes`: how Hermes is, in ten seconds.

use domain::overview::StatusReason;
use leptos::prelude::*;
use leptos_meta::Title;

use super::decided::Decided;
use crate::{
    api::overview::{self, overview_page},
    components::{
        ActiveTasksPanel, DidForMe, ErrorState, HermesStatusCard, HomeNotice, HowCounted, LoadingSkeleton,
        MissionTape, ProductHealthGrid, ScheduledNext, Welcome, did_for_me,
    },
    links,
    state::Clock,
};

/// `/hermes`
#[component]
pub fn OverviewPage() -> impl IntoView {
    let page = Resource::new(|| (), |()| overview_page());
    let body = move || {
        Suspend::new(async move {
            match page.await {
                Ok(page) if page.executive.overview.status_reason == StatusReason::Silent => {
                    view! {
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
        <Decided back=links::HOME/>
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
    let answer = page.executive.overview;
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
        <ActiveTasksPanel missions total products/>
        <ProductHealthGrid portfolio=page.executive.portfolio rules/>
        <DidForMe results=page.executive.results chosen=did_for_me::chosen()/>
        <ScheduledNext jobs missed hours products/>
    }
}
