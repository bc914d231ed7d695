//! `GET /api/v1/agents` and `/api/v1/agents/{id}`.

use axum::{Json, extract::State};
use domain::{
    agent::{AgentHealth, AgentStatus},
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

/// A worker: what its source tells, as `HermesAgentStatus`, and beside it how it is by what we counted, too.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Agent {
    /// What its source tells.
    #[serde(flatten)]
    status: AgentStatus,
    /// How it is, with what we counted, and who each figure is from.
    health: WorkerHealth,
}

/// The same with its work, its errors and what of it needs the founder.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct AgentInFull {
    /// What its source tells.
    #[serde(flatten)]
    status: AgentStatus,
    /// Everything that its page shows.
    detail: WorkerDetail,
}

/// Agents, tools, integrations and runners.
///
/// Those that a source tells of by id, then those that only work names (tools of events, agents of tasks, models of
/// runs), of each of these kinds the hundred with the most work. The latter's own fields say only what is known of them.
#[utoipa::path(
    get, path = "/agents", tag = "agents", operation_id = "listAgents",
    params(Paging),
    responses(
        (status = 200, description = "A page of them, and how many there are", body = Page<Agent>),
        Invalid
    )
)]
pub(super) async fn list(
    Paging(page): Paging,
    State(hermes): State<Hermes>,
) -> Result<Json<Page<Agent>>, ApiError> {
    let all = hermes.workers().await?;
    let found = Page::cut(all.workers.workers, page);
    Ok(Json(found.map(|health| {
        let told = all.told.iter().find(|told| told.id == health.id).cloned();
        Agent { status: told.unwrap_or_else(|| untold(&health)), health }
    })))
}

/// One agent, tool, integration or runner.
///
/// With its work of seven days, its tasks, tools, errors and jobs, and what of it needs the founder.
#[utoipa::path(
    get, path = "/agents/{id}", tag = "agents", operation_id = "getAgent",
    params(("id" = AgentId, Path, description = "Its id, percent-encoded; a `/` as `%2F`")),
    responses((status = 200, description = "The worker", body = AgentInFull), Invalid, NotFound)
)]
pub(super) async fn one(
    Id(id): Id<AgentId>,
    _: Nothing,
    State(hermes): State<Hermes>,
) -> Result<Json<AgentInFull>, ApiError> {
    let unknown = || ApiError::not_found(format!("no line of telemetry ever named an agent `{id}`"));
    let told = hermes.worker(&id).await?.ok_or_else(unknown)?.1;
    let detail = hermes.worker_detail(&id).await?.ok_or_else(unknown)?;
    Ok(Json(AgentInFull { status: told.unwrap_or_else(|| untold(&detail.worker)), detail }))
}

/// What would be told of a worker that nobody tells of: its name, and what work says of it for sure.
fn untold(health: &WorkerHealth) -> AgentStatus {
    let at = |figure: Option<domain::insight::agent_health::Figure<_>>| figure.map(|figure| figure.value);
    AgentStatus {
        id: health.id.clone(),
        name: health.name.clone(),
        agent_type: health.agent_type,
        status: AgentHealth::Unknown,
        last_success_at: at(health.last_success),
        last_failure_at: at(health.last_failure),
        calls_today: None,
        failure_rate: None,
        average_latency_ms: None,
        config_issue: None,
        reported_at: None,
    }
}
