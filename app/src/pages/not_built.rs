//! Pages that are not built yet. They say so, and where the same data can be had now.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_location, use_params_map};

use crate::{
    components::{EmptyState, Told},
    links,
    ui::{Icon, IconName},
};

/// The data of a page as JSON: what it is, and where.
type Source = (&'static str, String);

#[component]
fn NotBuilt(
    title: &'static str,
    text: &'static str,
    /// What of telemetry is asked for, if one thing is.
    #[prop(optional, into)]
    subject: Option<Signal<String>>,
    #[prop(into)] sources: Signal<Vec<Source>>,
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

fn fixed(sources: impl Into<Vec<Source>>) -> Signal<Vec<Source>> {
    Signal::stored(sources.into())
}

/// `/hermes/tasks`
#[component]
pub fn TasksPage() -> impl IntoView {
    let location = use_location();
    let sources = Signal::derive(move || {
        let search = location.search.get();
        let query = if search.is_empty() { String::new() } else { format!("?{search}") };
        vec![("These tasks as JSON", format!("/api/v1/tasks{query}"))]
    });
    view! {
        <NotBuilt
            title="Tasks"
            text="The ledger will list every task here, with search, filters and sorting. The filters of this address already work in the API."
            sources
        />
    }
}

/// `/hermes/tasks/:id`
#[component]
pub fn TaskPage() -> impl IntoView {
    let params = use_params_map();
    let id = move || params.with(|params| params.get("id").unwrap_or_default());
    let sources = Signal::derive(move || {
        let task = format!("/api/v1/tasks/{}", links::segment(&id()));
        let (events, runs) = (format!("{task}/events"), format!("{task}/runs"));
        vec![("The task as JSON", task), ("Its events", events), ("Its runs", runs)]
    });
    view! {
        <NotBuilt
            title="Task"
            text="What was done, in order, what came out and what was learned will stand here."
            subject=Signal::derive(id)
            sources
        />
    }
}

/// `/hermes/products`
#[component]
pub fn ProductsPage() -> impl IntoView {
    view! {
        <NotBuilt
            title="Products"
            text="The portfolio will stand here: health, activity and failures of every product."
            sources=fixed([("Products as JSON", "/api/v1/products".to_owned())])
        />
    }
}

/// `/hermes/products/:slug`
#[component]
pub fn ProductPage() -> impl IntoView {
    let params = use_params_map();
    let slug = move || params.with(|params| params.get("slug").unwrap_or_default());
    let sources = Signal::derive(move || {
        vec![("The product as JSON", format!("/api/v1/products/{}", links::segment(&slug())))]
    });
    view! {
        <NotBuilt
            title="Product"
            text="One product's health, tasks and deployments will stand here."
            subject=Signal::derive(slug)
            sources
        />
    }
}

/// `/hermes/history`
#[component]
pub fn HistoryPage() -> impl IntoView {
    view! {
        <NotBuilt
            title="History"
            text="Work over weeks and months will be charted here. The tasks that ended last are in the API."
            sources=fixed([("Ended tasks as JSON", "/api/v1/tasks?sort=-completedAt".to_owned())])
        />
    }
}

/// `/hermes/agents`
#[component]
pub fn AgentsPage() -> impl IntoView {
    view! {
        <NotBuilt
            title="Agents"
            text="How agents and tools are doing will stand here, and what runs next on a schedule."
            sources=fixed([
                ("Agents as JSON", "/api/v1/agents".to_owned()),
                ("Schedule as JSON", "/api/v1/schedule".to_owned()),
            ])
        />
    }
}

/// `/hermes/settings`
#[component]
pub fn SettingsPage() -> impl IntoView {
    view! {
        <NotBuilt
            title="Settings"
            text="Thresholds, time zone and retention will be set here. Until then the defaults hold; Mission Control explains each figure with the threshold that it uses."
            sources=fixed([])
            more=Some((links::SOURCES, "Sources: what is read of the agent's files"))
        />
    }
}
