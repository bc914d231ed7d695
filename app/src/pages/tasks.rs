//! `/hermes/tasks`: every task, searched, filtered and sorted. All of its state stands in the address.

use std::sync::Arc;

use domain::{id::TaskId, query::QueryError, zone::Zone};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_location, use_query_map};

use super::once_ready::once_ready;
use crate::{
    api::{
        ApiError,
        tasks::{self, excerpt, tasks_page},
    },
    components::{
        ErrorState, LedgerFilters, LedgerViews, LoadingSkeleton, TaskLedger,
        ledger_filters::Found,
        ledger_views::view_forms::ViewOutcome,
        task_ledger::{Listed, keys::ledger_keys},
    },
    ledger::{Address, dropped},
    links,
    state::live::{Pace, Topics, followed},
    state::{Changes, Clock, Mirror, SingleKeys, here},
    ui::{Icon, IconName, RowOwner, close_menus},
};

/// What a form about views told, as the address carries it.
type Told = (Option<String>, Option<String>, Option<String>);

/// What a form told, as one word; nothing where none was sent.
fn told_by(told: &Told) -> String {
    if *told == Told::default() { String::new() } else { format!("{told:?}") }
}

/// `/hermes/tasks`
#[component]
pub fn TasksPage() -> impl IntoView {
    let (search, parameters) = (use_location().search, use_query_map());
    let address = here(links::TASKS, move || {
        let parameter = |name| parameters.with(|parameters| parameters.get(name));
        search
            .with(|search| Address::read(search, parameter("cols").as_deref(), parameter("open").as_deref()))
    });
    let told: Memo<Told> = here(links::TASKS, move || {
        parameters.with(|parameters| {
            (parameters.get("saved"), parameters.get("deleted"), parameters.get("refused"))
        })
    });
    // Columns and the open row are no part of what the store is asked; what a form changed is.
    let asked =
        Memo::new(move |_| address.with(|address| address.as_ref().ok().map(|address| address.query.text())));
    let mirror = use_context::<Mirror>();
    let page = followed(
        move || (asked.get(), told.get()),
        move |(asked, told)| async move {
            let Some(query) = asked else { return Ok(None) };
            let page = match mirror {
                Some(mirror) => mirror.tasks_page(query.clone(), &told_by(&told)).await,
                None => tasks_page(query.clone()).await,
            };
            page.map(|page| Some((query, page)))
        },
        Topics::TASKS.and(Topics::PRODUCTS).and(Topics::VIEWS).and(Topics::SETTINGS),
        Pace::AtOnce,
    );
    let open = Memo::new(move |_| address.with(|address| address.as_ref().ok()?.open.clone()));
    let opened = followed(move || open.get(), opened, Topics::TASKS, Pace::AtOnce);
    close_menus();
    ledger_keys(move || {
        page.with_untracked(|page| matches!(page, Some(Ok(Some((_, page)))) if page.single_keys))
    });
    // Made once, inside the boundary that waits for the first answer: what changes later is told by signals, so that open
    // menus stay open and a field that is typed in keeps the focus.
    let body = move || {
        let answer: Memo<Option<Answer>> = Memo::new(move |_| {
            let shared = |(query, page)| (query, Arc::new(page));
            page.get().map(|answer| answer.map(|found| found.map(shared)))
        });
        let state = Memo::new(move |_| match (address.get(), answer.get()) {
            (Err(error), _) => State::NotUnderstood(error),
            (Ok(_), Some(Ok(Some((_, page))))) => State::Ledger(page.zone.clone()),
            (Ok(_), Some(Err(error))) => State::Failed(error),
            // Nothing yet, or the answer to an address that was not understood a moment ago.
            (Ok(_), _) => State::Waiting,
        });
        let asked = Memo::new(move |_| address.get().unwrap_or_default());
        // The rows that stand: until the answer comes, those before it, in the columns that are chosen now.
        let listed = Memo::new(move |was: Option<&Option<Listed>>| {
            let was = was.and_then(Option::as_ref);
            let Some(Ok(Some((query, page)))) = answer.get() else { return was.cloned() };
            let mut stands = Address { open: None, ..asked.get() };
            if let Some(was) = was.filter(|_| stands.query.text() != query) {
                stands.query = was.stands.query.clone();
            }
            Some(Listed { page, stands })
        });
        move || match state.get() {
            State::NotUnderstood(error) => {
                view! { <NotUnderstood error search=search.get_untracked()/> }.into_any()
            }
            State::Ledger(_) => listed
                .get_untracked()
                .map(|first| view! { <Ledger first listed address=asked opened told/> })
                .into_any(),
            State::Failed(error) => view! { <Failed error/> }.into_any(),
            State::Waiting => ().into_any(),
        }
    };
    view! {
        <Title text="Tasks"/>
        <Transition fallback=|| {
            view! {
                <div class="panel">
                    <LoadingSkeleton label="the tasks" rows=12/>
                </div>
            }
        }>{once_ready([page.ready(), opened.ready()], body)}</Transition>
    }
}

