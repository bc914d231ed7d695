//! What `/hermes/tasks` shows.

pub(crate) mod facets;
pub(crate) mod presets;

use chrono::{DateTime, Utc};
use domain::{event::EventLevel, id::TaskId, query::Page, view::View, zone::Zone};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

use crate::{
    api::{ApiError, codec::Answer, overview::ProductRef},
    components::filter_bar::FacetOption,
};

pub use mirror::Row;

/// A property that can be filtered by, with its values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facet {
    /// Its name in the address.
    pub key: String,
    /// Its values, in their order.
    pub options: Vec<FacetOption>,
}

/// A view that everyone has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preset {
    /// What it is called.
    pub name: String,
    /// What it asks for.
    pub query: String,
    /// How many tasks it shows.
    pub count: u64,
}

/// Who found the rows of a page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Answered {
    /// The server.
    #[default]
    Server,
    /// This browser, in what it holds.
    Here,
    /// The server, since there are more tasks than a browser holds: so many.
    Beyond(u64),
}

/// What `/hermes/tasks` shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TasksPage {
    /// The rows of the page.
    pub rows: Page<Row>,
    /// How many tasks there are, whatever the filters.
    pub all: u64,
    /// How long it took to find them, in milliseconds.
    pub took_ms: u64,
    /// Who found them.
    pub answered: Answered,
    /// The properties to filter by, in the order of the filter bar.
    pub facets: Vec<Facet>,
    /// The products that rows name.
    pub products: Vec<ProductRef>,
    /// The views that everyone has.
    pub presets: Vec<Preset>,
    /// The founder's own views, in their order.
    pub views: Vec<View>,
    /// Whether single keys act, as the settings say.
    pub single_keys: bool,
    /// The server's time.
    pub now: DateTime<Utc>,
    /// The founder's time zone.
    pub zone: Zone,
}

/// Something that happened to a task, in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Happening {
    /// When.
    pub at: DateTime<Utc>,
    /// How it is to be read.
    pub level: EventLevel,
    /// What happened.
    pub message: String,
}

/// What an opened row shows of its task.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each field is documented on TaskRecord and RunRecord")]
pub struct Excerpt {
    pub description: Option<String>,
    pub blocker_reason: Option<String>,
    pub summary: Option<String>,
    pub result: Option<String>,
    pub error: Option<String>,
    /// The last events, the oldest first.
    pub events: Vec<Happening>,
    /// How many events there are.
    pub total_events: u64,
    /// How often it was tried.
    pub runs: u64,
    pub branch: Option<String>,
    pub commit: Option<String>,
    pub pr_url: Option<String>,
    pub deployment_url: Option<String>,
    pub model: Option<String>,
    pub cost_usd: Option<f64>,
    pub cost_status: Option<String>,
}

/// What `/hermes/tasks` shows. `query` is what stands behind its `?`, without what is about the page alone.
#[server(name = TasksPageFn, prefix = "/api/ui", endpoint = "tasks", input = GetUrl, output = Answer)]
pub async fn tasks_page(#[server(default)] query: String) -> Result<TasksPage, ApiError> {
    use domain::{id::ProductId, query::TaskFilter};

    let hermes = super::hermes()?;
    let query =
        domain::query::TaskQuery::parse(&query).map_err(|error| ApiError::Invalid(error.to_string()))?;
    let began = std::time::Instant::now();
    let ledger = super::answer(hermes.ledger(&query).await)?;
    let took_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    let name = |id: &ProductId| Some(ledger.products.iter().find(|product| product.id == *id)?.name.clone());
    let facets = facets::facets(&ledger.facets, &query.filter, name);
    let shown = |id: &ProductId| ledger.page.items.iter().any(|task| task.product_id == *id);
    let products = ledger.products.iter().filter(|product| shown(&product.id));
    let products = products
        .map(|product| ProductRef {
            id: product.id.clone(),
            name: product.name.clone(),
            slug: product.slug.clone(),
        })
        .collect();
    let everything = super::answer(hermes.facets(&TaskFilter::default()).await)?;
    let urgent = super::answer(hermes.facets(&presets::urgent()).await)?.total;
    Ok(TasksPage {
        all: ledger.all,
        took_ms,
        answered: Answered::Server,
        facets,
        products,
        rows: ledger.page.map(Row::from),
        presets: presets::presets(&everything, urgent),
        views: super::answer(hermes.views().await)?,
        single_keys: super::answer(hermes.settings().await)?.single_key_shortcuts,
        now: hermes.now(),
        zone: super::answer(hermes.zone().await)?,
    })
}

/// Events that an opened row shows.
#[cfg(feature = "ssr")]
const LAST_EVENTS: u32 = 5;

/// What an opened row shows of its task; `None` where no line ever named it.
#[server(name = ExcerptFn, prefix = "/api/ui", endpoint = "tasks/excerpt", input = GetUrl, output = Answer)]
pub async fn excerpt(id: TaskId) -> Result<Option<Excerpt>, ApiError> {
    use domain::{query::PageRequest, task::TaskStatus};

    let hermes = super::hermes()?;
    let Some(task) = super::answer(hermes.task(&id).await)? else { return Ok(None) };
    let page = |page| PageRequest { page, per_page: LAST_EVENTS };
    let mut events =
        super::answer(hermes.events(&id, page(1)).await)?.map_or_else(Vec::new, |first| vec![first]);
    let total_events = events.first().map_or(0, |first| first.total);
    // They come in pages, the oldest first: the last ones stand on the last two.
    let last = u32::try_from(total_events.div_ceil(LAST_EVENTS.into())).unwrap_or(u32::MAX);
    for number in last.saturating_sub(1).max(2)..=last {
        events.extend(super::answer(hermes.events(&id, page(number)).await)?);
    }
    let mut events: Vec<_> = events.into_iter().flat_map(|page| page.items).collect();
    let events = events.split_off(events.len().saturating_sub(LAST_EVENTS as usize));
    let happening = |event: domain::event::Event| Happening {
        at: event.timestamp,
        level: event.level,
        message: event.message,
    };
    let runs = super::answer(
        hermes.runs(&id, PageRequest { page: 1, per_page: domain::query::MAX_PER_PAGE }).await,
    )?;
    let total_runs = runs.as_ref().map_or(0, |runs| runs.total);
    let mut told = Excerpt {
        description: task.description,
        // What once stood in the way, or went wrong before it came out well, is for the task's own page.
        blocker_reason: task.blocker_reason.filter(|_| task.status == TaskStatus::Blocked),
        summary: task.summary,
        result: task.result,
        error: task.error.filter(|_| task.status != TaskStatus::Completed),
        events: events.into_iter().map(happening).collect(),
        total_events,
        runs: total_runs,
        ..Excerpt::default()
    };
    // The latest run that told a fact counts.
    for run in runs.into_iter().flat_map(|runs| runs.items) {
        told.branch = run.branch_name.or(told.branch);
        told.commit = run.commit_sha.or(told.commit);
        told.pr_url = run.pr_url.or(told.pr_url);
        told.deployment_url = run.deployment_url.or(told.deployment_url);
        told.model = run.model.or(told.model);
        if let Some(cost) = run.metrics.as_ref().and_then(|metrics| metrics.get("costUsd")) {
            told.cost_usd = Some(told.cost_usd.unwrap_or(0.0) + cost);
            told.cost_status = run.cost_status;
        }
    }
    Ok(Some(told))
}
