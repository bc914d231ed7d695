//! `/hermes/tasks/:id`: one task, what was done for it, its log and what it taught.

use chrono::{DateTime, Utc};
use domain::id::TaskId;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{ahead::task_question, decided::Outcome};
use crate::{
    api::{
        overview::ProductRef,
        task::{self, Ask, TABS, Tab, TabView, task_page},
        tasks::Row,
    },
    components::{
        Age, Ago, Elsewhere, EmptyState, ErrorState, Inferred, LoadingSkeleton, PriorityBadge, ProductLink,
        TaskAttention, TaskExecution, TaskLearning, TaskLogs, TaskOutcome, TaskStatusBadge, TaskSummary,
        TaskTimeline, Told,
    },
    format, links,
    state::live::{Pace, Topics, followed, listen_to_task},
    state::{Ahead, Clock, Glance, Mirror},
    ui::{Icon, IconName, Notice, TabLink, Tabs},
};

/// `/hermes/tasks/:id`
#[component]
pub fn TaskPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let ask = Memo::new(move |_| query.with(|query| Ask::read(|key| query.get(key))));
    let ahead = use_context::<Ahead>();
    let page = followed(
        move || (id.get(), ask.get()),
        move |(id, ask)| Ahead::answer(ahead, task_question(&id, &ask), task_page(id, ask)),
        Topics::THIS_TASK.and(Topics::DECISIONS).and(Topics::SETTINGS),
        Pace::AtOnce,
    );
    listen_to_task(move || id.get());
    let mirror = use_context::<Mirror>();
    let body = move || {
        Suspend::new(async move {
            match page.await {
                Ok(Some(page)) => view! { <Known page=*page ask=ask.get_untracked()/> }.into_any(),
                Ok(None) => view! { <UnknownTask id=id.get_untracked()/> }.into_any(),
                Err(error) => view! {
                    <Title text="Task"/>
                    <section class="panel" aria-label="Task">
                        <ErrorState
                            what="The task"
                            unaffected="What Hermes reports is stored all the same."
                            error
                        />
                    </section>
                }
                .into_any(),
            }
        })
    };
    view! {
        <Transition fallback=move || view! { <Preview mirror id/> }>{body}</Transition>
    }
}

#[component]
fn Known(page: task::TaskPage, ask: Ask) -> impl IntoView {
    provide_context(Clock::start(page.now, page.zone));
    let task::TaskPage {
        task,
        merged,
        owner,
        agent,
        products,
        item,
        events,
        runs,
        runs_total,
        spend,
        tab,
        decided,
        ..
    } = page;
    let products = StoredValue::new(products);
    let id = task.id.clone();
    let back = Ask { decided: None, ..ask.clone() }.link(&id);
    let tabs = TABS.map(|(of, _, name)| TabLink {
        name,
        href: Ask::tab(of).link(&id),
        current: of == ask.tab,
        count: (of == Tab::Timeline).then(|| format::number(events)),
    });
    let body = match tab {
        TabView::Timeline(timeline) => {
            view! { <TaskTimeline id=id.clone() ask timeline runs=runs.clone()/> }.into_any()
        }
        TabView::Execution(execution) => {
            view! { <TaskExecution id=id.clone() execution=*execution runs=runs.clone() runs_total spend/> }
                .into_any()
        }
        TabView::Logs(log) => view! { <TaskLogs id=id.clone() ask log/> }.into_any(),
        TabView::Learning(learning) => {
            view! { <TaskLearning task=task.clone() learning products/> }.into_any()
        }
    };
    let merged = merged.then(|| {
        view! {
            <Notice tone="accent" icon=IconName::Undo title="This address names another task.">
                "It turned out to be this one; old links keep working."
            </Notice>
        }
    });
    let needs = item.map(|item| view! { <TaskAttention item back=back.clone()/> });
    view! {
        <Title text=format::plain(&task.title).into_owned()/>
        <Head task=Row::from(task.clone()) owner agent products last=Some(task.last_activity_at)/>
        {merged}
        <Outcome entry=decided back/>
        {needs}
        <Tabs label="Parts of the task" tabs=tabs.into()/>
        <div class="task-split">
            {body}
            <div class="task-stack">
                <TaskSummary task=task.clone()/>
                <TaskOutcome runs/>
                <Elsewhere task/>
            </div>
        </div>
    }
    .into_any()
}

