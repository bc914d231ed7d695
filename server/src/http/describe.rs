//! What the descriptions of several routes share.

use std::collections::BTreeMap;

use utoipa::{
    IntoResponses, ToSchema,
    openapi::{
        Content, Ref, RefOr, Response, Schema,
        path::{Parameter, ParameterBuilder, ParameterIn},
    },
};

use crate::error::ErrorAnswer;

/// A route refuses parameters that are wrong or that it does not know.
pub(super) enum Invalid {}

/// A route may find nothing.
pub(super) enum NotFound {}

impl IntoResponses for Invalid {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        refusals([("400", "A parameter is wrong or not known; `field` names it (`invalid_parameter`)")])
    }
}

impl IntoResponses for NotFound {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        refusals([("404", "No line of telemetry ever named it (`not_found`)")])
    }
}

/// What any route may answer with: the layers around all of them do (`router.rs`).
pub(super) fn anywhere() -> BTreeMap<String, RefOr<Response>> {
    refusals([
        ("421", "The `Host` is not a loopback name (`not_loopback`)"),
        ("500", "Something went wrong inside (`internal`)"),
        ("503", "The store does not answer (`unavailable`), or not in time (`timeout`); send it again"),
    ])
}

/// Refusals in their one shape.
fn refusals<const N: usize>(of: [(&str, &str); N]) -> BTreeMap<String, RefOr<Response>> {
    let shape = || Content::new(Some(Ref::from_schema_name(ErrorAnswer::name())));
    let response = |text: &str| Response::builder().description(text).content("application/json", shape());
    of.into_iter().map(|(status, text)| (status.to_owned(), response(text).build().into())).collect()
}

/// A parameter behind the `?`.
pub(super) fn query(name: &str, text: &str, schema: impl Into<RefOr<Schema>>) -> ParameterBuilder {
    Parameter::builder()
        .name(name)
        .parameter_in(ParameterIn::Query)
        .required(utoipa::openapi::Required::False)
        .description(Some(text))
        .schema(Some(schema))
}
