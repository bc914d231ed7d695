//! `/api/v1/settings`: the settings for programs, their versions, and the way back.

use axum::{
    Extension, Json,
    body::to_bytes,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    query::Page,
    settings::{FieldError, Settings, SettingsVersion},
};
use service::{
    Hermes, SaveError,
    settings::{MAX_BYTES, parse},
};

use crate::{
    error::{ApiError, ErrorAnswer},
    http::{
        describe::{Invalid, NotFound},
        params::{Id, Nothing, Paging},
    },
    middleware::Caller,
};

/// How many fields a refusal names.
const NAMED: usize = 12;

/// The settings in force.
///
/// This is the export: what it says can be sent back with `PUT`, to the byte. The `ETag` is the version.
#[utoipa::path(
    get, path = "/settings", tag = "settings", operation_id = "getSettings",
    responses(
        (status = 200, description = "The settings", body = Settings, headers(("etag" = String, description = "The version, in quotes"))),
        Invalid
    )
)]
pub(super) async fn get(_: Nothing, State(hermes): State<Hermes>) -> Result<Response, ApiError> {
    Ok(answer(StatusCode::OK, &hermes.settings_version().await?))
}

/// Replaces the settings.
///
/// All of them: what is not named is as it comes. `If-Match` names the version that was changed, or is `*`.
#[utoipa::path(
    put, path = "/settings", tag = "settings", operation_id = "putSettings",
    security((), ("token" = [])),
    params(("If-Match" = String, Header, description = "The version that was changed, in quotes; `*` for whichever is in force")),
    request_body = Settings,
    responses(
        (status = 200, description = "The settings as they are in force now", body = Settings, headers(("etag" = String, description = "The version, in quotes"))),
        (status = 401, body = ErrorAnswer, description = "No proof came (`missing_token`), or no valid token (`invalid_token`)"),
        (status = 403, body = ErrorAnswer, description = "A page of another origin asked (`cross_origin`)"),
        (status = 409, body = ErrorAnswer, description = "Another version is in force; the message says what it changed (`stale`)"),
        (status = 413, body = ErrorAnswer, description = "Longer than settings are (`too_large`)"),
        (status = 428, body = ErrorAnswer, description = "No `If-Match` came (`missing_version`)"),
        Invalid
    )
)]
pub(super) async fn put(
    _: Nothing,
    State(hermes): State<Hermes>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Result<Response, ApiError> {
    let expected = expected(&hermes, request.headers()).await?;
    let too_large = |_| ApiError::too_large(format!("settings have at most {MAX_BYTES} bytes"));
    let body = to_bytes(request.into_body(), MAX_BYTES).await.map_err(too_large)?;
    let text = std::str::from_utf8(&body).map_err(|error| ApiError::invalid("body", error.to_string()))?;
    let settings = parse(text).map_err(|wrong| invalid(&[wrong]))?;
    let saved = hermes.save_settings(settings, caller.name(), expected).await.map_err(refused)?;
    Ok(answer(StatusCode::OK, &saved))
}

/// The stored versions of the settings, the newest first.
#[utoipa::path(
    get, path = "/settings/versions", tag = "settings", operation_id = "listSettingsVersions",
    params(Paging),
    responses((status = 200, description = "A page of them, with their content", body = Page<SettingsVersion>), Invalid)
)]
pub(super) async fn versions(
    Paging(page): Paging,
    State(hermes): State<Hermes>,
) -> Result<Json<Page<SettingsVersion>>, ApiError> {
    Ok(Json(hermes.settings_versions(page).await?))
}

/// Goes back to a version of the settings.
///
/// Its content becomes a new version; nothing is lost. Version 0 are the defaults.
#[utoipa::path(
    post, path = "/settings/versions/{id}/restore", tag = "settings", operation_id = "restoreSettings",
    security((), ("token" = [])),
    params(
        ("id" = u64, Path, description = "The version"),
        ("If-Match" = String, Header, description = "The version in force, in quotes; `*` for whichever it is")
    ),
    responses(
        (status = 201, description = "The new version", body = SettingsVersion),
        (status = 401, body = ErrorAnswer, description = "No proof came (`missing_token`), or no valid token (`invalid_token`)"),
        (status = 403, body = ErrorAnswer, description = "A page of another origin asked (`cross_origin`)"),
        (status = 409, body = ErrorAnswer, description = "Another version is in force (`stale`)"),
        (status = 428, body = ErrorAnswer, description = "No `If-Match` came (`missing_version`)"),
        Invalid, NotFound
    )
)]
pub(super) async fn restore(
    Id(id): Id<u64>,
    _: Nothing,
    State(hermes): State<Hermes>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
) -> Result<(StatusCode, Json<SettingsVersion>), ApiError> {
    let expected = expected(&hermes, &headers).await?;
    let restored = hermes.restore_settings(id, caller.name(), expected).await.map_err(refused)?;
    Ok((StatusCode::CREATED, Json(restored)))
}

fn answer(status: StatusCode, version: &SettingsVersion) -> Response {
    let kind = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
    let mut response = (status, kind, version.settings.export()).into_response();
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{}\"", version.line.version)) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

/// The version that the sender means to replace.
async fn expected(hermes: &Hermes, headers: &HeaderMap) -> Result<u64, ApiError> {
    let Some(tag) = headers.get(header::IF_MATCH) else {
        let message =
            "send the version that you changed as `If-Match`: it is the `ETag` of GET /api/v1/settings";
        return Err(ApiError::new(StatusCode::PRECONDITION_REQUIRED, "missing_version", message));
    };
    let tag = tag.to_str().unwrap_or_default().trim();
    if tag == "*" {
        return Ok(hermes.settings_version().await?.line.version);
    }
    let number = tag.strip_prefix('"').and_then(|tag| tag.strip_suffix('"')).unwrap_or(tag);
    number.parse().map_err(|_| ApiError::invalid("If-Match", "write a version in quotes, such as \"3\""))
}

/// The first field that is wrong, and in words the others.
fn invalid(wrong: &[FieldError]) -> ApiError {
    let Some(first) = wrong.first() else { return ApiError::invalid("body", "these are no settings") };
    let others: Vec<_> = wrong.iter().skip(1).take(NAMED).map(ToString::to_string).collect();
    let others = if others.is_empty() { String::new() } else { format!(" Also: {}", others.join(" ")) };
    let field = if first.field.is_empty() { "body" } else { &first.field };
    ApiError::invalid(field, format!("{}{others}", first.message))
}

fn refused(error: SaveError) -> ApiError {
    match error {
        SaveError::Invalid(wrong) => invalid(&wrong),
        SaveError::Stale { ref changed, .. } => {
            let fields: Vec<_> = changed.iter().take(NAMED).map(|changed| changed.field.as_str()).collect();
            let changed = if fields.is_empty() {
                "the same content".to_owned()
            } else {
                format!("changed: {}", fields.join(", "))
            };
            ApiError::new(StatusCode::CONFLICT, "stale", format!("{error} ({changed})"))
        }
        SaveError::Service(error) => error.into(),
    }
}
