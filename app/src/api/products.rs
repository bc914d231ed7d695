//! What `/hermes/products` and a product's page show, and the forms by which the founder has his say.

#[cfg(feature = "ssr")]
mod form;
#[cfg(feature = "ssr")]
mod sheet;

use chrono::{DateTime, Utc};
use domain::{
    attention::AttentionItem,
    facts::product_work::ProductWork,
    id::{AgentId, ProductId, TaskId},
    insight::portfolio::ProductInsight,
    product::Product,
    registry::{ProductChange, ProductEdit},
    settings::Rules,
    task::{Priority, TaskStatus},
    zone::Zone,
};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

use crate::api::{ApiError, codec::Answer, overview::ProductRef};

/// What `/hermes/products` shows: all of it, so that the browser filters and sorts by itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProductsPage {
    /// The products, by name, without their descriptions.
    pub products: Vec<ProductInsight>,
    /// How many tasks belong to none.
    pub without_product: u64,
    /// The thresholds that the insights were made with.
    pub rules: Rules,
    /// The server's time.
    pub now: DateTime<Utc>,
    /// The founder's time zone.
    pub zone: Zone,
}

/// A task on a product's page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TaskLine {
    /// Which one.
    pub id: TaskId,
    /// What it is called.
    pub title: String,
    /// Where it stands.
    pub status: TaskStatus,
    /// How much it matters.
    pub priority: Option<Priority>,
    /// When it ended, or was last spoken of.
    pub at: DateTime<Utc>,
    /// What stands in its way, what failed, or what it does.
    pub note: Option<String>,
}

/// Some tasks, and how many there are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TaskLines {
    /// The first of them.
    pub items: Vec<TaskLine>,
    /// How many there are.
    pub total: u64,
}

/// What a product's page shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProductSheet {
    /// The product with its health, momentum and figures.
    pub insight: ProductInsight,
    /// The same product as telemetry alone tells it.
    pub told: Product,
    /// What the founder says of it.
    pub edit: ProductEdit,
    /// The products that were merged into it.
    pub merged: Vec<ProductRef>,
    /// Its open tasks.
    pub open: TaskLines,
    /// Its failed tasks.
    pub failed: TaskLines,
    /// Its completed tasks.
    pub completed: TaskLines,
    /// Its deployments, its commits, who worked on it, what it cost.
    pub work: ProductWork,
    /// The names of those that worked on it, as far as they are known.
    pub agents: Vec<(AgentId, String)>,
    /// What of it needs the founder.
    pub attention: Vec<AttentionItem>,
    /// What the founder did to it, the latest first.
    pub log: Vec<ProductChange>,
    /// How many entries there are.
    pub log_total: u64,
    /// The products that it can be merged into, by name.
    pub others: Vec<(ProductId, String)>,
    /// The thresholds that the insights were made with.
    pub rules: Rules,
    /// The server's time.
    pub now: DateTime<Utc>,
    /// The founder's time zone.
    pub zone: Zone,
    /// The entry that a form has just made.
    pub changed: Option<ProductChange>,
    /// Whether the name that was asked for is another product's name by now: this one's address is another.
    pub moved: bool,
}

/// What `/hermes/products` shows.
#[server(name = ProductsPageFn, prefix = "/api/ui", endpoint = "products", input = GetUrl, output = Answer)]
pub async fn products_page() -> Result<ProductsPage, ApiError> {
    let hermes = super::hermes()?;
    let portfolio = super::answer(hermes.portfolio().await)?;
    let zone = super::answer(hermes.zone().await)?;
    Ok(sheet::portfolio(portfolio, hermes.now(), zone))
}

