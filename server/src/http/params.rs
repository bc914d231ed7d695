//! What stands in a path or behind the `?`, and how it is described. An unknown parameter is an error: ignoring one
//! shows the wrong rows.

use std::{fmt::Display, str::FromStr};

use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};
use domain::{
    event::EventLevel,
    id::{AgentId, ProductId},
    insight::history::{HistoryQuery, LastSpan, Week},
    logs::{self, LogQuery},
    query::{MAX_PER_PAGE, PageRequest, SearchIn, SortKey, TaskQuery},
    retell::ExportFormat,
    task::{Priority, TaskSource, TaskStatus, TaskType},
};
use utoipa::{
    IntoParams, PartialSchema,
    openapi::{
        RefOr, Schema,
        path::{Parameter, ParameterIn, ParameterStyle},
        schema::{Array, KnownFormat, ObjectBuilder, SchemaFormat, Type},
    },
};

use crate::{error::ApiError, http::describe::query};

/// An id in the path. Any character is fine, percent-encoded; a `/` as `%2F`.
pub(super) struct Id<T>(pub(super) T);

/// `page` and `perPage`, and nothing else.
pub(super) struct Paging(pub(super) PageRequest);

/// The filters, the order and the page of a list of tasks.
pub(super) struct Asked(pub(super) TaskQuery);

/// The format, the filters and the order of an export.
pub(super) struct Exporting(pub(super) ExportFormat, pub(super) TaskQuery);

/// The span and the product of a history.
pub(super) struct AskedHistory(pub(super) HistoryQuery);

/// The week of a digest.
pub(super) struct AskedWeek(pub(super) Option<Week>);

/// The filter and the page of a log.
pub(super) struct LogAsked(pub(super) LogQuery);

/// No parameters at all.
pub(super) struct Nothing;

impl<S: Send + Sync, T: FromStr<Err: Display>> FromRequestParts<S> for Id<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let path = Path::<String>::from_request_parts(parts, state).await;
        let Path(text) = path.map_err(|rejection| ApiError::invalid("id", rejection.body_text()))?;
        text.parse().map(Self).map_err(|reason| ApiError::invalid("id", format!("{reason}")))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Paging {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let text = parts.uri.query().unwrap_or_default();
        only(text, &["page", "perPage"])?;
        Ok(Self(TaskQuery::parse(text)?.page))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        Ok(Self(TaskQuery::parse(parts.uri.query().unwrap_or_default())?))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Exporting {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let mut format = ExportFormat::Json;
        let mut rest = form_urlencoded::Serializer::new(String::new());
        for (key, value) in form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes()) {
            match key.as_ref() {
                "format" => {
                    let unknown =
                        |reason: domain::UnknownValue| ApiError::invalid("format", reason.to_string());
                    format = value.parse().map_err(unknown)?;
                }
                "page" | "perPage" => {
                    return Err(ApiError::invalid(&key, "an export has all pages; leave it out"));
                }
                _ => drop(rest.append_pair(&key, &value)),
            }
        }
        Ok(Self(format, TaskQuery::parse(&rest.finish())?))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for AskedHistory {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        Ok(Self(HistoryQuery::parse(parts.uri.query().unwrap_or_default())?))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for AskedWeek {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let text = parts.uri.query().unwrap_or_default();
        only(text, &["week"])?;
        let week =
            form_urlencoded::parse(text.as_bytes()).map(|(_, value)| value).find(|week| !week.is_empty());
        let week = week.map(|week| week.parse().map_err(|reason: &str| ApiError::invalid("week", reason)));
        week.transpose().map(Self)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for LogAsked {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        Ok(Self(LogQuery::parse(parts.uri.query().unwrap_or_default())?))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Nothing {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        only(parts.uri.query().unwrap_or_default(), &[]).map(|()| Self)
    }
}

/// Refuses parameters that a path does not know.
pub(super) fn only(text: &str, known: &[&str]) -> Result<(), ApiError> {
    let mut keys = form_urlencoded::parse(text.as_bytes()).map(|(key, _)| key);
    let Some(unknown) = keys.find(|key| !known.contains(&key.as_ref())) else { return Ok(()) };
    let field: String = unknown.chars().take(40).collect();
    let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
    Err(ApiError::invalid(&field, format!("no such parameter; this path takes {known}")))
}

impl IntoParams for Paging {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let first = PageRequest::default();
        let number = |default: u32| {
            ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1)).default(Some(default.into()))
        };
        let per_page = number(first.per_page).maximum(Some(MAX_PER_PAGE));
        vec![
            query("page", "Which page, from 1", number(first.page)).build(),
            query("perPage", "Rows a page", per_page).build(),
        ]
    }
}

