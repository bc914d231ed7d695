//! `GET /api/v1/agents` and `/api/v1/agents/{id}`.

use axum::{Json, extract::State};
use chrono::{DateTime, Utc};
use domain::{
    agent::{AgentHealth, AgentStatus, AgentType, Rate},
    id::AgentId,
    insight::agent_health::{WorkerDetail, WorkerHealth},
    query::Page,
};
use serde::Serialize;
use service::Hermes;
use utoipa::ToSchema;

use crate::{
    error::ApiError,
    http::{
        describe::{Invalid, NotFound},
        params::{Id, Nothing, Paging},
    },
};

/// A worker: what its source tells, as `HermesAgentStatus`, and how it is by what we counted, too.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Agent<T> {
    id: AgentId,
    name: String,
    #[serde(rename = "type")]
    kind: Option<AgentType>,
    status: AgentHealth,
    last_success_at: Option<DateTime<Utc>>,
    last_failure_at: Option<DateTime<Utc>>,
    calls_today: Option<u64>,
    failure_rate: Option<Rate>,
    average_latency_ms: Option<f64>,
    config_issue: Option<String>,
    /// When a line of its source last spoke of it; `null` where only work names it.
    reported_at: Option<DateTime<Utc>>,
    /// How it is, with what we counted, and who each figure is from.
    health: T,
}

impl<T> Agent<T> {
    /// What nobody tells of a worker stays unknown, but for its name and what work says for sure.
    fn of(worker: &WorkerHealth, told: Option<AgentStatus>, health: T) -> Self {
        let told = told.unwrap_or_else(|| AgentStatus {
            id: worker.id.clone(),
            name: worker.name.clone(),
            agent_type: worker.agent_type,
            status: AgentHealth::Unknown,
            last_success_at: worker.last_success.map(|figure| figure.value),
            last_failure_at: worker.last_failure.map(|figure| figure.value),
            calls_today: None,
            failure_rate: None,
            average_latency_ms: None,
            config_issue: None,
            reported_at: None,
        });
        Self {
            id: told.id,
            name: told.name,
            kind: told.agent_type,
            status: told.status,
            last_success_at: told.last_success_at,
            last_failure_at: told.last_failure_at,
            calls_today: told.calls_today,
            failure_rate: told.failure_rate,
            average_latency_ms: told.average_latency_ms,
            config_issue: told.config_issue,
            reported_at: told.reported_at,
            health,
        }
    }
}

/// Agents, tools, integrations and runners.
///
/// Those that a source tells of by id, then those that only work names (tools of events, agents of tasks, models of
/// runs), of each of these kinds the hundred with the most work. The latter's own fields say only what is known of them.
#[utoipa::path(
    get, path = "/agents", tag = "agents", operation_id = "listAgents",
    params(Paging),
    responses(
        (status = 200, description = "A page of them, and how many there are", body = Page<Agent<WorkerHealth>>),
        Invalid
    )
)]
pub(super) async fn list(
    Paging(page): Paging,
    State(hermes): State<Hermes>,
) -> Result<Json<Page<Agent<WorkerHealth>>>, ApiError> {
    let all = hermes.workers().await?;
    let found = Page::cut(all.workers.workers, page);
    Ok(Json(found.map(|health| {
        let told = all.told.iter().find(|told| told.id == health.id).cloned();
        Agent::of(&health.clone(), told, health)
    })))
}

/// One agent, tool, integration or runner.
///
/// With its work of seven days, its tasks, tools, errors and jobs, and what of it needs the founder.
#[utoipa::path(
    get, path = "/agents/{id}", tag = "agents", operation_id = "getAgent",
    params(("id" = AgentId, Path, description = "Its id, percent-encoded; a `/` as `%2F`")),
    responses((status = 200, description = "The worker", body = Agent<WorkerDetail>), Invalid, NotFound)
)]
pub(super) async fn one(
    Id(id): Id<AgentId>,
    _: Nothing,
    State(hermes): State<Hermes>,
) -> Result<Json<Agent<WorkerDetail>>, ApiError> {
    let unknown = || ApiError::not_found(format!("no line of telemetry ever named an agent `{id}`"));
    let told = hermes.worker(&id).await?.ok_or_else(unknown)?.1;
    let detail = hermes.worker_detail(&id).await?.ok_or_else(unknown)?;
    Ok(Json(Agent::of(&detail.worker.clone(), told, detail)))
}
