//! The portfolio, one product of it, and what the founder says of products.

use domain::{
    agent::AgentStatus,
    attention::AttentionItem,
    facts::product_work::ProductWork,
    id::ProductId,
    insight::portfolio::ProductInsight,
    product::Product,
    query::{Direction, Page, PageRequest, Sort, SortKey, TaskFilter, TaskQuery},
    registry::{BadEdit, FoundProduct, ProductChange, ProductEdit},
    settings::Rules,
    task::{Task, TaskStatus},
};

use crate::{Hermes, ServiceError, error::Result};

/// How many tasks of each kind, deployments, commits and entries of its log a product's page lists.
pub const LISTED: u32 = 8;

/// The portfolio, of one moment.
#[derive(Debug, Clone)]
pub struct Portfolio {
    /// All products but the reserved one, by name; those that are archived, too.
    pub products: Vec<ProductInsight>,
    /// How many tasks belong to none.
    pub without_product: u64,
    /// The thresholds that the insights were made with.
    pub rules: Rules,
}

/// One product, and what is known of it.
#[derive(Debug, Clone)]
pub struct ProductFile {
    /// What telemetry and the founder say of it.
    pub found: FoundProduct,
    /// Its health, momentum and figures.
    pub insight: ProductInsight,
    /// Its tasks that can still change by themselves: the latest spoken of.
    pub open: Page<Task>,
    /// Those that failed: the latest.
    pub failed: Page<Task>,
    /// Those that were completed: the latest.
    pub completed: Page<Task>,
    /// Its deployments, its commits, who worked on it, what it cost.
    pub work: ProductWork,
    /// The items of the attention queue that concern it.
    pub attention: Vec<AttentionItem>,
    /// What the founder did to it: the latest.
    pub log: Page<ProductChange>,
    /// Those that worked on it, as far as they are known.
    pub agents: Vec<AgentStatus>,
    /// The products that it could be merged into: their id and name.
    pub others: Vec<(ProductId, String)>,
    /// The thresholds that the insights were made with.
    pub rules: Rules,
}

impl Hermes {
    /// The portfolio with its insights.
    pub async fn portfolio(&self) -> Result<Portfolio> {
        let moment = self.moment().await?;
        let none = moment.facts.product_tasks.iter().find(|tasks| tasks.id.is_unassigned());
        Ok(Portfolio {
            without_product: none.map_or(0, |tasks| tasks.counts.total()),
            products: moment.executive().portfolio,
            rules: moment.settings.rules,
        })
    }

    /// The product with that name in links, or else with that id; for one that was merged, the one that it became.
    pub async fn find_product(&self, name: &str) -> Result<Option<FoundProduct>> {
        let found = self.store().product_book().await?.find(name);
        Ok(found.filter(|found| !found.product.id.is_unassigned()))
    }

    /// Everything that a product's page shows; `None` where there is no product of that name.
    pub async fn product_file(&self, name: &str) -> Result<Option<ProductFile>> {
        let Some(found) = self.find_product(name).await? else { return Ok(None) };
        let id = found.product.id.clone();
        let moment = self.moment().await?;
        let executive = moment.executive();
        let portfolio = executive.portfolio;
        let others = portfolio.iter().filter(|insight| insight.product.id != id);
        let others =
            others.map(|insight| (insight.product.id.clone(), insight.product.name.clone())).collect();
        let Some(insight) = portfolio.into_iter().find(|insight| insight.product.id == id) else {
            return Ok(None);
        };
        let work = self.store().product_work(&id, LISTED).await?;
        let mut agents = moment.facts.agents;
        agents.retain(|agent| work.agents.iter().any(|share| share.id == agent.id));
        let items = executive.attention.items.into_iter();
        Ok(Some(ProductFile {
            open: self.tasks_of_product(&id, &OPEN, SortKey::Activity).await?,
            failed: self.tasks_of_product(&id, &[TaskStatus::Failed], SortKey::Completed).await?,
            completed: self.tasks_of_product(&id, &[TaskStatus::Completed], SortKey::Completed).await?,
            log: self.store().product_changes(&id, PageRequest { page: 1, per_page: LISTED }).await?,
            attention: items.filter(|item| item.product_id.as_ref() == Some(&id)).collect(),
            work,
            agents,
            others,
            insight,
            found,
            rules: moment.settings.rules,
        }))
    }

