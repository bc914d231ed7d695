//! What `/hermes` shows.

use domain::{id::ProductId, overview::OverviewAnswer, settings::Rules, zone::Zone};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

use crate::api::{ApiError, codec::Answer, frame::StoreView, sources::HomeBrief};

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

/// What `/hermes` shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OverviewPage {
    /// The figures.
    pub answer: OverviewAnswer,
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
}

/// What `/hermes` shows.
#[server(name = OverviewPageFn, prefix = "/api/ui", endpoint = "overview", input = GetUrl, output = Answer)]
pub async fn overview_page() -> Result<OverviewPage, ApiError> {
    let hermes = super::hermes()?;
    let answer = super::answer(hermes.overview().await)?;
    let named = super::answer(hermes.products_by_id(&named(&answer)).await)?;
    let products = named.into_iter().map(|p| ProductRef { id: p.id, name: p.name, slug: p.slug }).collect();
    let rules = super::answer(hermes.settings().await)?.rules;
    let zone = super::answer(hermes.zone().await)?;
    let store = super::frame::store(&hermes).await?;
    let home = super::answer(hermes.home().await)?.map(HomeBrief::from);
    Ok(OverviewPage { answer, rules, products, zone, store, home })
}

/// The products that the answer names.
#[cfg(feature = "ssr")]
fn named(answer: &OverviewAnswer) -> Vec<ProductId> {
    let missions = answer.missions.iter().map(|mission| &mission.task.product_id);
    let last = answer.last_action.iter().map(|action| &action.product_id);
    let next = answer.next_action.iter().map(|action| &action.product_id);
    let jobs = answer.upcoming_jobs.iter().filter_map(|job| job.product_id.as_ref());
    missions.chain(last).chain(next).chain(jobs).cloned().collect()
}
