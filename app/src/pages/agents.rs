//! `/hermes/agents`: how agents and tools are, and what runs on a schedule.

use std::collections::BTreeSet;

use domain::{
    agent::{AgentHealth, AgentType},
    insight::agent_health::{AgentFilter, WorkerHealth},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::once_ready::once_ready;
use crate::{
    api::agents::{self, agents_page},
    components::{
        AgentStatusPanel, AgentsSummary, AgentsUnheard, EmptyState, ErrorState, FacetMenu, FilterBar,
        JobsTable, LoadingSkeleton,
        agent_status_panel::Group,
        filter_bar::{Condition, FacetOption, Search, in_force},
    },
    format, links,
    state::live::{Pace, Topics, followed},
    state::{Clock, here},
    ui::{IconName, close_menus},
};

/// What the address asks for, as its parameters say it: words, statuses, types, order.
type Asked = (String, String, String, String);

/// `/hermes/agents`
#[component]
pub fn AgentsPage() -> impl IntoView {
    let query = use_query_map();
    let asked: Memo<Asked> = here(links::AGENTS, move || {
        query.with(|query| {
            // A form without scripts sends a name once for each value.
            let all = |name: &str| query.get_all(name).unwrap_or_default().join(",");
            (
                query.get("q").unwrap_or_default(),
                all("status"),
                all("type"),
                query.get("sort").unwrap_or_default(),
            )
        })
    });
    // All workers are in the answer: another question asks the server nothing.
    let page = followed(|| (), |()| agents_page(), Topics::FIGURES, Pace::AtOnce);
    close_menus();
    // Made once, inside the boundary that waits for the first answer: what changes later is told by signals.
    let body = move || {
        let answer = Memo::new(move |_| page.get());
        let failed = Memo::new(move |_| answer.get().and_then(Result::err));
        let page = Memo::new(move |_| answer.get().and_then(Result::ok));
        let filter = Memo::new(move |_| {
            let (q, status, kind, sort) = asked.get();
            AgentFilter::read(&q, &status, &kind, &sort)
        });
        move || match failed.get() {
            None => view! { <Agents page filter/> }.into_any(),
            Some(error) => view! {
                <section class="panel" aria-label="Agents">
                    <ErrorState
                        what="The list of agents"
                        unaffected="What they do goes on, and what was acknowledged is stored."
                        error
                    />
                </section>
            }
            .into_any(),
        }
    };
    view! {
        <Title text="Agents"/>
        <Transition fallback=|| {
            view! {
                <div class="panel">
                    <LoadingSkeleton label="the agents" rows=8/>
                </div>
            }
        }>{once_ready([page.ready()], body)}</Transition>
    }
}

#[component]
fn Agents(page: Memo<Option<agents::AgentsPage>>, filter: Memo<AgentFilter>) -> impl IntoView {
    let any = Memo::new(move |_| page.with(|page| page.as_ref().is_some_and(|page| page.total > 0)));
    let summary = move || {
        page.with(|page| {
            let page = page.as_ref()?;
            let (states, calls_today) = (page.states.clone(), page.calls_today);
            let (failure_rate, fresh_hours) = (page.failure_rate, page.fresh_hours);
            Some(view! { <AgentsSummary states calls_today failure_rate fresh_hours/> })
        })
    };
    let found = Memo::new(move |_| {
        let found = |page: &agents::AgentsPage| filter.with(|filter| found(&page.workers, filter));
        page.with(|page| page.as_ref().map(found)).unwrap_or_default()
    });
    view! {
        {summary}
        {move || any.get().then(|| view! { <Filters page found filter/> })}
        {move || page.with(|page| page.as_ref().map(|page| listed(page, found, filter)))}
    }
}

/// The workers that the filter shows, in its order.
fn found(workers: &[WorkerHealth], filter: &AgentFilter) -> Vec<WorkerHealth> {
    let mut found: Vec<_> = workers.iter().filter(|worker| filter.matches(worker)).cloned().collect();
    filter.order(&mut found);
    found
}

/// The values of a property, each with how many of those that the other filters let through have it.
fn options<T: Copy + Ord>(
    values: &[T],
    left: &[Option<T>],
    chosen: &BTreeSet<T>,
    words: fn(T) -> (&'static str, &'static str),
) -> Vec<FacetOption> {
    let option = |value: &T| {
        let (name, label) = words(*value);
        FacetOption {
            value: Some(name.to_owned()),
            label: label.to_owned(),
            count: left.iter().filter(|left| **left == Some(*value)).count() as u64,
            chosen: chosen.contains(value),
        }
    };
    values.iter().map(option).collect()
}

/// The workers that were found, what was never heard of, and the jobs.
fn listed(page: &agents::AgentsPage, found: Memo<Vec<WorkerHealth>>, filter: Memo<AgentFilter>) -> AnyView {
    // One clock for as long as the answer stands, whatever is filtered meanwhile.
    provide_context(Clock::start(page.now, page.zone.clone()));
    let products = StoredValue::new(page.products.clone());
    let (total, missing) = (page.total, page.missing.clone());
    let beyond = total.saturating_sub(page.workers.len() as u64);
    let panels = move || {
        let found = found.get();
        if total == 0 {
            nobody().into_any()
        } else if found.is_empty() {
            none_found(beyond).into_any()
        } else {
            let filter = StoredValue::new(filter.get());
            let panel = |group: Group| {
                let workers: Vec<WorkerHealth> =
                    found.iter().filter(|worker| group.holds(worker)).cloned().collect();
                (!workers.is_empty()).then(|| view! { <AgentStatusPanel group workers filter/> }.into_any())
            };
            Group::ALL.into_iter().filter_map(panel).collect::<Vec<_>>().into_any()
        }
    };
    let narrowed = Memo::new(move |_| {
        filter.with(|filter| {
            !filter.q.trim().is_empty() || !filter.status.is_empty() || !filter.agent_type.is_empty()
        })
    });
    let unheard =
        move || (!narrowed.get()).then(|| view! { <AgentsUnheard kinds=missing.clone()/> }.into_any());
    let beyond = (beyond > 0).then(|| {
        let more = format::count(beyond, "more worker", "more workers");
        view! {
            <p class="t3 sm">
                {format!("And {more} that telemetry names; filters, search and order are of those listed here.")}
            </p>
        }
    });
    view! {
        {panels}
        {beyond}
        {unheard}
        <JobsTable jobs=page.jobs.clone() total=page.jobs_total late=page.late products/>
    }
    .into_any()
}

#[component]
fn Filters(
    page: Memo<Option<agents::AgentsPage>>,
    found: Memo<Vec<WorkerHealth>>,
    filter: Memo<AgentFilter>,
) -> impl IntoView {
    let statuses = Memo::new(move |_| {
        filter.with(|filter| {
            let workers = |worker: &WorkerHealth| filter.matches_but_status(worker).then_some(worker.status);
            let left =
                page.with(|page| page.iter().flat_map(|page| &page.workers).map(workers).collect::<Vec<_>>());
            options(AgentHealth::ALL, &left, &filter.status, |it| (it.as_str(), it.label()))
        })
    });
    let kinds = Memo::new(move |_| {
        filter.with(|filter| {
            let workers =
                |worker: &WorkerHealth| worker.agent_type.filter(|_| filter.matches_but_type(worker));
            let left =
                page.with(|page| page.iter().flat_map(|page| &page.workers).map(workers).collect::<Vec<_>>());
            options(AgentType::ALL, &left, &filter.agent_type, |it| (it.as_str(), it.label()))
        })
    });
    let kept = move || {
        let sort = filter.with(|filter| AgentFilter { sort: filter.sort, ..AgentFilter::default() }.text());
        sort.strip_prefix("sort=").map(|sort| ("sort", sort.to_owned())).into_iter().collect::<Vec<_>>()
    };
    let search = Search {
        text: Signal::derive(move || filter.with(|filter| filter.q.clone())),
        hint: "Search name or id",
        label: "Search agents",
    };
    let active = Memo::new(move |_| filter.with(|filter| conditions(filter).len()));
    let menus = move || {
        view! {
            <FacetMenu name="status" label="Status" options=statuses/>
            <FacetMenu name="type" label="Type" options=kinds/>
        }
    };
    let actions = move || {
        view! {
            <span class="f-found" role="status">
                <b>{move || format::number(found.with(Vec::len) as u64)}</b>
                " found"
            </span>
        }
    };
    view! {
        <FilterBar
            action=links::AGENTS
            label="Filter agents"
            search
            kept=Signal::derive(kept)
            active
            menus
            actions
        >
            {move || in_force(filter.with(conditions))}
        </FilterBar>
    }
}

/// What is in force, each with the list without it.
fn conditions(filter: &AgentFilter) -> Vec<Condition> {
    let mut all = Vec::new();
    for status in &filter.status {
        let mut without = filter.clone();
        without.status.remove(status);
        all.push(Condition {
            what: "Status is",
            value: status.label().to_owned(),
            without: links::agents(&without),
        });
    }
    for kind in &filter.agent_type {
        let mut without = filter.clone();
        without.agent_type.remove(kind);
        all.push(Condition {
            what: "Type is",
            value: kind.label().to_owned(),
            without: links::agents(&without),
        });
    }
    all
}

fn nobody() -> impl IntoView {
    view! {
        <section class="panel" aria-label="Agents">
            <EmptyState
                icon=IconName::Waypoints
                title="No agent or tool is known yet"
                text="They appear when a Hermes home is read, when agent lines are sent, and when tasks, events or runs name them."
            >
                <a class="btn" data-size="sm" href=links::SOURCES>
                    "What is read"
                </a>
            </EmptyState>
        </section>
    }
}

fn none_found(beyond: u64) -> impl IntoView {
    let text = if beyond == 0 {
        "Nothing that is known has all of these filters."
    } else {
        "None of those that are looked through has all of these filters."
    };
    view! {
        <section class="panel" aria-label="Agents">
            <EmptyState
                icon=IconName::SearchX
                title="No agent is like that"
                text
            >
                <a class="btn" data-size="sm" href=links::AGENTS>
                    "Show all"
                </a>
            </EmptyState>
        </section>
    }
}
