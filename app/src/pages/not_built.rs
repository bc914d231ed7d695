//! Pages that are not built yet. They say so, and where the same data can be had now.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    components::{EmptyState, Told},
    links,
    ui::{Icon, IconName},
};

/// The data of a page as JSON: what it is, and where.
pub(super) type Source = (&'static str, String);

/// Says so, and where the same data can be had now.
#[component]
pub fn NotBuilt(
    /// The page's name.
    title: &'static str,
    /// What will stand here.
    text: &'static str,
    /// What of telemetry is asked for, if one thing is.
    #[prop(optional, into)]
    subject: Option<Signal<String>>,
    /// Where its data can be had.
    #[prop(into)]
    sources: Signal<Vec<Source>>,
    /// A page that is built and belongs to it, if there is one.
    #[prop(optional_no_strip)]
    more: Option<(&'static str, &'static str)>,
) -> impl IntoView {
    let source = |(label, href): Source| {
        view! {
            // Not a page of the app: the browser must fetch it.
            <a class="btn" data-size="sm" href=href rel="external">
                <Icon name=IconName::Braces/>
                {label}
            </a>
        }
    };
    view! {
        <Title text=title/>
        <section class="panel" aria-label=title>
            {subject
                .map(|subject| {
                    view! {
                        <header class="panel-head">
                            <h2>{move || view! { <Told text=subject.get()/> }}</h2>
                        </header>
                    }
                })}
            <EmptyState icon=IconName::Construction title=format!("{title}: not built yet") text>
                {move || sources.get().into_iter().map(source).collect_view()}
                {more
                    .map(|(href, words)| {
                        view! {
                            <a class="btn" data-size="sm" href=href>
                                {words}
                            </a>
                        }
                    })}
                <a class="btn" data-variant="ghost" data-size="sm" href=links::HOME>
                    "Back to Mission Control"
                </a>
            </EmptyState>
        </section>
    }
}

/// Sources that do not depend on the address.
pub(super) fn fixed(sources: impl Into<Vec<Source>>) -> Signal<Vec<Source>> {
    Signal::stored(sources.into())
}
