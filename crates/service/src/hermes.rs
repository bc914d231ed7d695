//! The handle, and what readers ask for.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::{
    agent::AgentStatus,
    change::Changes,
    event::Event,
    id::{ProductId, Seq, TaskId},
    job::Job,
    product::Product,
    query::{Page, PageRequest},
    run::Run,
    settings::Settings,
    task::Task,
    zone::Zone,
};
use store::{Info, Store};

use crate::{calendar, clock::Clock, error::Result, home::Told, intake::Intake, live::LiveBus};

/// Everything that can be asked of Mission Control. Cheap to clone.
#[derive(Clone)]
pub struct Hermes(Arc<Inner>);

struct Inner {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    intake: Intake,
    home: Told,
    live: LiveBus,
    demo: bool,
}

impl Hermes {
    /// The handle over a store.
    pub fn new(store: Arc<dyn Store>, clock: Arc<dyn Clock>) -> Self {
        Self::over(store, clock, false)
    }

    /// The handle over a store of demo data: pages say that none of it is real.
    pub fn of_demo_data(store: Arc<dyn Store>, clock: Arc<dyn Clock>) -> Self {
        Self::over(store, clock, true)
    }

    fn over(store: Arc<dyn Store>, clock: Arc<dyn Clock>, demo: bool) -> Self {
        let (intake, home, live) = (Intake::default(), Told::default(), LiveBus::default());
        Self(Arc::new(Inner { store, clock, intake, home, live, demo }))
    }

    /// Whether what is in the store is demo data.
    pub fn is_demo(&self) -> bool {
        self.0.demo
    }

    /// The time now.
    pub fn now(&self) -> DateTime<Utc> {
        self.0.clock.now()
    }

    pub(crate) fn store(&self) -> &dyn Store {
        &*self.0.store
    }

    pub(crate) fn intake(&self) -> &Intake {
        &self.0.intake
    }

    pub(crate) fn told_home(&self) -> &Told {
        &self.0.home
    }

    pub(crate) fn bus(&self) -> &LiveBus {
        &self.0.live
    }

    /// The founder's time zone, with the offsets that a page needs.
    pub async fn zone(&self) -> Result<Zone> {
        Ok(calendar::zone_table(calendar::zone_of(&self.settings().await?), self.now()))
    }

    /// One task; `None` where no line ever named it.
    pub async fn task(&self, id: &TaskId) -> Result<Option<Task>> {
        let mut task = self.store().task(id).await?;
        self.inferred(task.as_mut_slice()).await?;
        Ok(task)
    }

    /// The events of a task, the oldest first; `None` where no line ever named the task.
    pub async fn events(&self, task: &TaskId, page: PageRequest) -> Result<Option<Page<Event>>> {
        match self.store().task(task).await? {
            Some(_) => Ok(Some(self.store().events(task, page).await?)),
            None => Ok(None),
        }
    }

    /// The runs of a task, the oldest first; `None` where no line ever named the task.
    pub async fn runs(&self, task: &TaskId, page: PageRequest) -> Result<Option<Page<Run>>> {
        match self.store().task(task).await? {
            Some(_) => Ok(Some(self.store().runs(task, page).await?)),
            None => Ok(None),
        }
    }

    /// The products, by name.
    pub async fn products(&self, page: PageRequest) -> Result<Page<Product>> {
        Ok(Page::cut(self.store().products().await?, page))
    }

    /// The product with that name in links, or else with that id; for one that was merged, the one that it became.
    pub async fn product(&self, slug: &str) -> Result<Option<Product>> {
        Ok(self.find_product(slug).await?.map(|found| found.product))
    }

    /// The products with those ids, for their names.
    pub async fn products_by_id(&self, ids: &[ProductId]) -> Result<Vec<Product>> {
        let mut products = self.store().products().await?;
        products.retain(|product| ids.contains(&product.id));
        Ok(products)
    }

    /// Agents, tools, integrations and runners that their source tells of, by id.
    pub async fn agents(&self, page: PageRequest) -> Result<Page<AgentStatus>> {
        Ok(Page::cut(self.store().agents().await?, page))
    }

    /// Scheduled jobs, the next first.
    pub async fn schedule(&self, page: PageRequest) -> Result<Page<Job>> {
        Ok(Page::cut(self.store().jobs().await?, page))
    }

    /// The settings in force.
    pub async fn settings(&self) -> Result<Settings> {
        Ok(self.store().settings().await?)
    }

    /// At most `limit` changes after `seq`, in order.
    pub async fn changes_after(&self, seq: Seq, limit: usize) -> Result<Changes> {
        Ok(self.store().changes_after(seq, limit).await?)
    }

    /// What the store says of itself; fails where it cannot be read.
    pub async fn info(&self) -> Result<Info> {
        Ok(self.store().info().await?)
    }
}
