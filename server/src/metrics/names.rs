//! The labels. None of them grows with what is asked for or with what is stored.

use axum::http::{Method, StatusCode};
use prometheus_client::encoding::EncodeLabelSet;

/// What requests are counted by.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct Call {
    pub(super) route: String,
    pub(super) method: &'static str,
    pub(super) status: &'static str,
}

/// What the duration of requests is told by.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct Timed {
    pub(super) route: String,
    pub(super) method: &'static str,
}

/// What lines are counted by.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct Line {
    pub(super) way: &'static str,
    pub(super) outcome: &'static str,
}

/// What deleted rows are counted by.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct Deleted {
    pub(super) kind: &'static str,
}

/// The way that lines came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// `POST /api/v1/ingest`.
    Http,
    /// A followed file.
    Follow,
    /// The agent's home.
    Home,
}

impl Way {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Follow => "follow",
            Self::Home => "home",
        }
    }
}

/// A method that exists; whoever invents others gets no series of his own.
pub(super) fn method(method: &Method) -> &'static str {
    const KNOWN: [(&Method, &str); 7] = [
        (&Method::GET, "GET"),
        (&Method::HEAD, "HEAD"),
        (&Method::POST, "POST"),
        (&Method::PUT, "PUT"),
        (&Method::PATCH, "PATCH"),
        (&Method::DELETE, "DELETE"),
        (&Method::OPTIONS, "OPTIONS"),
    ];
    KNOWN.iter().find(|(known, _)| *known == method).map_or("other", |(_, name)| name)
}

/// The class of a status.
pub(super) fn class(status: StatusCode) -> &'static str {
    match status.as_u16() {
        100..=199 => "1xx",
        200..=299 => "2xx",
        300..=399 => "3xx",
        400..=499 => "4xx",
        _ => "5xx",
    }
}
