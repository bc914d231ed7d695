//! `GET /api/v1/products`, `/agents` and `/schedule`.

use axum::{Json, extract::State};
use domain::{agent::AgentStatus, id::ProductId, job::Job, product::Product, query::Page};
use service::Hermes;

use crate::{
    error::ApiError,
    http::params::{Id, Nothing, Paging},
};

/// The products, by name.
pub(super) async fn products(
    Paging(page): Paging,
    State(hermes): State<Hermes>,
) -> Result<Json<Page<Product>>, ApiError> {
    Ok(Json(hermes.products(page).await?))
}

/// The product with that name in links, or else with that id.
pub(super) async fn product(
    Id(slug): Id<ProductId>,
    _: Nothing,
    State(hermes): State<Hermes>,
) -> Result<Json<Product>, ApiError> {
    let found = hermes.product(slug.as_str()).await?;
    found
        .map(Json)
        .ok_or_else(|| ApiError::not_found(format!("no line of telemetry ever named a product `{slug}`")))
}

/// Agents, tools, integrations and runners, by id.
pub(super) async fn agents(
    Paging(page): Paging,
    State(hermes): State<Hermes>,
) -> Result<Json<Page<AgentStatus>>, ApiError> {
    Ok(Json(hermes.agents(page).await?))
}

/// Scheduled jobs, the next first.
pub(super) async fn schedule(
    Paging(page): Paging,
    State(hermes): State<Hermes>,
) -> Result<Json<Page<Job>>, ApiError> {
    Ok(Json(hermes.schedule(page).await?))
}
