//! `/hermes/tasks`: every task, searched, filtered and sorted. All of its state stands in the address.

use domain::{id::TaskId, query::QueryError};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_location, use_query_map};

use crate::{
    api::{
        ApiError,
        tasks::{self, excerpt, tasks_page},
    },
    components::{
        ErrorState, LedgerFilters, LedgerViews, LoadingSkeleton, TaskLedger, ledger_filters::Found,
        ledger_views::view_forms::ViewOutcome, task_ledger::keys::ledger_keys,
    },
    ledger::{Address, dropped},
    links,
    state::live::{Pace, Topics, followed},
    state::{Changes, Clock, Mirror, SingleKeys, here},
    ui::{Icon, IconName, RowOwner, Slots, close_menus},
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
        let answer = Memo::new(move |_| page.get());
        let state = Memo::new(move |_| match (address.get(), answer.get()) {
            (Err(error), _) => State::NotUnderstood(error),
            (Ok(_), Some(Ok(Some(_)))) => State::Ledger,
            (Ok(_), Some(Err(error))) => State::Failed(error),
            // Nothing yet, or the answer to an address that was not understood a moment ago.
            (Ok(_), _) => State::Waiting,
        });
        let answered = Memo::new(move |_| answer.get().and_then(Result::ok).flatten());
        let ledger = Memo::new(move |_| answered.get().map(|(_, page)| page));
        let asked = Memo::new(move |_| address.get().unwrap_or_default());
        // The address of the rows that stand: until the answer comes, of those before it, in the columns that are chosen now.
        let stands = Memo::new(move |was: Option<&Address>| {
            let now = Address { open: None, ..asked.get() };
            let text = now.query.text();
            let is_answered =
                answered.with(|answered| answered.as_ref().is_some_and(|(query, _)| *query == text));
            match was {
                Some(was) if !is_answered => Address { query: was.query.clone(), ..now },
                _ => now,
            }
        });
        move || match state.get() {
            State::NotUnderstood(error) => {
                view! { <NotUnderstood error search=search.get_untracked()/> }.into_any()
            }
            State::Ledger => view! { <Ledger page=ledger address=asked stands opened told/> }.into_any(),
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
        }>{body()}</Transition>
    }
}

/// What stands on the page.
#[derive(Debug, Clone, PartialEq)]
enum State {
    NotUnderstood(QueryError),
    Ledger,
    Failed(ApiError),
    Waiting,
}

/// The open row and what it shows.
type Opened = Result<Option<(TaskId, Option<tasks::Excerpt>)>, ApiError>;

async fn opened(id: Option<TaskId>) -> Opened {
    let Some(id) = id else { return Ok(None) };
    let told = excerpt(id.clone()).await?;
    Ok(Some((id, told)))
}

#[component]
fn Ledger(
    page: Memo<Option<tasks::TasksPage>>,
    address: Memo<Address>,
    /// What the rows of `page` are the answer to.
    stands: Memo<Address>,
    opened: Resource<Opened>,
    told: Memo<Told>,
) -> impl IntoView {
    page.with_untracked(|page| {
        if let Some(page) = page {
            provide_context(Clock::start(page.now, page.zone.clone()));
        }
        provide_context(SingleKeys(page.as_ref().is_some_and(|page| page.single_keys)));
    });
    RowOwner::provide();
    let names = StoredValue::new(Vec::new());
    let found = Memo::new(move |_| {
        page.with(|page| {
            let page = page.as_ref()?;
            let (facets, total) = (page.facets.clone(), page.rows.total);
            Some(Found { facets, total, all: page.all, took_ms: page.took_ms, answered: page.answered })
        })
        .unwrap_or_default()
    });
    let outcome = move || {
        let (saved, deleted, refused) = told.get();
        let saved = saved.and_then(|id| {
            let id: u64 = id.parse().ok()?;
            page.with(|page| {
                page.as_ref()?.views.iter().find(|view| view.id == id).map(|view| view.name.clone())
            })
        });
        view! { <ViewOutcome saved deleted=deleted.is_some() refused/> }
    };
    let presets = Memo::new(move |_| {
        page.with(|page| page.as_ref().map(|page| page.presets.clone())).unwrap_or_default()
    });
    let views = Memo::new(move |_| {
        page.with(|page| page.as_ref().map(|page| page.views.clone())).unwrap_or_default()
    });
    let changes = Changes::here();
    Effect::new(move || {
        page.track();
        changes.settle();
    });
    let excerpt = Memo::new(move |_| {
        let open = address.with(|address| address.open.clone())?;
        // Where it does not load, the row says that no more is known; the list stands.
        let (id, told) = opened.get().and_then(Result::ok).flatten()?;
        told.filter(|_| id == open)
    });
    // Made here: rows outlive each table, and so must what they follow.
    let (asked, excerpt): (Signal<Address>, Signal<Option<tasks::Excerpt>>) =
        (address.into(), excerpt.into());
    let rows = Memo::new(move |_| {
        page.with(|page| page.as_ref().map(|page| (page.rows.clone(), page.all, page.products.clone())))
    });
    let slots = Slots::default();
    let table = move || {
        let (rows, all, products) = rows.get()?;
        names.set_value(products);
        let stands = StoredValue::new(stands.get());
        Some(view! { <TaskLedger rows all products=names stands address=asked excerpt slots=slots.clone()/> })
    };
    view! {
        {outcome}
        <LedgerViews presets views address/>
        <LedgerFilters found address/>
        {table}
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
