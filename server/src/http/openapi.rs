//! `GET /api/v1/openapi.json`: the document that describes every route.
//!
//! It is made of the descriptions that stand above the handlers, when the routes are put together (`http.rs`); here
//! is only what is true of all of them.

use axum::{
    Extension,
    body::Bytes,
    http::header,
    response::{IntoResponse, Response},
};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        Components, Info, OpenApi,
        path::{Operation, PathItem},
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

use crate::{
    error::{ErrorAnswer, ErrorPart},
    http::describe::{Invalid, anywhere},
};

/// The name of the one security scheme.
const TOKEN: &str = "token";

const ABOUT: &str = "What the agent does, as JSON. Times are RFC 3339 in UTC; `null` is \"nobody told\". Every refusal \
                     has the one shape `{\"error\":{\"code\",\"field\",\"message\"}}`. The server answers on the \
                     loopback address and to loopback names only; reading is open there, sending telemetry needs a \
                     token.";

const ABOUT_TOKEN: &str =
    "Made by `mission-control token create NAME`, sent as `Authorization: Bearer hmc_…`";

/// The document as it is sent.
#[derive(Clone)]
pub(super) struct Document(Bytes);

impl Document {
    /// The document with what any route may answer.
    pub(super) fn of(mut document: OpenApi) -> Self {
        for operation in document.paths.paths.values_mut().flat_map(operations) {
            for (status, response) in anywhere() {
                operation.responses.responses.entry(status).or_insert(response);
            }
        }
        // A document is texts, lists and maps by text, so it always has a JSON form.
        Self(document.to_json().unwrap_or_default().into())
    }
}

/// The document before any route is in it.
pub(super) fn base() -> OpenApi {
    let token = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(ABOUT_TOKEN)).build();
    let components = Components::builder()
        .security_scheme(TOKEN, SecurityScheme::Http(token))
        .schema(ErrorAnswer::name(), ErrorAnswer::schema())
        .schema(ErrorPart::name(), ErrorPart::schema());
    let info = Info::builder()
        .title("Hermes Mission Control")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(ABOUT));
    OpenApi::builder().info(info.build()).components(Some(components.build())).build()
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    let PathItem { get, put, post, delete, options, head, patch, trace, .. } = item;
    [get, put, post, delete, options, head, patch, trace].into_iter().flatten()
}

/// This document.
///
/// OpenAPI 3.1, for generators of clients and for `/api/v1/docs`.
#[utoipa::path(
    get, path = "/openapi.json", tag = "about", operation_id = "getDocument",
    responses((status = 200, description = "The document", body = Object, content_type = "application/json"), Invalid)
)]
pub(super) async fn document(
    _: crate::http::params::Nothing,
    Extension(document): Extension<Document>,
) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], document.0).into_response()
}
