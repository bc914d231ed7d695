//! `/hermes/sources`: what of the agent's own files is read, and what never is.

use std::mem::take;

use domain::source::{HomeFound, HomeState, HomeStatus};
use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    api::sources::{self, sources_page},
    components::{
        ErrorState, HomeCard, LessonsPanel, LoadingSkeleton, NeverReadPanel, NoHome, SkippedPanel,
        SourceFiles, UnknownKindsPanel, command::data_option,
    },
    state::Clock,
    state::live::{Pace, Topics, followed},
};

/// `/hermes/sources`
#[component]
pub fn SourcesPage() -> impl IntoView {
    let page = followed(|| (), |()| sources_page(), Topics::ALL, Pace::AtOnce);
    let body = move || {
        Suspend::new(async move {
            match page.await {
                Ok(page) => view! { <Sources page/> }.into_any(),
                Err(error) => view! {
                    <section class="panel" aria-label="Sources">
                        <ErrorState
                            what="The account of the sources"
                            unaffected="Reading goes on without this page."
                            error
                        />
                    </section>
                }
                .into_any(),
            }
        })
    };
    view! {
        <Title text="Sources"/>
        <Transition fallback=|| {
            view! {
                <div class="panel">
                    <LoadingSkeleton label="the sources" rows=6/>
                </div>
            }
        }>{body}</Transition>
    }
}

#[component]
fn Sources(page: sources::SourcesPage) -> impl IntoView {
    provide_context(Clock::start(page.now, page.zone));
    let location = page.store.location;
    match page.home {
        None => view! { <Ways location/> }.into_any(),
        // The usual folder is not there, and nobody said that it was: how to name another one is what helps.
        Some(home) if home.state == HomeState::Missing && home.found == HomeFound::Default => view! {
            <HomeCard home/>
            <Ways location/>
        }
        .into_any(),
        Some(home) => view! { <Home home data=data_option(&location)/> }.into_any(),
    }
}

/// How a home is named, beside what would never be read of it.
#[component]
fn Ways(location: String) -> impl IntoView {
    view! {
        <div class="sources-split" data-wide="first">
            <NoHome location/>
            <NeverReadPanel/>
        </div>
    }
}

/// The account of one home. Of one that cannot be opened, what is known from before stands below the alert.
#[component]
fn Home(mut home: HomeStatus, data: String) -> impl IntoView {
    let closed = matches!(home.state, HomeState::Missing | HomeState::Unreadable);
    let (files, lessons, unknown) = (take(&mut home.files), take(&mut home.lessons), take(&mut home.unknown));
    // The folder itself is told in the alert, not among the places in it.
    let (own, skipped): (Vec<_>, Vec<_>) =
        take(&mut home.skipped).into_iter().partition(|skipped| skipped.place == home.path);
    let skipped_total = home.skipped_total.saturating_sub(own.len() as u64);
    let reason = own.into_iter().next().map(|own| own.reason);
    let files = (!files.is_empty()).then(|| view! { <SourceFiles files/> });
    let skipped =
        (!closed || skipped_total > 0).then(|| view! { <SkippedPanel skipped total=skipped_total/> });
    let lessons = (!closed || !lessons.is_empty()).then(|| view! { <LessonsPanel lessons/> });
    view! {
        <HomeCard home reason data/>
        {files}
        <div class="sources-split">
            <div class="sources-side">
                {skipped}
                <UnknownKindsPanel unknown/>
                <NeverReadPanel/>
            </div>
            {lessons}
        </div>
    }
}
