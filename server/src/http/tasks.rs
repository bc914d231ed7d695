//! `GET /api/v1/tasks` and below.

use axum::{
    Json,
    extract::{RawQuery, State},
};
use domain::{
    event::Event,
    id::TaskId,
    query::{Page, TaskQuery},
    run::Run,
    task::Task,
};
use service::Hermes;

use crate::{
    error::ApiError,
    http::params::{Id, Nothing, Paging},
};

/// The tasks asked for.
pub(super) async fn list(
    RawQuery(query): RawQuery,
    State(hermes): State<Hermes>,
) -> Result<Json<Page<Task>>, ApiError> {
    let query = TaskQuery::parse(&query.unwrap_or_default())?;
    Ok(Json(hermes.tasks(&query).await?))
}

/// One task.
pub(super) async fn one(
    Id(id): Id<TaskId>,
    _: Nothing,
    State(hermes): State<Hermes>,
) -> Result<Json<Task>, ApiError> {
    hermes.task(&id).await?.map(Json).ok_or_else(|| unknown(&id))
}

/// The events of a task, the oldest first.
pub(super) async fn events(
    Id(id): Id<TaskId>,
    Paging(page): Paging,
    State(hermes): State<Hermes>,
) -> Result<Json<Page<Event>>, ApiError> {
    hermes.events(&id, page).await?.map(Json).ok_or_else(|| unknown(&id))
}

/// The runs of a task, the oldest first.
pub(super) async fn runs(
    Id(id): Id<TaskId>,
    Paging(page): Paging,
    State(hermes): State<Hermes>,
) -> Result<Json<Page<Run>>, ApiError> {
    hermes.runs(&id, page).await?.map(Json).ok_or_else(|| unknown(&id))
}

fn unknown(id: &TaskId) -> ApiError {
    ApiError::not_found(format!("no line of telemetry ever named a task `{id}`"))
}
