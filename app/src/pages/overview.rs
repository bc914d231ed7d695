//! `/hermes`: how Hermes is, in ten seconds.

use domain::overview::StatusReason;
use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    api::overview::{self, overview_page},
    components::{
        ActiveTasksPanel, ErrorState, HermesStatusCard, HomeNotice, HowCounted, LoadingSkeleton, Welcome,
    },
    state::Clock,
};

/// `/hermes`
#[component]
pub fn OverviewPage() -> impl IntoView {
    let page = Resource::new(|| (), |()| overview_page());
    let body = move || {
        Suspend::new(async move {
            match page.await {
                Ok(page) if page.answer.status_reason == StatusReason::Silent => {
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
    provide_context(Clock::start(page.answer.now, page.zone));
    let missions = page.answer.missions.clone();
    let total = page.answer.overview.active_tasks;
    let answer = StoredValue::new(page.answer);
    let (rules, products) = (StoredValue::new(page.rules), StoredValue::new(page.products));
    view! {
        <HomeNotice home=page.home/>
        <HermesStatusCard answer rules products/>
        <HowCounted answer rules products/>
        <ActiveTasksPanel missions total products/>
    }
}
