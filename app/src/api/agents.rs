//! What `/hermes/agents` and an agent's own page show.

use chrono::{DateTime, Utc};
use domain::{
    agent::Rate,
    decision::AuditEntry,
    insight::agent_health::{WorkerDetail, WorkerHealth, WorkerKind},
    job::Job,
    zone::Zone,
};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

use crate::api::{ApiError, codec::Answer, overview::ProductRef};

/// Through how many workers a filter looks at most.
#[cfg(feature = "ssr")]
const MAX_WORKERS: usize = 500;

/// How many scheduled jobs it lists at most.
pub const MAX_JOBS: usize = 100;

/// What `/hermes/agents` shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AgentsPage {
    /// The workers, whatever the address asks for: the page filters and sorts them itself. At most 500.
    pub workers: Vec<WorkerHealth>,
    /// How many there are, listed or not.
    pub total: u64,
    /// How many there are of each state, in the order of [`domain::agent::AgentHealth::ALL`].
    pub states: Vec<u64>,
    /// Calls of tools since midnight, as we count them.
    pub calls_today: u64,
    /// The share of these calls that failed in the last 24 hours.
    pub failure_rate: Option<Rate>,
    /// Kinds of the brief of which nothing was ever told.
    pub missing: Vec<WorkerKind>,
    /// Scheduled jobs, the next first: at most [`MAX_JOBS`].
    pub jobs: Vec<Job>,
    /// How many there are.
    pub jobs_total: u64,
    /// Of what is due before this, a job has missed its time.
    pub late: DateTime<Utc>,
    /// How old the last evidence of a worker may be, in hours.
    pub fresh_hours: u16,
    /// The products whose names are known.
    pub products: Vec<ProductRef>,
    /// The server's time.
    pub now: DateTime<Utc>,
    /// The founder's time zone.
    pub zone: Zone,
}

/// What an agent's own page shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AgentPage {
    /// The worker in full.
    pub detail: WorkerDetail,
    /// Of what is due before this, a job has missed its time.
    pub late: DateTime<Utc>,
    /// The log's entry that a form has just made.
    pub decided: Option<AuditEntry>,
    /// The products whose names are known.
    pub products: Vec<ProductRef>,
    /// The server's time.
    pub now: DateTime<Utc>,
    /// The founder's time zone.
    pub zone: Zone,
}

/// What `/hermes/agents` shows, whatever its address asks for.
#[server(name = AgentsPageFn, prefix = "/api/ui", endpoint = "agents", input = GetUrl, output = Answer)]
pub async fn agents_page() -> Result<AgentsPage, ApiError> {
    use domain::agent::AgentHealth;

    let hermes = super::hermes()?;
    let all = super::answer(hermes.workers().await)?.workers;
    let schedule = super::answer(hermes.schedule(first(MAX_JOBS)).await)?;
    let states = AgentHealth::ALL.iter().map(|status| all.count(*status)).collect();
    let total = all.workers.len() as u64 + all.more;
    let mut workers = all.workers;
    workers.truncate(MAX_WORKERS);
    Ok(AgentsPage {
        workers,
        total,
        states,
        calls_today: all.calls_today,
        failure_rate: all.failure_rate,
        missing: all.missing,
        products: products(&hermes, &schedule.items).await?,
        jobs: schedule.items,
        jobs_total: schedule.total,
        late: late(&hermes).await?,
        fresh_hours: super::answer(hermes.settings().await)?.rules.agent_fresh_hours,
        now: hermes.now(),
        zone: super::answer(hermes.zone().await)?,
    })
}

/// What an agent's own page shows. `decided` is the entry that a form has just made.
#[server(name = AgentPageFn, prefix = "/api/ui", endpoint = "agent", input = GetUrl, output = Answer)]
pub async fn agent_page(id: String, #[server(default)] decided: Option<u64>) -> Result<AgentPage, ApiError> {
    let hermes = super::hermes()?;
    let unknown = || service::ServiceError::NotFound("no such agent".to_owned());
    let id = super::answer(domain::id::AgentId::new(&id).map_err(|_| unknown()))?;
    let detail = super::answer(hermes.worker_detail(&id).await.and_then(|found| found.ok_or_else(unknown)))?;
    let decided = match decided {
        Some(entry) => super::answer(hermes.audit_entry(entry).await)?,
        None => None,
    };
    let products = products(&hermes, &detail.jobs).await?;
    let late = late(&hermes).await?;
    let zone = super::answer(hermes.zone().await)?;
    Ok(AgentPage { detail, late, decided, products, now: hermes.now(), zone })
}

#[cfg(feature = "ssr")]
fn first(most: usize) -> domain::query::PageRequest {
    domain::query::PageRequest { page: 1, per_page: u32::try_from(most).unwrap_or(1) }
}

/// The products of jobs, by name.
#[cfg(feature = "ssr")]
async fn products(hermes: &service::Hermes, jobs: &[Job]) -> Result<Vec<ProductRef>, ApiError> {
    let ids: Vec<_> = jobs.iter().filter_map(|job| job.product_id.clone()).collect();
    let products = super::answer(hermes.products_by_id(&ids).await)?;
    Ok(products.iter().map(ProductRef::from).collect())
}

/// Of what is due before this, a job has missed its time.
#[cfg(feature = "ssr")]
async fn late(hermes: &service::Hermes) -> Result<DateTime<Utc>, ApiError> {
    let rules = super::answer(hermes.settings().await)?.rules;
    Ok(hermes.now() - chrono::TimeDelta::minutes(rules.missed_job_minutes.into()))
}
