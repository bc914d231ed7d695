//! `GET /api/v1/products` and `/schedule`.

use axum::{Json, extract::State};
use domain::{id::ProductId, job::Job, product::Product, query::Page};
use service::Hermes;

use crate::{
    error::ApiError,
    http::{
        describe::{Invalid, NotFound},
        params::{Id, Nothing, Paging},
    },
};

/// The products, by name.
#[utoipa::path(
    get, path = "/products", tag = "products", operation_id = "listProducts",
    params(Paging),
    responses(
        (status = 200, description = "A page of them, and how many there are", body = Page<Product>),
        Invalid
    )
)]
pub(super) async fn products(
    Paging(page): Paging,
    State(hermes): State<Hermes>,
) -> Result<Json<Page<Product>>, ApiError> {
    Ok(Json(hermes.products(page).await?))
}

/// The product with that name in links, or else with that id.
#[utoipa::path(
    get, path = "/products/{slug}", tag = "products", operation_id = "getProduct",
    params(("slug" = String, Path, description = "Its name in links, or its id")),
    responses((status = 200, description = "The product", body = Product), Invalid, NotFound)
)]
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

/// Scheduled jobs, the next first.
#[utoipa::path(
    get, path = "/schedule", tag = "agents", operation_id = "listSchedule",
    params(Paging),
    responses(
        (status = 200, description = "A page of them, and how many there are", body = Page<Job>),
        Invalid
    )
)]
pub(super) async fn schedule(
    Paging(page): Paging,
    State(hermes): State<Hermes>,
) -> Result<Json<Page<Job>>, ApiError> {
    Ok(Json(hermes.schedule(page).await?))
}