/// What stands on the page.
#[derive(Debug, Clone, PartialEq)]
enum State {
    NotUnderstood(QueryError),
    /// The tasks. In another time zone all moments are told anew.
    Ledger(Zone),
    Failed(ApiError),
    Waiting,
}

/// What the server, or the mirror, says: the question and its answer; `None` where the address asks for what does not exist.
type Answer = Result<Option<(String, Arc<tasks::TasksPage>)>, ApiError>;

/// The open row and what it shows.
type Opened = Result<Option<(TaskId, Option<tasks::Excerpt>)>, ApiError>;

async fn opened(id: Option<TaskId>) -> Opened {
    let Some(id) = id else { return Ok(None) };
    let told = excerpt(id.clone()).await?;
    Ok(Some((id, told)))
}

#[component]
fn Ledger(
    first: Listed,
    /// What stands; `None` while that cannot be told, when what stood before still does.
    listed: Memo<Option<Listed>>,
    address: Memo<Address>,
    opened: Resource<Opened>,
    told: Memo<Told>,
) -> impl IntoView {
    provide_context(Clock::start(first.page.now, first.page.zone.clone()));
    provide_context(SingleKeys(first.page.single_keys));
    RowOwner::provide();
    // Made here, as is the excerpt: rows outlive each table, and so must what they follow.
    let listed =
        Memo::new(move |was: Option<&Listed>| listed.get().unwrap_or_else(|| was.unwrap_or(&first).clone()));
    let found = Memo::new(move |_| {
        listed.with(|Listed { page, .. }| Found {
            facets: page.facets.clone(),
            total: page.rows.total,
            all: page.all,
            took_ms: page.took_ms,
            answered: page.answered,
        })
    });
    let views = Memo::new(move |_| listed.with(|listed| listed.page.views.clone()));
    let presets = Memo::new(move |_| listed.with(|listed| listed.page.presets.clone()));
    let outcome = move || {
        let (saved, deleted, refused) = told.get();
        let saved = saved.and_then(|id| {
            let id: u64 = id.parse().ok()?;
            views.with(|views| views.iter().find(|view| view.id == id).map(|view| view.name.clone()))
        });
        view! { <ViewOutcome saved deleted=deleted.is_some() refused/> }
    };
    let changes = Changes::here();
    let answered = Memo::new(move |_| listed.with(|listed| Arc::clone(&listed.page)));
    Effect::new(move || {
        answered.get();
        changes.settle();
    });
    let excerpt = Memo::new(move |_| {
        let open = address.with(|address| address.open.clone())?;
        // Where it does not load, the row says that no more is known; the list stands.
        let (id, told) = opened.get().and_then(Result::ok).flatten()?;
        told.filter(|_| id == open)
    });
    view! {
        {outcome}
        <LedgerViews presets views address/>
        <LedgerFilters found address/>
        <TaskLedger listed address excerpt/>
    }
    .into_any()
}

/// The address asks for what does not exist: which parameter, why, and the way on without it.
#[component]
fn NotUnderstood(error: QueryError, search: String) -> impl IntoView {
    let without = dropped(&search, &error.field);
    let drop = format!("Leave {} out", crate::format::plain(&error.field));
    let why = format!("{}: {}", crate::format::plain(&error.field), crate::format::plain(&error.reason));
    view! {
        <section class="panel" aria-label="Tasks">
            <div class="empty" data-tone="danger" role="alert">
                <span class="empty-mark">
                    <Icon name=IconName::OctagonAlert size=20/>
                </span>
                <p class="empty-title">"This filter is not understood"</p>
                <p>
                    <bdi>{why}</bdi>
                    ". No task is shown, since a filter that is passed over would show the wrong ones."
                </p>
                <div class="row row-wrap">
                    <a class="btn" data-size="sm" href=without>
                        {drop}
                    </a>
                    <a class="btn" data-variant="ghost" data-size="sm" href=links::TASKS>
                        "All tasks"
                    </a>
                </div>
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn Failed(error: ApiError) -> impl IntoView {
    view! {
        <section class="panel" aria-label="Tasks">
            <ErrorState
                what="The list of tasks"
                unaffected="What Hermes reported is not affected: what was acknowledged is stored."
                error
            />
        </section>
    }
    .into_any()
}