/// What a product's page shows. A name that is not that of the product any more leads to the one that it became.
#[server(name = ProductSheetFn, prefix = "/api/ui", endpoint = "product", input = GetUrl, output = Answer)]
pub async fn product_sheet(
    name: String,
    #[server(default)] changed: Option<u64>,
) -> Result<ProductSheet, ApiError> {
    let hermes = super::hermes()?;
    let unknown = || service::ServiceError::NotFound(format!("there is no product `{name}`"));
    let file = super::answer(hermes.product_file(&name).await.and_then(|file| file.ok_or_else(unknown)))?;
    if file.found.moved {
        lead_on(&file.found.product.slug);
    }
    let changed = match changed {
        Some(id) => super::answer(hermes.product_change(id).await)?,
        None => None,
    };
    let zone = super::answer(hermes.zone().await)?;
    Ok(sheet::sheet(file, changed, hermes.now(), zone))
}

/// Leads whoever asks for a page to that of the product that the asked one became. The client reads the answer, and goes on by
/// itself: it may have asked before anybody wants the page.
#[cfg(feature = "ssr")]
fn lead_on(slug: &str) {
    use http::{StatusCode, request::Parts};

    let is_page = use_context::<Parts>().is_some_and(|parts| !parts.uri.path().starts_with("/api/"));
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>().filter(|_| is_page) {
        leptos_axum::redirect(&crate::links::product(slug));
        response.set_status(StatusCode::FOUND);
    }
}

/// What the form of a product says: every field as it is to be.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "each is the field of that name of ProductEdit, as text")]
pub struct EditForm {
    pub name: String,
    pub description: String,
    pub category: String,
    pub priority: String,
    pub status: String,
    pub repo_url: String,
    pub production_url: String,
    pub staging_url: String,
    pub owner: String,
    pub tags: String,
}

impl EditForm {
    /// What the fields say of a product as it is shown.
    pub fn of(product: &Product) -> Self {
        let text = |text: Option<&String>| text.cloned().unwrap_or_default();
        Self {
            name: product.name.clone(),
            description: text(product.description.as_ref()),
            category: product.category.map(|category| category.to_string()).unwrap_or_default(),
            priority: product.priority.map(|priority| priority.to_string()).unwrap_or_default(),
            status: product.status.map(|status| status.to_string()).unwrap_or_default(),
            repo_url: text(product.repo_url.as_ref()),
            production_url: text(product.production_url.as_ref()),
            staging_url: text(product.staging_url.as_ref()),
            owner: text(product.owner.as_ref()),
            tags: product.tags.join(", "),
        }
    }

    /// The fields, each by its name in the form.
    pub fn fields(self) -> [(&'static str, String); 10] {
        [
            ("name", self.name),
            ("description", self.description),
            ("category", self.category),
            ("priority", self.priority),
            ("status", self.status),
            ("repo_url", self.repo_url),
            ("production_url", self.production_url),
            ("staging_url", self.staging_url),
            ("owner", self.owner),
            ("tags", self.tags),
        ]
    }
}

/// Says what a product is. Only fields that differ from what the form was made with (`was`), and from what is shown, are said: what
/// changed while it was written stays.
#[server(name = EditProductFn, prefix = "/api/ui", endpoint = "edit-product", output = Answer)]
pub async fn edit_product(
    product: String,
    edit: EditForm,
    #[server(default)] was: Option<EditForm>,
) -> Result<(), ApiError> {
    let hermes = super::hermes()?;
    let done = form::edit(&hermes, &product, edit, was).await;
    form::lead_back(&crate::links::product(&product), "edit", done)
}

/// Merges a product into another.
#[server(name = MergeProductFn, prefix = "/api/ui", endpoint = "merge-product", output = Answer)]
pub async fn merge_product(product: String, into: String) -> Result<(), ApiError> {
    let hermes = super::hermes()?;
    let done = hermes.merge_product(&product, &into, &super::way_back::sender()).await;
    let back = if done.is_ok() { &into } else { &product };
    form::lead_back(&crate::links::product(back), "merge", done)
}

/// Takes an edit or a merge back.
#[server(name = UndoProductFn, prefix = "/api/ui", endpoint = "undo-product", output = Answer)]
pub async fn undo_product(id: u64, product: String) -> Result<(), ApiError> {
    let hermes = super::hermes()?;
    let done = hermes.undo_product_change(id, &super::way_back::sender()).await;
    form::lead_back(&crate::links::product(&product), "log", done)
}
