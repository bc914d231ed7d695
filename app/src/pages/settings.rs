//! `/hermes/settings`: what the founder decides, section by section.

use domain::settings::Section;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use crate::{
    api::settings::{SettingsView, Telling, Tone, settings_page},
    components::{
        Changes, ErrorState, LoadingSkeleton, SettingsExtra, SettingsForm, SettingsNav, SettingsVersions,
        settings_form::sending::{Unsent, send},
        settings_versions::RestoreButton,
    },
    state::Clock,
    ui::{IconName, Notice},
};

/// `/hermes/settings`
#[component]
pub fn SettingsPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        query.with(|query| {
            let section = query.get("section").and_then(|section| section.parse().ok());
            let saved = query.get("saved").and_then(|saved| saved.parse::<u64>().ok());
            (section.unwrap_or(Section::General), saved)
        })
    });
    let section = Signal::derive(move || asked.get().0);
    let view = Resource::new(move || asked.get(), |(section, saved)| settings_page(section, saved));
    let body = move || {
        Suspend::new(async move {
            match view.await {
                Ok(view) => view! { <Shown view/> }.into_any(),
                Err(error) => view! {
                    <section class="panel" aria-label="Settings">
                        <ErrorState
                            what="The settings"
                            unaffected="What is stored stays in force."
                            error
                        />
                    </section>
                }
                .into_any(),
            }
        })
    };
    let unsent = RwSignal::new(false);
    view! {
        <Title text="Settings"/>
        <div class="s-page" on:submit=move |event| send(&event, unsent)>
            <SettingsNav section/>
            <div class="s-main">
                <Unsent unsent/>
                <Transition fallback=|| {
                    view! {
                        <div class="panel">
                            <LoadingSkeleton label="the settings" rows=6/>
                        </div>
                    }
                }>{body}</Transition>
            </div>
        </div>
    }
}

#[component]
fn Shown(view: SettingsView) -> impl IntoView {
    let SettingsView { section, about, now, zone, version, told, groups, changes, effect, extra, versions } =
        view;
    provide_context(Clock::start(now, zone));
    let version = version.version;
    let told = told.map(|told| view! { <Tell told section version/> });
    let form = (!groups.is_empty()).then(|| view! { <SettingsForm section version groups changes effect/> });
    view! {
        <header class="s-head">
            <h2>{section.label()}</h2>
            <p>{about}</p>
        </header>
        {told}
        {form}
        <SettingsExtra extra version/>
        <SettingsVersions section version versions/>
    }
}

/// What came of the last form.
#[component]
fn Tell(told: Telling, section: Section, version: u64) -> impl IntoView {
    let Telling { tone, title, text, changed, undo } = told;
    let (tone, icon, alert) = match tone {
        Tone::Ok => ("ok", IconName::Check, false),
        Tone::Warn => ("warn", IconName::TriangleAlert, true),
        Tone::Danger => ("danger", IconName::OctagonAlert, true),
    };
    let undo = undo.map(|restore| view! { <RestoreButton section version restore words="Undo"/> });
    let changed = (!changed.is_empty()).then(|| view! { <Changes changes=changed/> });
    view! {
        <div class="s-told">
            <Notice tone icon title alert>
                {text}
                {changed}
            </Notice>
            {undo}
        </div>
    }
    .into_any()
}
