//! The top bar: where one is, what time it is, how fresh the page is, and the theme.

use leptos::{html, prelude::*};
use leptos_router::hooks::use_location;

use super::{demo_badge::DemoBadge, frame::FrameData, pulse::Pulse};
use crate::{
    api::frame::Frame,
    components::{PaletteButton, PaletteState},
    format,
    routes::Page,
    state::Clock,
    ui::{Icon, IconName},
};

#[component]
pub fn TopBar(data: FrameData, palette: PaletteState) -> impl IntoView {
    view! {
        <header class="topbar">
            <Heading/>
            <Transition>
                {move || Suspend::new(async move {
                    match data.await {
                        Ok(frame) => {
                            let demo = frame.store.demo.then(|| view! { <DemoBadge location=frame.store.location.clone()/> });
                            view! {
                                {demo}
                                <Now frame/>
                            }
                                .into_any()
                        }
                        Err(_) => view! { <NotAnswering/> }.into_any(),
                    }
                })}
            </Transition>
            <PaletteButton state=palette/>
            <button
                class="btn theme-toggle"
                data-variant="ghost"
                data-icon-only=""
                type="button"
                data-theme-toggle=""
                aria-label="Switch theme"
                title="Switch theme"
            >
                <Icon name=IconName::SunMoon size=16/>
            </button>
        </header>
    }
}

/// The page's name. It takes the focus when the page changes without a reload, so that screen readers tell it.
#[component]
fn Heading() -> impl IntoView {
    let path = use_location().pathname;
    let element = NodeRef::<html::H1>::new();
    Effect::new(move |before: Option<String>| {
        let path = path.get();
        if let Some(heading) = element.get_untracked().filter(|_| before.is_some_and(|before| before != path))
        {
            // It cannot fail in a way that anyone could mend.
            let _ = heading.focus();
        }
        path
    });
    view! {
        <h1 class="page-title" tabindex="-1" node_ref=element>
            {move || path.with(|path| Page::at(path).map_or("Page not found", Page::heading))}
        </h1>
    }
}

/// The founder's date and time, and the time that the page shows.
#[component]
fn Now(frame: Frame) -> impl IntoView {
    let clock = Clock::start(frame.now, frame.zone);
    let (zone, shown) = (clock.zone().name.clone(), clock.clone());
    view! {
        <span class="now" title=zone>
            {move || format::day_clock(shown.now(), shown.zone())}
        </span>
        <Pulse made=frame.now clock/>
    }
}

/// The frame itself could not be loaded.
#[component]
fn NotAnswering() -> impl IntoView {
    view! {
        <a class="pulse" data-state="stale" href="" rel="external" title="Load this page again">
            <span class="pulse-dot"></span>
            <b>"not answering"</b>
        </a>
    }
}
