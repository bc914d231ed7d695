//! `/hermes/settings`: what the founder decides, section by section.

use domain::settings::{Section, VersionLine};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use crate::{
    api::{
        ApiError,
        settings::{SettingsView, Telling, Tone, settings_page},
    },
    components::{
        Changes as Differences, ErrorState, LoadingSkeleton, SettingsExtra, SettingsForm, SettingsNav,
        SettingsVersions, Told, settings_form::InPlace, settings_versions::RestoreButton,
    },
    links,
    state::live::{Pace, Topics, follow_while_typing},
    state::{ChangeState, Changes, Clock, here},
    ui::{IconName, Notice, anew, is_touched},
};

/// `/hermes/settings`
#[component]
pub fn SettingsPage() -> impl IntoView {
    let query = use_query_map();
    let asked = here(links::SETTINGS, move || {
        query.with(|query| {
            let section = query.get("section").and_then(|section| section.parse().ok());
            let saved = query.get("saved").and_then(|saved| saved.parse::<u64>().ok());
            (section.unwrap_or(Section::General), saved)
        })
    });
    let section = Signal::derive(move || asked.get().0);
    let view = Resource::new(move || asked.get(), |(section, saved)| settings_page(section, saved));
    let answered = RwSignal::new(None::<SettingsView>);
    provide_context(InPlace(answered));
    let elsewhere = RwSignal::new(None::<VersionLine>);
    Effect::new(move || {
        asked.track();
        answered.set(None);
        elsewhere.set(None);
    });
    hear_of_others(asked, view, answered, elsewhere);
    let overtaken = move || elsewhere.get().map(|line| view! { <Overtaken line section/> });
    let body = move || {
        let answered = answered.get();
        Suspend::new(async move {
            let shown = match answered {
                Some(answered) => Ok(answered),
                None => view.await,
            };
            match shown {
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
    view! {
        <Title text="Settings"/>
        <div class="s-page">
            <SettingsNav section/>
            <div class="s-main">
                {overtaken}
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

type Stored = Resource<Result<SettingsView, ApiError>>;

/// Follows what is stored elsewhere. A form that was written in is left as it is; what happened is told above it.
fn hear_of_others(
    asked: Memo<(Section, Option<u64>)>,
    view: Stored,
    answered: RwSignal<Option<SettingsView>>,
    elsewhere: RwSignal<Option<VersionLine>>,
) {
    let changes = Changes::here();
    let topics = Topics::SETTINGS.and(Topics::PRODUCTS);
    follow_while_typing(topics, Pace::AtOnce, move || {
        let changes = changes.clone();
        async move {
            let Some((section, saved)) = asked.try_get_untracked() else { return true };
            let Ok(fresh) = settings_page(section, None).await else { return false };
            if asked.try_get_untracked() != Some((section, saved)) {
                return true;
            }
            // What this page itself sends is answered to it.
            if untrack(|| changes.with(|all| all.iter().any(|change| change.state == ChangeState::Pending))) {
                return false;
            }
            let stored = || view.try_get_untracked().flatten().and_then(Result::ok);
            let Some(shown) = answered.get_untracked().or_else(stored) else { return true };
            let known = shown.version.version.max(saved.unwrap_or_default());
            if fresh.version.version <= known && fresh.extra == shown.extra {
                return true;
            }
            if shown.changes > 0 || is_touched(".s-main form") {
                elsewhere.set(Some(fresh.version).filter(|line| line.version > known));
            } else {
                answered.set(None);
                view.set(Some(Ok(fresh)));
            }
            true
        }
    });
}

/// Another version came while a form was being written in.
#[component]
fn Overtaken(line: VersionLine, section: Signal<Section>) -> impl IntoView {
    let title = format!("Version {} was stored elsewhere.", line.version);
    let by = line.by.unwrap_or_default();
    view! {
        <Notice tone="warn" icon=IconName::TriangleAlert title alert=true>
            <Told text=by/>
            " stored it while you were writing. What you wrote still stands below, and nothing of it is saved. "
            <a class="btn" data-size="sm" href=move || links::settings(section.get()) rel="external">
                "Show what is stored instead"
            </a>
        </Notice>
    }
    .into_any()
}

#[component]
fn Shown(view: SettingsView) -> impl IntoView {
    let SettingsView { section, about, now, zone, version, told, groups, changes, effect, extra, versions } =
        view;
    provide_context(Clock::start(now, zone));
    let version = version.version;
    let told = told.map(|told| view! { <Tell told section version/> });
    let form = (!groups.is_empty())
        .then(|| anew(move || view! { <SettingsForm section version groups changes effect/> }.into_any()));
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
    let changed = (!changed.is_empty()).then(|| view! { <Differences changes=changed/> });
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
