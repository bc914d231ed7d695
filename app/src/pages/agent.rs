//! `/hermes/agents/:id`: one agent, tool, integration or runner.

use domain::insight::agent_health::{WorkerDetail, WorkerKind};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::{ahead::agent_question, decided::parameter};
use crate::{
    api::{
        ApiError,
        agents::{self, agent_page},
    },
    components::{
        AgentAttention, AgentErrors, AgentFacts, AgentTasks, AgentTools, AgentWeek, EmptyState, ErrorState,
        JobsTable, LoadingSkeleton,
        decide::{RefusedNotice, UndoNotice},
    },
    links,
    state::live::{Pace, Topics, followed},
    state::{Ahead, Clock},
    ui::IconName,
};

/// `/hermes/agents/:id`
#[component]
pub fn AgentPage() -> impl IntoView {
    let params = use_params_map();
    let (decided, refused) = (parameter("decided"), parameter("refused"));
    // What was just decided is part of the question: the page is another after it.
    let asked = Memo::new(move |_| {
        let id = params.with(|params| params.get("id").unwrap_or_default());
        (id, decided.get().and_then(|entry| entry.parse().ok()), refused.get())
    });
    let ahead = use_context::<Ahead>();
    let page = followed(
        move || asked.get(),
        move |(id, decided, _)| {
            let question = decided.is_none().then(|| agent_question(&id));
            Ahead::answer(ahead, question, agent_page(id, decided))
        },
        Topics::FIGURES,
        Pace::AtOnce,
    );
    let body = move || {
        Suspend::new(async move {
            match page.await {
                Ok(page) => view! { <Agent page/> }.into_any(),
                Err(ApiError::NotFound) => unknown().into_any(),
                Err(error) => view! {
                    <section class="panel" aria-label="Agent">
                        <ErrorState what="The agent" unaffected="What it does goes on." error/>
                    </section>
                }
                .into_any(),
            }
        })
    };
    view! {
        <Title text="Agent"/>
        <Transition fallback=|| {
            view! {
                <div class="panel">
                    <LoadingSkeleton label="the agent" rows=6/>
                </div>
            }
        }>{move || refused.get().map(|why| view! { <RefusedNotice why/> })} {body}</Transition>
    }
}

fn unknown() -> impl IntoView {
    view! {
        <section class="panel" aria-label="Agent">
            <EmptyState
                icon=IconName::SearchX
                title="No agent of this name is known"
                text="No line of telemetry ever named it: the address may be mistyped, or belong to another store."
            >
                <a class="btn" data-size="sm" href=links::AGENTS>
                    "All agents and tools"
                </a>
            </EmptyState>
        </section>
    }
}

#[component]
fn Agent(page: agents::AgentPage) -> impl IntoView {
    provide_context(Clock::start(page.now, page.zone));
    let products = StoredValue::new(page.products);
    let WorkerDetail { worker, week, days, open, failed, completed, tools, errors, jobs, attention, .. } =
        page.detail.clone();
    let back = links::agent(&worker.id);
    let made = page.decided.map(|entry| {
        let can_undo = entry.can_be_undone(page.now);
        view! { <UndoNotice entry can_undo back=back.clone()/> }
    });
    let scheduler = worker.kind == Some(WorkerKind::Scheduler);
    let total = jobs.len() as u64;
    let jobs = scheduler.then(|| view! { <JobsTable jobs total late=page.late products/> });
    view! {
        {made}
        <AgentFacts detail=page.detail/>
        <AgentAttention items=attention back/>
        <AgentWeek days week/>
        <div class="split" data-cols="7-5">
            <AgentTasks id=worker.id open failed completed/>
            <div class="agent-side">
                <AgentErrors errors/>
                <AgentTools tools/>
            </div>
        </div>
        {jobs}
    }
}