/// What can be told of a task before the server has answered: what this tab holds of it.
#[component]
fn Preview(mirror: Option<Mirror>, id: Memo<String>) -> impl IntoView {
    let held = mirror.zip(TaskId::new(id.get_untracked()).ok()).and_then(|(mirror, id)| mirror.task(&id));
    let head = held.map(|Glance { row, product, now, zone }| {
        provide_context(Clock::start(now, zone));
        let agent = row.agent.as_ref().map(ToString::to_string);
        let products = StoredValue::new(product.into_iter().collect());
        view! {
            <Title text=format::plain(&row.title).into_owned()/>
            <Head task=row owner=None agent products last=None/>
        }
    });
    view! {
        {head}
        <div class="panel">
            <LoadingSkeleton label="the task" rows=8/>
        </div>
    }
    .into_any()
}

#[component]
fn Head(
    task: Row,
    owner: Option<String>,
    agent: Option<String>,
    products: StoredValue<Vec<ProductRef>>,
    /// When the task was last heard of; `None` where that is yet to be told.
    last: Option<DateTime<Utc>>,
) -> impl IntoView {
    let inferred = StoredValue::new(task.inferred);
    let marked = move |field: &'static str, value: AnyView| {
        view! {
            <Inferred field inferred=inferred.get_value()>
                {value}
            </Inferred>
        }
        .into_any()
    };
    let part = |word: &'static str, field: &'static str, text: String| {
        view! {
            <span class="dotsep">
                {word}
                " "
                <span class="t2">{marked(field, view! { <Told text/> }.into_any())}</span>
            </span>
        }
    };
    let kind = task
        .task_type
        .map(|kind| view! { <span class="dotsep">{marked("type", kind.label().into_any())}</span> });
    let source = task.source.map(|source| part("by", "source", source.label().to_owned()));
    let age = task.started_at.filter(|_| task.status.is_open()).map(|at| {
        view! {
            <span class="dotsep">
                "at work for "
                <Age at/>
            </span>
        }
    });
    view! {
        <header class="task-head">
            <nav class="task-trail" aria-label="Where this is">
                <a class="quiet-link" href=links::TASKS>
                    "Tasks"
                </a>
                <Icon name=IconName::ChevronRight size=12/>
                <span class="mono t3 path">
                    <Told text=task.id.to_string()/>
                </span>
            </nav>
            <h2 class="task-title">{marked("title", view! { <Told text=task.title/> }.into_any())}</h2>
            <p class="task-meta dotted">
                {marked("status", view! { <TaskStatusBadge status=task.status/> }.into_any())}
                {marked("priority", view! { <PriorityBadge priority=task.priority/> }.into_any())}
                <span>{marked("productId", view! { <ProductLink id=task.product_id products/> }.into_any())}</span>
                {kind}
                {owner.map(|owner| part("owner", "owner", owner))}
                {agent.map(|agent| part("agent", "assignedAgent", agent))}
                {source}
                <span class="dotsep">
                    "created "
                    {marked("createdAt", view! { <Ago at=task.created_at/> }.into_any())}
                </span>
                {age}
                {last
                    .map(|last| {
                        view! {
                            <span class="dotsep">
                                "last word "
                                <Ago at=last/>
                            </span>
                        }
                    })}
            </p>
        </header>
    }
    .into_any()
}

/// Says that no line named the task, answers 404, and leads on.
#[component]
fn UnknownTask(id: String) -> impl IntoView {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
    let id = format::excerpt(&id, 120).unwrap_or_else(|| format::plain(&id).into_owned());
    view! {
        <Title text="No such task"/>
        <section class="panel" aria-label="No such task">
            <EmptyState
                icon=IconName::SearchX
                title="No task of that name is known"
                text="No line of telemetry ever named it. The link may be cut off, or its source has not been read yet."
            >
                <code class="task-unknown path">
                    <bdi>{id}</bdi>
                </code>
                <a class="btn" data-size="sm" href=links::TASKS>
                    "All tasks"
                </a>
                <a class="btn" data-size="sm" href=links::SOURCES>
                    "What is read"
                </a>
            </EmptyState>
        </section>
    }
    .into_any()
}
