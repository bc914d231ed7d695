//! What the shell around every page shows.

use chrono::{DateTime, Utc};
use domain::{
    id::Seq,
    live::{Heads, Marks},
    zone::Zone,
};
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

/// How many of the founder's views the rail has room for.
#[cfg(feature = "ssr")]
const MAX_VIEWS: usize = 5;

/// A view of the ledger that the founder saved, as the rail leads to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedView {
    /// What the founder calls it.
    pub name: String,
    /// What it asks for, as it stands behind the `?` of the ledger.
    pub query: String,
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
    /// The founder's own views, in their order: the first 5.
    pub views: Vec<SavedView>,
    /// Whether single keys act, as the settings say.
    pub single_keys: bool,
    /// The place in the log of changes that everything on the page holds at least. Live updates begin after it.
    pub seq: Seq,
    /// The same of the founder's own logs.
    pub marks: Marks,
}

/// How far the server's logs had come before anything of the page was read. The parts of a page are read beside each other,
/// so the frame cannot ask for itself.
#[derive(Debug, Clone, Copy)]
pub struct AsOf(pub Heads);

/// What the shell around every page shows.
#[server(name = FrameFn, prefix = "/api/ui", endpoint = "frame", input = GetUrl, output = Answer)]
pub async fn frame() -> Result<Frame, ApiError> {
    let hermes = super::hermes()?;
    let Heads { seq, marks } = match use_context::<AsOf>() {
        Some(AsOf(heads)) => heads,
        None => super::answer(hermes.heads().await)?,
    };
    let zone = super::answer(hermes.zone().await)?;
    let single_keys = super::answer(hermes.settings().await)?.single_key_shortcuts;
    let views = super::answer(hermes.views().await)?.into_iter().take(MAX_VIEWS);
    let views = views.map(|view| SavedView { name: view.name, query: view.query }).collect();
    Ok(Frame { now: hermes.now(), zone, store: store(&hermes).await?, views, single_keys, seq, marks })
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
