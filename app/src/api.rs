//! Server functions: what pages load. Each body is two or three lines over `service::Hermes`.

pub mod agents;
pub mod codec;
pub mod decisions;
pub mod frame;
pub mod history;
pub mod overview;
pub mod palette;
pub mod products;
pub mod settings;
pub mod sources;
pub mod task;
pub mod tasks;
pub mod views;
#[cfg(feature = "ssr")]
mod way_back;

use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// Why a server function could not answer. What it says is for the founder; internal text stays in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", content = "reason", rename_all = "kebab-case")]
pub enum ApiError {
    /// There is no such thing.
    #[error("there is no such thing")]
    NotFound,
    /// What was asked for makes no sense; says what to write instead.
    #[error("{0}")]
    Invalid(String),
    /// The store does not answer at present.
    #[error("the store does not answer at present")]
    Unavailable,
    /// The server could not be reached from the browser.
    #[error("the server could not be reached")]
    Unreachable,
    /// A bug, or a browser and a server of different versions.
    #[error("something went wrong inside Mission Control")]
    Internal,
}

impl ApiError {
    /// A short name to search the log and the documentation for.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "ERR-NOT-FOUND",
            Self::Invalid(_) => "ERR-INVALID",
            Self::Unavailable => "ERR-STORE",
            Self::Unreachable => "ERR-CONNECTION",
            Self::Internal => "ERR-INTERNAL",
        }
    }

    #[cfg(feature = "ssr")]
    fn status(&self) -> http::StatusCode {
        match self {
            Self::NotFound => http::StatusCode::NOT_FOUND,
            Self::Invalid(_) => http::StatusCode::BAD_REQUEST,
            Self::Unavailable => http::StatusCode::SERVICE_UNAVAILABLE,
            Self::Unreachable | Self::Internal => http::StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl FromServerFnError for ApiError {
    type Encoder = codec::OneReader;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) => Self::Unreachable,
            _ => Self::Internal,
        }
    }
}

/// The service, or why there is none.
#[cfg(feature = "ssr")]
pub(crate) fn hermes() -> Result<service::Hermes, ApiError> {
    leptos::prelude::use_context::<service::Hermes>().ok_or_else(|| {
        tracing::error!("no service::Hermes in the context of a server function");
        ApiError::Internal
    })
}

/// Turns the service's answer into the page's, and sets the status of the response.
#[cfg(feature = "ssr")]
pub(crate) fn answer<T>(result: Result<T, service::ServiceError>) -> Result<T, ApiError> {
    use service::ServiceError;
    result.map_err(|error| {
        let shown = match &error {
            ServiceError::Invalid(reason)
            | ServiceError::Field { reason, .. }
            | ServiceError::Conflict(reason) => ApiError::Invalid(reason.clone()),
            ServiceError::NotFound(_) => ApiError::NotFound,
            ServiceError::Unavailable(_) => ApiError::Unavailable,
        };
        tracing::warn!(%error, code = shown.code(), "a server function could not answer");
        if let Some(response) = leptos::prelude::use_context::<leptos_axum::ResponseOptions>() {
            response.set_status(shown.status());
        }
        shown
    })
}
