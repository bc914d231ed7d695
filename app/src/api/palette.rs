//! What the command palette finds: places by name, tasks by their words.

use domain::{
    id::{ProductId, TaskId},
    query::{Direction, Page, PageRequest, Sort, SortKey, TaskFilter, TaskQuery},
    task::TaskStatus,
};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

use crate::api::{ApiError, codec::Answer};

/// What a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PlaceKind {
    /// A product's page.
    Product,
    /// The page of an agent, tool, integration or runner.
    Agent,
    /// A saved view of the ledger.
    View,
}

/// A place that can be gone to by its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// What it is.
    pub kind: PlaceKind,
    /// What it is called.
    pub name: String,
    /// What else tells it apart: a category, an id.
    pub note: String,
    /// Where it is.
    pub href: String,
}

/// A task, in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskHit {
    /// Its id.
    pub id: TaskId,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub status: TaskStatus,
    /// The name of its product, or its id where the product was never named.
    pub product: String,
}

/// The tasks that have those words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TaskHits {
    /// Those that moved last.
    pub tasks: Vec<TaskHit>,
    /// How many there are.
    pub total: u64,
    /// How long the store took to answer, in milliseconds.
    pub took_ms: u64,
}

/// How many tasks the palette shows.
const TASKS: u32 = 6;

/// All products, workers and saved views: bounded by what a founder has.
#[server(name = PlacesFn, prefix = "/api/ui", endpoint = "palette/places", input = GetUrl, output = Answer)]
pub async fn places() -> Result<Vec<Place>, ApiError> {
    use crate::links;

    let hermes = super::hermes()?;
    let all = PageRequest { page: 1, per_page: u32::MAX };
    let products = super::answer(hermes.products(all).await)?.items.into_iter().map(|product| Place {
        kind: PlaceKind::Product,
        note: product.category.map_or_else(String::new, |category| category.label().to_owned()),
        href: links::product(&product.slug),
        name: product.name,
    });
    let workers = super::answer(hermes.workers().await)?.workers.workers;
    let workers = workers.into_iter().map(|worker| Place {
        kind: PlaceKind::Agent,
        note: worker.kind.map_or_else(String::new, |kind| kind.label().to_owned()),
        href: links::agent(&worker.id),
        name: worker.name,
    });
    let views = super::answer(hermes.views().await)?.into_iter().map(|view| Place {
        kind: PlaceKind::View,
        href: links::ledger(&view.query),
        note: String::new(),
        name: view.name,
    });
    Ok(products.chain(workers).chain(views).collect())
}

/// What is asked of the ledger for those words.
pub(crate) fn hits_query(q: String) -> TaskQuery {
    TaskQuery {
        filter: TaskFilter { q, ..TaskFilter::default() },
        sort: vec![Sort { key: SortKey::Activity, direction: Direction::Descending }],
        page: PageRequest { page: 1, per_page: TASKS },
    }
}

/// What was found. `name` is what people call a product.
pub(crate) fn hits(
    found: Page<mirror::Row>,
    name: impl Fn(&ProductId) -> Option<String>,
    took_ms: u64,
) -> TaskHits {
    let hit = |task: mirror::Row| TaskHit {
        product: name(&task.product_id).unwrap_or_else(|| task.product_id.to_string()),
        id: task.id,
        title: task.title,
        status: task.status,
    };
    TaskHits { total: found.total, tasks: found.items.into_iter().map(hit).collect(), took_ms }
}

/// The tasks with those words, as the ledger finds them, those that moved last first.
#[server(name = TaskHitsFn, prefix = "/api/ui", endpoint = "palette/tasks", input = GetUrl, output = Answer)]
pub async fn task_hits(#[server(default)] q: String) -> Result<TaskHits, ApiError> {
    let hermes = super::hermes()?;
    let began = std::time::Instant::now();
    let found = super::answer(hermes.tasks(&hits_query(q)).await)?;
    let took_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    let ids: Vec<_> = found.items.iter().map(|task| task.product_id.clone()).collect();
    let products = super::answer(hermes.products_by_id(&ids).await)?;
    let name = |id: &ProductId| Some(products.iter().find(|product| product.id == *id)?.name.clone());
    Ok(hits(found.map(mirror::Row::from), name, took_ms))
}
