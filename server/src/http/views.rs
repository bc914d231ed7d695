//! `/api/v1/views`: the founder's saved views of the ledger.

use axum::{
    Extension, Json,
    extract::{Request, State},
    http::StatusCode,
};
use domain::{
    query::Page,
    view::{View, ViewChange, ViewDraft, ViewPatch},
};
use serde::Deserialize;
use service::Hermes;
use utoipa::ToSchema;

use crate::{
    error::{ApiError, ErrorAnswer},
    http::{
        describe::{Invalid, NotFound},
        json_body::{Shape, read},
        params::{Id, Nothing, Paging},
    },
    middleware::Caller,
};

/// The largest view, as sent: its longest query, escaped.
const MAX_BODY: usize = 32 * 1024;

const DRAFT: Shape =
    Shape { what: "a view", most: MAX_BODY, write: "write a JSON object with `name` and `query`" };
const PATCH: Shape = Shape {
    what: "a change of a view",
    most: MAX_BODY,
    write: "write a JSON object with `name`, `query` or both",
};
const ORDER: Shape = Shape {
    what: "an order of views",
    most: MAX_BODY,
    write: "write a JSON object with `ids`, a list of views by id",
};

/// The views that come first, by id.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ViewOrder {
    /// The views by id; those that are not named follow in the order that they had.
    ids: Vec<u64>,
}

/// The saved views, in the founder's order.
#[utoipa::path(
    get, path = "/views", tag = "views", operation_id = "listViews",
    responses((status = 200, description = "All of them", body = Vec<View>), Invalid)
)]
pub(super) async fn list(_: Nothing, State(hermes): State<Hermes>) -> Result<Json<Vec<View>>, ApiError> {
    Ok(Json(hermes.views().await?))
}

/// Saves a view.
#[utoipa::path(
    post, path = "/views", tag = "views", operation_id = "saveView",
    security((), ("token" = [])),
    request_body = ViewDraft,
    responses(
        (status = 201, description = "The view, at the end of the list", body = View),
        (status = 401, body = ErrorAnswer, description = "No proof came (`missing_token`), or no valid token (`invalid_token`)"),
        (status = 403, body = ErrorAnswer, description = "A page of another origin asked (`cross_origin`)"),
        (status = 409, body = ErrorAnswer, description = "Another view has the name (`conflict`)"),
        (status = 413, body = ErrorAnswer, description = "Longer than a view is (`too_large`)"),
        Invalid
    )
)]
pub(super) async fn save(
    _: Nothing,
    State(hermes): State<Hermes>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Result<(StatusCode, Json<View>), ApiError> {
    let view = hermes.save_view(read::<ViewDraft>(request, &DRAFT).await?, caller.name()).await?;
    Ok((StatusCode::CREATED, Json(view)))
}

/// Gives a view another name, another query, or both.
#[utoipa::path(
    patch, path = "/views/{id}", tag = "views", operation_id = "changeView",
    security((), ("token" = [])),
    params(("id" = u64, Path, description = "The view's id")),
    request_body = ViewPatch,
    responses(
        (status = 200, description = "The view as it is now", body = View),
        (status = 401, body = ErrorAnswer, description = "No proof came (`missing_token`), or no valid token (`invalid_token`)"),
        (status = 403, body = ErrorAnswer, description = "A page of another origin asked (`cross_origin`)"),
        (status = 404, body = ErrorAnswer, description = "There is no such view (`not_found`)"),
        (status = 409, body = ErrorAnswer, description = "Another view has the name (`conflict`)"),
        (status = 413, body = ErrorAnswer, description = "Longer than a view is (`too_large`)"),
        Invalid
    )
)]
pub(super) async fn change(
    Id(id): Id<u64>,
    _: Nothing,
    State(hermes): State<Hermes>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Result<Json<View>, ApiError> {
    let patch = read::<ViewPatch>(request, &PATCH).await?;
    Ok(Json(hermes.change_view(id, patch, caller.name()).await?))
}

/// Deletes a view.
#[utoipa::path(
    delete, path = "/views/{id}", tag = "views", operation_id = "deleteView",
    security((), ("token" = [])),
    params(("id" = u64, Path, description = "The view's id")),
    responses(
        (status = 204, description = "It is gone; its history stays"),
        (status = 401, body = ErrorAnswer, description = "No proof came (`missing_token`), or no valid token (`invalid_token`)"),
        (status = 403, body = ErrorAnswer, description = "A page of another origin asked (`cross_origin`)"),
        Invalid, NotFound
    )
)]
pub(super) async fn delete(
    Id(id): Id<u64>,
    _: Nothing,
    State(hermes): State<Hermes>,
    Extension(caller): Extension<Caller>,
) -> Result<StatusCode, ApiError> {
    hermes.delete_view(id, caller.name()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Puts views in another order.
#[utoipa::path(
    put, path = "/views/order", tag = "views", operation_id = "orderViews",
    security((), ("token" = [])),
    request_body = ViewOrder,
    responses(
        (status = 200, description = "All views, in their order now", body = Vec<View>),
        (status = 401, body = ErrorAnswer, description = "No proof came (`missing_token`), or no valid token (`invalid_token`)"),
        (status = 403, body = ErrorAnswer, description = "A page of another origin asked (`cross_origin`)"),
        (status = 413, body = ErrorAnswer, description = "Longer than an order is (`too_large`)"),
        Invalid
    )
)]
pub(super) async fn order(
    _: Nothing,
    State(hermes): State<Hermes>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Result<Json<Vec<View>>, ApiError> {
    let order = read::<ViewOrder>(request, &ORDER).await?;
    Ok(Json(hermes.order_views(&order.ids, caller.name()).await?))
}

/// What became of all views that ever were, the newest first.
#[utoipa::path(
    get, path = "/views/history", tag = "views", operation_id = "listViewChanges",
    params(Paging),
    responses(
        (status = 200, description = "A page of the history, and how many entries there are", body = Page<ViewChange>),
        Invalid
    )
)]
pub(super) async fn history(
    Paging(page): Paging,
    State(hermes): State<Hermes>,
) -> Result<Json<Page<ViewChange>>, ApiError> {
    Ok(Json(hermes.view_changes(page).await?))
}