    async fn tasks_of_product(
        &self,
        id: &ProductId,
        status: &[TaskStatus],
        key: SortKey,
    ) -> Result<Page<Task>> {
        let filter = TaskFilter {
            product: [id.clone()].into(),
            status: status.iter().copied().collect(),
            ..TaskFilter::default()
        };
        let sort = vec![Sort { key, direction: Direction::Descending }];
        let page = PageRequest { page: 1, per_page: LISTED };
        self.tasks(&TaskQuery { filter, sort, page }).await
    }

    /// What the founder did to the product, the latest first; `None` where there is no product of that name.
    pub async fn product_changes(
        &self,
        name: &str,
        page: PageRequest,
    ) -> Result<Option<Page<ProductChange>>> {
        let Some(found) = self.find_product(name).await? else { return Ok(None) };
        Ok(Some(self.store().product_changes(&found.product.id, page).await?))
    }

    /// One entry of the log of products.
    pub async fn product_change(&self, id: u64) -> Result<Option<ProductChange>> {
        Ok(self.store().product_change(id).await?)
    }

    /// Says something of a product, in the place of telemetry. The answer is its entry in the log.
    pub async fn edit_product(&self, name: &str, edit: ProductEdit, by: &str) -> Result<ProductChange> {
        let edit = edit.check().map_err(|BadEdit { field, reason }| ServiceError::Field { field, reason })?;
        let product = self.known(name).await?;
        let change = self.store().edit_product(&product.id, &edit, by, self.now()).await?;
        Ok(self.noted(change.ok_or_else(|| unknown(name))?).await)
    }

    /// Merges a product into another: from now on, all tasks of the one count for the other. The answer is its entry in
    /// the log, by which it is undone.
    pub async fn merge_product(&self, name: &str, into: &str, by: &str) -> Result<ProductChange> {
        let from = self.find_product(name).await?.ok_or_else(|| unknown(name))?;
        if from.moved {
            let reason = format!("it was merged into {} before; undo that first", from.product.name);
            return Err(ServiceError::Conflict(reason));
        }
        let Some(target) = self.find_product(into).await?.map(|found| found.product) else {
            let reason =
                "no such product; choose one that there is, by its name in links or its id".to_owned();
            return Err(ServiceError::Field { field: "into", reason });
        };
        if target.id == from.product.id {
            let reason = "a product cannot be merged into itself; choose another".to_owned();
            return Err(ServiceError::Field { field: "into", reason });
        }
        let change = self.store().merge_product(&from.product.id, &target.id, by, self.now()).await?;
        let stale =
            || ServiceError::Conflict("one of the two was merged a moment ago; look again".to_owned());
        Ok(self.noted(change.ok_or_else(stale)?).await)
    }

    /// Takes back what an entry of the log of products did.
    pub async fn undo_product_change(&self, id: u64, by: &str) -> Result<ProductChange> {
        if let Some(change) = self.store().undo_product_change(id, by, self.now()).await? {
            return Ok(self.noted(change).await);
        }
        Err(match self.store().product_change(id).await? {
            None => ServiceError::NotFound(format!("the log of products has no entry {id}")),
            Some(entry) if entry.undoes.is_some() => {
                ServiceError::Conflict(format!("entry {id} took another back; do that one again instead"))
            }
            Some(entry) => ServiceError::Conflict(format!(
                "entry {id} was undone already, by {}",
                entry.undone_by.unwrap_or_default()
            )),
        })
    }

    async fn noted(&self, change: ProductChange) -> ProductChange {
        tracing::info!(change.id = change.id, change.by = change.by, change.action = %change.action, "product changed");
        self.announce().await;
        change
    }

    async fn known(&self, name: &str) -> Result<Product> {
        Ok(self.find_product(name).await?.ok_or_else(|| unknown(name))?.product)
    }
}

const OPEN: [TaskStatus; 3] = [TaskStatus::Queued, TaskStatus::Running, TaskStatus::Blocked];

fn unknown(name: &str) -> ServiceError {
    ServiceError::NotFound(format!("there is no product `{name}`"))
}
