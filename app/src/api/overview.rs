//! What `/hermes` shows.

mod parts;
#[cfg(feature = "ssr")]
mod visit;

use chrono::{DateTime, Utc};
use domain::{
    decision::AuditEntry, id::ProductId, insight::executive::Executive, settings::Rules, zone::Zone,
};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

use crate::api::{ApiError, codec::Answer, frame::StoreView, sources::HomeBrief};

pub use self::parts::{Part, Parts};

/// A product as links and labels need it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProductRef {
    /// Its id.
    pub id: ProductId,
    /// What people call it.
    pub name: String,
    /// Its name in links.
    pub slug: String,
}

#[cfg(feature = "ssr")]
impl ProductRef {
    fn of(insight: &domain::insight::portfolio::ProductInsight) -> Self {
        Self::from(&insight.product)
    }
}

#[cfg(feature = "ssr")]
impl From<&domain::product::Product> for ProductRef {
    fn from(product: &domain::product::Product) -> Self {
        Self { id: product.id.clone(), name: product.name.clone(), slug: product.slug.clone() }
    }
}

/// From when to when the founder was not here: from the last view of one visit to the first of the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Away {
    /// The last view before it, in whole seconds.
    pub from: DateTime<Utc>,
    /// The first view after it, in whole seconds.
    pub to: DateTime<Utc>,
}

/// What `/hermes` shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OverviewPage {
    /// The figures and what follows from them.
    pub executive: Executive,
    /// The thresholds that they were made with.
    pub rules: Rules,
    /// The products that are named in them.
    pub products: Vec<ProductRef>,
    /// The founder's time zone.
    pub zone: Zone,
    /// The store that they come from.
    pub store: StoreView,
    /// The agent's home, where one is looked at.
    pub home: Option<HomeBrief>,
    /// How long the founder was away before this visit; `None` where this browser does not know.
    pub visit: Option<Away>,
    /// The log's entry that a form has just made.
    pub decided: Option<AuditEntry>,
    /// By which its parts are told from those of another moment.
    pub parts: Parts,
}

/// How many items of the queue the page lists unless all are asked for: each has its forms.
pub const LISTED: usize = 24;

/// What `/hermes` shows. `decided` is the entry that a form has just made; `whole` lists all items of the queue.
#[server(name = OverviewPageFn, prefix = "/api/ui", endpoint = "overview", input = GetUrl, output = Answer)]
pub async fn overview_page(
    #[server(default)] decided: Option<u64>,
    #[server(default)] whole: bool,
) -> Result<OverviewPage, ApiError> {
    let hermes = super::hermes()?;
    let visit = visit::away(hermes.now());
    let mut executive = super::answer(hermes.executive().await)?;
    // Shown by the portfolio only.
    executive.portfolio.iter_mut().for_each(|insight| insight.trend.clear());
    if !whole {
        executive.attention.items.truncate(LISTED);
    }
    let products = executive.portfolio.iter().map(ProductRef::of).collect();
    let rules = super::answer(hermes.settings().await)?.rules;
    let zone = super::answer(hermes.zone().await)?;
    let store = super::frame::store(&hermes).await?;
    let home = super::answer(hermes.home().await)?.map(HomeBrief::from);
    let decided = match decided {
        Some(id) => super::answer(hermes.audit_entry(id).await)?,
        None => None,
    };
    let parts = Parts::default();
    let page = OverviewPage { executive, rules, products, zone, store, home, visit, decided, parts };
    Ok(OverviewPage { parts: Parts::of(&page, whole), ..page })
}
