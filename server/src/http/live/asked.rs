//! Where a stream begins, and what it tells of.

use std::collections::BTreeSet;

use axum::{
    extract::FromRequestParts,
    http::{HeaderName, request::Parts},
};
use domain::{
    id::{Seq, TaskId},
    live::Kind,
};
use service::LiveFilter;
use utoipa::{
    IntoParams, PartialSchema,
    openapi::{
        path::{Parameter, ParameterIn, ParameterStyle},
        schema::{Array, ObjectBuilder, Type},
    },
};

use crate::{
    error::ApiError,
    http::{describe::query, params::only},
};

/// What a browser that comes back says by itself: the last `id` that it saw.
const LAST: HeaderName = HeaderName::from_static("last-event-id");

/// Where a stream begins, and what it tells of.
pub(in crate::http) struct AskedLive {
    /// After which place; `None` is now.
    pub(super) from: Option<Seq>,
    pub(super) filter: LiveFilter,
}

impl<S: Send + Sync> FromRequestParts<S> for AskedLive {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let text = parts.uri.query().unwrap_or_default();
        only(text, &["after", "kinds", "task"])?;
        let (mut from, mut kinds, mut task) = (None, BTreeSet::from(Kind::USUAL), None);
        for (key, value) in form_urlencoded::parse(text.as_bytes()) {
            match &*key {
                "after" => from = Some(place("after", &value)?),
                "kinds" => kinds = kinds_of(&value)?,
                "task" => {
                    let id = TaskId::new(&value);
                    task = Some(id.map_err(|reason| ApiError::invalid("task", reason.to_string()))?);
                }
                _ => {}
            }
        }
        // The address is that of the first connection; whoever comes back knows better.
        if let Some(last) = parts.headers.get(LAST) {
            from = Some(place("Last-Event-ID", last.to_str().unwrap_or_default())?);
        }
        Ok(Self { from, filter: LiveFilter::new(kinds, task) })
    }
}

fn place(field: &str, text: &str) -> Result<Seq, ApiError> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let place = text.parse().ok().filter(|_| digits).map(Seq);
    place.ok_or_else(|| {
        ApiError::invalid(field, "write a place in the log: the `id` of a message, a whole number")
    })
}

/// Kinds by comma; none where there is nothing between the commas.
fn kinds_of(text: &str) -> Result<BTreeSet<Kind>, ApiError> {
    let words = text.split(',').filter(|word| !word.is_empty());
    words
        .map(|word| {
            word.parse()
                .map_err(|reason: domain::UnknownValue| ApiError::invalid("kinds", reason.to_string()))
        })
        .collect()
}

impl IntoParams for AskedLive {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let number = || ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(0));
        let usual = Kind::USUAL.map(Kind::as_str).join(", ");
        let kinds = format!(
            "Which rows are told; {usual} if nothing is said, none where it is empty. `task` tells of those that are \
             merged, too"
        );
        let task = "A task by id: its row, its events and its runs are told, whatever `kinds` says";
        let after = "The place to begin after: that of the page's HTML, or the last `id` that was seen; now if nothing is said";
        let last = "The same as `after`, as browsers send it when they come back; it counts more";
        vec![
            query("after", after, number()).build(),
            query("kinds", &kinds, Array::new(Kind::schema()))
                .style(Some(ParameterStyle::Form))
                .explode(Some(false))
                .build(),
            query("task", task, TaskId::schema()).build(),
            Parameter::builder()
                .name("Last-Event-ID")
                .parameter_in(ParameterIn::Header)
                .description(Some(last))
                .schema(Some(number()))
                .build(),
        ]
    }
}
