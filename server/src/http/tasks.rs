//! `GET /api/v1/tasks` and below.

use axum::{Json, extract::State};
use domain::{
    event::Event,
    id::TaskId,
    insight::fingerprint::Recurrence,
    logs::LogWindow,
    query::{Facets, Page},
    run::Run,
    task::Task,
};
use service::Hermes;

use crate::{
    error::ApiError,
    http::{
        describe::{Invalid, NotFound},
        params::{Asked, Id, LogAsked, Nothing, Paging},
    },
};

/// The tasks asked for.
#[utoipa::path(
    get, path = "/tasks", tag = "tasks", operation_id = "listTasks",
    params(Asked),
    responses(
        (status = 200, description = "A page of them, and how many there are", body = Page<Task>),
        Invalid
    )
)]
pub(super) async fn list(
    Asked(query): Asked,
    State(hermes): State<Hermes>,
) -> Result<Json<Page<Task>>, ApiError> {
    Ok(Json(hermes.tasks(&query).await?))
}

/// How many tasks each value of each filter would show.
///
/// A filter's own choice does not count in its own facet; the other filters and the search do. Order and page make no
/// difference.
#[utoipa::path(
    get, path = "/tasks/facets", tag = "tasks", operation_id = "countTasks",
    params(Asked),
    responses((status = 200, description = "The counts, and how many tasks all filters together show", body = Facets), Invalid)
)]
pub(super) async fn facets(
    Asked(query): Asked,
    State(hermes): State<Hermes>,
) -> Result<Json<Facets>, ApiError> {
    Ok(Json(hermes.facets(&query.filter).await?))
}

/// One task.
#[utoipa::path(
    get, path = "/tasks/{id}", tag = "tasks", operation_id = "getTask",
    params(("id" = TaskId, Path, description = "The task's id, percent-encoded; a `/` as `%2F`")),
    responses((status = 200, description = "The task", body = Task), Invalid, NotFound)
)]
pub(super) async fn one(
    Id(id): Id<TaskId>,
    _: Nothing,
    State(hermes): State<Hermes>,
) -> Result<Json<Task>, ApiError> {
    hermes.task(&id).await?.map(Json).ok_or_else(|| unknown(&id))
}

/// The events of a task, the oldest first.
#[utoipa::path(
    get, path = "/tasks/{id}/events", tag = "tasks", operation_id = "listTaskEvents",
    params(("id" = TaskId, Path, description = "The task's id, percent-encoded; a `/` as `%2F`"), Paging),
    responses(
        (status = 200, description = "A page of them, and how many there are", body = Page<Event>),
        Invalid, NotFound
    )
)]
pub(super) async fn events(
    Id(id): Id<TaskId>,
    Paging(page): Paging,
    State(hermes): State<Hermes>,
) -> Result<Json<Page<Event>>, ApiError> {
    hermes.events(&id, page).await?.map(Json).ok_or_else(|| unknown(&id))
}

/// The runs of a task, the oldest first.
#[utoipa::path(
    get, path = "/tasks/{id}/runs", tag = "tasks", operation_id = "listTaskRuns",
    params(("id" = TaskId, Path, description = "The task's id, percent-encoded; a `/` as `%2F`"), Paging),
    responses(
        (status = 200, description = "A page of them, and how many there are", body = Page<Run>),
        Invalid, NotFound
    )
)]
pub(super) async fn runs(
    Id(id): Id<TaskId>,
    Paging(page): Paging,
    State(hermes): State<Hermes>,
) -> Result<Json<Page<Run>>, ApiError> {
    hermes.runs(&id, page).await?.map(Json).ok_or_else(|| unknown(&id))
}

/// The log of a task: what its runs wrote and what its events say, line by line. Lines without `q` are left out.
#[utoipa::path(
    get, path = "/tasks/{id}/logs", tag = "tasks", operation_id = "listTaskLogs",
    params(("id" = TaskId, Path, description = "The task's id, percent-encoded; a `/` as `%2F`"), LogAsked),
    responses(
        (status = 200, description = "A page of it, and how many lines there are of each level", body = LogWindow),
        Invalid, NotFound
    )
)]
pub(super) async fn logs(
    Id(id): Id<TaskId>,
    LogAsked(query): LogAsked,
    State(hermes): State<Hermes>,
) -> Result<Json<LogWindow>, ApiError> {
    hermes.task_log(&id, query).await?.map(Json).ok_or_else(|| unknown(&id))
}

/// The latest failures of a task, each with the tasks that failed in the same way.
#[utoipa::path(
    get, path = "/tasks/{id}/similar", tag = "tasks", operation_id = "listSimilarFailures",
    params(("id" = TaskId, Path, description = "The task's id, percent-encoded; a `/` as `%2F`")),
    responses(
        (status = 200, description = "The failures, the latest first; none where it never failed", body = Vec<Recurrence>),
        Invalid, NotFound
    )
)]
pub(super) async fn similar(
    Id(id): Id<TaskId>,
    _: Nothing,
    State(hermes): State<Hermes>,
) -> Result<Json<Vec<Recurrence>>, ApiError> {
    hermes.recurrences(&id).await?.map(Json).ok_or_else(|| unknown(&id))
}

fn unknown(id: &TaskId) -> ApiError {
    ApiError::not_found(format!("no line of telemetry ever named a task `{id}`"))
}
