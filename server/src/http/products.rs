//! `PATCH /api/v1/products/{slug}` and below: what the founder says of products, and taking it back.

use axum::{
    Extension, Json,
    extract::{Request, State},
    http::StatusCode,
};
use domain::{
    id::ProductId,
    query::Page,
    registry::{ProductChange, ProductEdit},
};
use serde::Deserialize;
use service::Hermes;
use utoipa::ToSchema;

use crate::{
    error::{ApiError, ErrorAnswer},
    http::{
        describe::{Invalid, NotFound},
        json_body::{self, Shape},
        params::{Id, Nothing, Paging},
    },
    middleware::Caller,
};

const EDIT: Shape = Shape {
    what: "an edit",
    most: 32 * 1024,
    write: "write a JSON object with at least one of the fields of an edit; `null` says that there is no value",
};

const MERGE: Shape = Shape { what: "a merge", most: 4 * 1024, write: "write a JSON object with `into`" };

/// Says something of a product.
///
/// Fields that are sent win over what telemetry tells, before and after, until they are taken back; `null` says that
/// there is no value. Fields that are not sent stay as they are.
#[utoipa::path(
    patch, path = "/products/{slug}", tag = "products", operation_id = "editProduct",
    security((), ("token" = [])),
    params(("slug" = String, Path, description = "Its name in links, or its id")),
    request_body = ProductEdit,
    responses(
        (status = 201, description = "Its entry in the log", body = ProductChange),
        (status = 401, body = ErrorAnswer, description = "No proof came (`missing_token`), or no valid token (`invalid_token`)"),
        (status = 403, body = ErrorAnswer, description = "A page of another origin asked (`cross_origin`)"),
        (status = 413, body = ErrorAnswer, description = "Longer than an edit is (`too_large`)"),
        Invalid, NotFound
    )
)]
pub(super) async fn edit(
    Id(slug): Id<ProductId>,
    _: Nothing,
    State(hermes): State<Hermes>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Result<(StatusCode, Json<ProductChange>), ApiError> {
    let edit: ProductEdit = json_body::read(request, &EDIT).await?;
    let change = hermes.edit_product(slug.as_str(), edit, caller.name()).await?;
    Ok((StatusCode::CREATED, Json(change)))
}

/// What a product is merged into.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MergeRequest {
    /// The other product's name in links, or its id.
    into: ProductId,
}

/// Merges a product into another.
///
/// From now on, all of its tasks count for the other, those that come later, too; its old name leads there.
#[utoipa::path(
    post, path = "/products/{slug}/merge", tag = "products", operation_id = "mergeProduct",
    security((), ("token" = [])),
    params(("slug" = String, Path, description = "Its name in links, or its id")),
    request_body = MergeRequest,
    responses(
        (status = 201, description = "Its entry in the log", body = ProductChange),
        (status = 401, body = ErrorAnswer, description = "No proof came (`missing_token`), or no valid token (`invalid_token`)"),
        (status = 403, body = ErrorAnswer, description = "A page of another origin asked (`cross_origin`)"),
        (status = 409, body = ErrorAnswer, description = "It was merged before (`conflict`)"),
        (status = 413, body = ErrorAnswer, description = "Longer than a merge is (`too_large`)"),
        Invalid, NotFound
    )
)]
pub(super) async fn merge(
    Id(slug): Id<ProductId>,
    _: Nothing,
    State(hermes): State<Hermes>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Result<(StatusCode, Json<ProductChange>), ApiError> {
    let MergeRequest { into } = json_body::read(request, &MERGE).await?;
    let change = hermes.merge_product(slug.as_str(), into.as_str(), caller.name()).await?;
    Ok((StatusCode::CREATED, Json(change)))
}

/// What the founder did to a product, the latest first.
#[utoipa::path(
    get, path = "/products/{slug}/changes", tag = "products", operation_id = "listProductChanges",
    params(("slug" = String, Path, description = "Its name in links, or its id"), Paging),
    responses(
        (status = 200, description = "A page of it, and how many entries there are", body = Page<ProductChange>),
        Invalid, NotFound
    )
)]
pub(super) async fn changes(
    Id(slug): Id<ProductId>,
    Paging(page): Paging,
    State(hermes): State<Hermes>,
) -> Result<Json<Page<ProductChange>>, ApiError> {
    let changes = hermes.product_changes(slug.as_str(), page).await?;
    changes.map(Json).ok_or_else(|| ApiError::not_found(format!("there is no product `{slug}`")))
}

/// Takes back an edit or a merge.
#[utoipa::path(
    post, path = "/product-changes/{id}/undo", tag = "products", operation_id = "undoProductChange",
    security((), ("token" = [])),
    params(("id" = u64, Path, description = "The entry's id in the log of products")),
    responses(
        (status = 201, description = "The entry of the undoing", body = ProductChange),
        (status = 401, body = ErrorAnswer, description = "No proof came (`missing_token`), or no valid token (`invalid_token`)"),
        (status = 403, body = ErrorAnswer, description = "A page of another origin asked (`cross_origin`)"),
        (status = 409, body = ErrorAnswer, description = "It was undone before, or is an undoing itself (`conflict`)"),
        Invalid, NotFound
    )
)]
pub(super) async fn undo(
    Id(id): Id<u64>,
    _: Nothing,
    State(hermes): State<Hermes>,
    Extension(caller): Extension<Caller>,
) -> Result<(StatusCode, Json<ProductChange>), ApiError> {
    let change = hermes.undo_product_change(id, caller.name()).await?;
    Ok((StatusCode::CREATED, Json(change)))
}
