//! What `/hermes/sources` shows, and what the overview says of it.

use chrono::{DateTime, Utc};
use domain::{
    source::{HomeFound, HomeProgress, HomeState, HomeStatus},
    zone::Zone,
};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

use crate::api::{ApiError, codec::Answer, frame::StoreView};

/// An agent's home in short, for pages that only mention it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HomeBrief {
    /// The folder, as it was named.
    pub path: String,
    /// How it was found.
    pub found: HomeFound,
    /// What the reader does with it.
    pub state: HomeState,
    /// How far reading has come.
    pub progress: HomeProgress,
}

impl From<HomeStatus> for HomeBrief {
    fn from(home: HomeStatus) -> Self {
        Self { path: home.path, found: home.found, state: home.state, progress: home.progress }
    }
}

/// What `/hermes/sources` shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SourcesPage {
    /// What is read of an agent's home; `None` where none is looked at.
    pub home: Option<HomeStatus>,
    /// The store that it goes to.
    pub store: StoreView,
    /// The server's time.
    pub now: DateTime<Utc>,
    /// The founder's time zone.
    pub zone: Zone,
}

/// What `/hermes/sources` shows.
#[server(name = SourcesPageFn, prefix = "/api/ui", endpoint = "sources", input = GetUrl, output = Answer)]
pub async fn sources_page() -> Result<SourcesPage, ApiError> {
    let hermes = super::hermes()?;
    let home = super::answer(hermes.home().await)?;
    let zone = super::answer(hermes.zone().await)?;
    Ok(SourcesPage { home, store: super::frame::store(&hermes).await?, now: hermes.now(), zone })
}
