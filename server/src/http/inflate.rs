//! Bodies as they were before `Content-Encoding`.

use axum::{
    body::Bytes,
    http::{HeaderMap, HeaderValue, StatusCode, header},
};
use ingest::stream::{InflateError, gunzip_bounded, unzstd_bounded};

use crate::{error::ApiError, limits::MAX_INFLATED};

/// How a body was made smaller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Plain,
    Gzip,
    Zstd,
}

impl Encoding {
    /// What the headers say.
    pub(super) fn of(headers: &HeaderMap) -> Result<Self, ApiError> {
        let value = headers.get(header::CONTENT_ENCODING);
        let name = value.map_or(Ok("identity"), |value| value.to_str()).unwrap_or_default();
        match name.trim().to_ascii_lowercase().as_str() {
            "" | "identity" => Ok(Self::Plain),
            "gzip" | "x-gzip" => Ok(Self::Gzip),
            "zstd" => Ok(Self::Zstd),
            _ => {
                let message = "this Content-Encoding is not read here; send gzip, zstd or plain lines";
                let refused =
                    ApiError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_encoding", message);
                Err(refused.with(header::ACCEPT_ENCODING, HeaderValue::from_static("gzip, zstd")))
            }
        }
    }

    /// Unpacks a body, on this thread.
    pub(super) fn unpack(self, body: &Bytes) -> Result<Vec<u8>, ApiError> {
        let unpacked = match self {
            Self::Plain => return Ok(body.to_vec()),
            Self::Gzip => gunzip_bounded(body, MAX_INFLATED),
            Self::Zstd => unzstd_bounded(body, MAX_INFLATED),
        };
        unpacked.map_err(|error| match error {
            InflateError::TooLarge(_) => ApiError::too_large(error.to_string()),
            InflateError::Bad(_) => {
                let message = "the body is not what its Content-Encoding says; nothing of it was stored";
                ApiError::new(StatusCode::BAD_REQUEST, "bad_encoding", message)
            }
        })
    }
}