/// What a search in everything covers.
const EVERYTHING: &str = "Where the words of `q` are looked for. `everything` adds, beyond a task's own words, the first \
    2,000 characters each of its description, summary and result; of each of its events the first 500 characters of \
    message, command and output together; and of each of its runs the first 2,000 characters of the log";

impl IntoParams for Exporting {
    fn into_params(place: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let mut all =
            vec![query("format", "What the file is made of; default `json`", ExportFormat::schema()).build()];
        all.extend(
            Asked::into_params(place).into_iter().filter(|one| !["page", "perPage"].contains(&&*one.name)),
        );
        all
    }
}

impl IntoParams for Asked {
    fn into_params(place: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let text = || ObjectBuilder::new().schema_type(Type::String);
        let words = "Words; each must begin a word of the task's id, title, product, agent, tags or the first 300 \
                     characters of its error";
        let bound = "a date (a day of the founder's time zone, included whole) or a time";
        let keys: Vec<_> = SortKey::ALL.iter().flat_map(|key| [key.to_string(), format!("-{key}")]).collect();
        let mut all = vec![
            query("q", words, text()).build(),
            query("in", EVERYTHING, SearchIn::schema()).build(),
            list("status", "Where it stands", TaskStatus::schema()),
            list("product", "Products by id; `unassigned` is none", ProductId::schema()),
            list("priority", "How much it matters", Priority::schema()),
            list("type", "What kind of work it is", TaskType::schema()),
            list("source", "What triggered it", TaskSource::schema()),
            list("agent", "Agents by id", AgentId::schema()),
            query("from", &format!("Created from then on: {bound}"), text()).build(),
            query("to", &format!("Created until then: {bound}"), text()).build(),
            query("endedFrom", &format!("Ended from then on: {bound}"), text()).build(),
            query("endedTo", &format!("Ended until then: {bound}"), text()).build(),
            list("sort", "What comes first; `-` is descending", text().enum_values(Some(keys)).into()),
        ];
        all.extend(Paging::into_params(place));
        all
    }
}

impl IntoParams for AskedHistory {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let date = || {
            ObjectBuilder::new()
                .schema_type(Type::String)
                .format(Some(SchemaFormat::KnownFormat(KnownFormat::Date)))
        };
        vec![
            query("range", "A span that ends today; 30 days if nothing is said", LastSpan::schema()).build(),
            query("product", "One product by id; `unassigned` is none", ProductId::schema()).build(),
            query("from", "The first of the founder's days, in place of `range`", date()).build(),
            query("to", "The last of them, included", date()).build(),
        ]
    }
}

impl IntoParams for LogAsked {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let number = || ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1));
        let lines = number().maximum(Some(logs::MAX_LINES)).default(Some(logs::PER_PAGE.into()));
        let text = ObjectBuilder::new().schema_type(Type::String);
        vec![
            list("level", "Only lines of these levels", EventLevel::schema()),
            query("q", "Only lines with that text, whatever its case", text).build(),
            query("line", "The page with that line, by its number", number()).build(),
            query("page", "Which page, from 1", number().default(Some(1.into()))).build(),
            query("perPage", "Lines a page", lines).build(),
        ]
    }
}

impl IntoParams for AskedWeek {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let week = ObjectBuilder::new().schema_type(Type::String).pattern(Some("^[0-9]{4}-W[0-9]{2}$"));
        vec![query("week", "As ISO 8601 names it; the present one if nothing is said", week).build()]
    }
}

/// Several values, joined by commas.
fn list(name: &str, text: &str, of: RefOr<Schema>) -> Parameter {
    query(name, text, Array::new(of)).style(Some(ParameterStyle::Form)).explode(Some(false)).build()
}
