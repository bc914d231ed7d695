//! `/hermes/agents`: how agents and tools are, and what runs on a schedule.

use domain::insight::agent_health::{AgentFilter, WorkerHealth};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use crate::{
    api::agents::{self, agents_page},
    components::{
        ActiveFilter, AgentStatusPanel, AgentsSummary, AgentsUnheard, EmptyState, ErrorState, FacetMenu,
        FilterBar, JobsTable, LoadingSkeleton,
        agent_status_panel::Group,
        filter_bar::{Condition, FacetOption, Search},
    },
    format, links,
    state::Clock,
    ui::{IconName, close_menus},
};

/// What the address asks for, as its parameters say it: words, statuses, types, order.
type Asked = (String, String, String, String);

/// `/hermes/agents`
#[component]
pub fn AgentsPage() -> impl IntoView {
    let query = use_query_map();
    let asked: Memo<Asked> = Memo::new(move |_| {
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
    let page =
        Resource::new(move || asked.get(), |(q, status, kind, sort)| agents_page(q, status, kind, sort));
    close_menus();
    let body = move || {
        Suspend::new(async move {
            match page.await {
                Ok(page) => {
                    let (q, status, kind, sort) = asked.get_untracked();
                    view! { <Agents page filter=AgentFilter::read(&q, &status, &kind, &sort)/> }.into_any()
                }
                Err(error) => view! {
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
        })
    };
    view! {
        <Title text="Agents"/>
        <Transition fallback=|| {
            view! {
                <div class="panel">
                    <LoadingSkeleton label="the agents" rows=8/>
                </div>
            }
        }>{body}</Transition>
    }
}

#[component]
fn Agents(page: agents::AgentsPage, filter: AgentFilter) -> impl IntoView {
    provide_context(Clock::start(page.now, page.zone));
    let products = StoredValue::new(page.products);
    let bar = view! { <Filters filter=filter.clone() by_status=page.by_status by_type=page.by_type found=page.found/> };
    let narrowed = !filter.q.trim().is_empty() || !filter.status.is_empty() || !filter.agent_type.is_empty();
    let (found, listed) = (page.found, page.workers.len() as u64);
    let filter = StoredValue::new(filter);
    let panels = if page.total == 0 {
        nobody().into_any()
    } else if found == 0 {
        none_found().into_any()
    } else {
        let panel = |group: Group| {
            let workers: Vec<WorkerHealth> =
                page.workers.iter().filter(|worker| group.holds(worker)).cloned().collect();
            (!workers.is_empty()).then(|| view! { <AgentStatusPanel group workers filter/> }.into_any())
        };
        Group::ALL.into_iter().filter_map(panel).collect::<Vec<_>>().into_any()
    };
    let beyond = page.total.saturating_sub(listed);
    let beyond = (!narrowed && beyond > 0).then(|| {
        view! {
            <p class="t3 sm">
                {format!("and {} more workers that telemetry names, with less work; a search looks through the listed ones.", format::number(beyond))}
            </p>
        }
    });
    view! {
        <AgentsSummary
            states=page.states
            calls_today=page.calls_today
            failure_rate=page.failure_rate
            fresh_hours=page.fresh_hours
        />
        {(page.total > 0).then_some(bar)}
        {panels}
        {beyond}
        {(!narrowed).then(|| view! { <AgentsUnheard kinds=page.missing/> })}
        <JobsTable jobs=page.jobs total=page.jobs_total late=page.late products/>
    }
}

#[component]
fn Filters(
    filter: AgentFilter,
    by_status: Vec<(domain::agent::AgentHealth, u64)>,
    by_type: Vec<(domain::agent::AgentType, u64)>,
    found: u64,
) -> impl IntoView {
    let status = by_status.into_iter().map(|(status, count)| FacetOption {
        value: Some(status.as_str().to_owned()),
        label: status.label().to_owned(),
        count,
        chosen: filter.status.contains(&status),
    });
    let kinds = by_type.into_iter().map(|(kind, count)| FacetOption {
        value: Some(kind.as_str().to_owned()),
        label: kind.label().to_owned(),
        count,
        chosen: filter.agent_type.contains(&kind),
    });
    let (status, kinds): (Vec<_>, Vec<_>) = (status.collect(), kinds.collect());
    let conditions = conditions(&filter);
    let active = conditions.len();
    let sort = AgentFilter { sort: filter.sort, ..AgentFilter::default() }.text();
    let kept = sort.strip_prefix("sort=").map(|sort| ("sort", sort.to_owned())).into_iter().collect();
    let search = Search { text: filter.q.clone(), hint: "Search name or id", label: "Search agents" };
    let chips = conditions.into_iter().map(|condition| view! { <ActiveFilter condition/> }.into_any());
    let chips: Vec<_> = chips.collect();
    let menus = move || {
        view! {
            <FacetMenu name="status" label="Status" options=status/>
            <FacetMenu name="type" label="Type" options=kinds/>
        }
    };
    view! {
        <FilterBar action=links::AGENTS label="Filter agents" search kept active menus>
            <div class="f-active">
                {chips}
                <span class="f-found" role="status">
                    <b>{format::number(found)}</b>
                    " found"
                </span>
            </div>
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

fn none_found() -> impl IntoView {
    view! {
        <section class="panel" aria-label="Agents">
            <EmptyState
                icon=IconName::SearchX
                title="No agent is like that"
                text="Nothing that is known has all of these filters."
            >
                <a class="btn" data-size="sm" href=links::AGENTS>
                    "Show all"
                </a>
            </EmptyState>
        </section>
    }
}
