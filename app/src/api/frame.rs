//! What the shell around every page shows.

use chrono::{DateTime, Utc};
use domain::zone::Zone;
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

use crate::api::{ApiError, codec::Answer};

/// The store, for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StoreView {
    /// What it is: `SQLite`.
    pub kind: String,
    /// Where it is.
    pub location: String,
    /// Its size on disk, where it has one.
    pub bytes: Option<u64>,
    /// Tasks in it.
    pub tasks: u64,
    /// Lines of telemetry that it took, ever.
    pub lines: u64,
    /// Whether what is in it is demo data.
    pub demo: bool,
}

/// What the shell shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Frame {
    /// The server's time.
    pub now: DateTime<Utc>,
    /// The founder's time zone.
    pub zone: Zone,
    /// The store.
    pub store: StoreView,
    /// Whether single keys act, as the settings say.
    pub single_keys: bool,
}

/// What the shell around every page shows.
#[server(name = FrameFn, prefix = "/api/ui", endpoint = "frame", input = GetUrl, output = Answer)]
pub async fn frame() -> Result<Frame, ApiError> {
    let hermes = super::hermes()?;
    let zone = super::answer(hermes.zone().await)?;
    let single_keys = super::answer(hermes.settings().await)?.single_key_shortcuts;
    Ok(Frame { now: hermes.now(), zone, store: store(&hermes).await?, single_keys })
}

/// The store, for people.
#[cfg(feature = "ssr")]
pub(super) async fn store(hermes: &service::Hermes) -> Result<StoreView, ApiError> {
    let info = super::answer(hermes.info().await)?;
    Ok(StoreView {
        kind: info.kind.to_owned(),
        location: info.location,
        bytes: info.bytes,
        tasks: info.tasks,
        lines: info.lines,
        demo: hermes.is_demo(),
    })
}
