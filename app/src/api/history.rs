//! What `/hermes/history` and its digest show: figures as they are read, so that the browser has nothing to work out.

#[cfg(feature = "ssr")]
mod digest;
#[cfg(feature = "ssr")]
mod figures;
#[cfg(feature = "ssr")]
mod series;
#[cfg(feature = "ssr")]
mod view;

use chrono::{DateTime, Utc};
use domain::zone::Zone;
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

use crate::{
    api::{ApiError, codec::Answer},
    chart::ChartView,
};

/// A change against the period before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// Whether it went up; `None` where it is the same.
    pub up: Option<bool>,
    /// How much: `12`, `1.8 pt`.
    pub text: String,
    /// Whether that is good; `None` where it is neither.
    pub good: Option<bool>,
}

/// A figure, and where it went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FigureView {
    /// What it counts.
    pub label: String,
    /// The figure; `None` where it is not known.
    pub value: Option<String>,
    /// Where it went; `None` where that is not known.
    pub change: Option<Change>,
    /// What it is to be read with.
    pub note: String,
}

/// A bar of a list: the longest is 100 %.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BarView {
    /// What it stands for. May have been told by telemetry.
    pub label: String,
    /// Where it leads.
    pub href: Option<String>,
    /// Its length, 0 to 100.
    pub percent: u64,
    /// Its value, as it is read.
    pub text: String,
    /// The same in full.
    pub title: String,
}

/// Weeks or months, the latest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SummaryRow {
    /// Which one.
    pub label: String,
    /// Where more is said of it.
    pub href: Option<String>,
    /// Its figures, in the order of the columns.
    pub cells: Vec<FigureView>,
}

/// A task in a digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DigestItem {
    /// What it is, as telemetry told it.
    pub title: String,
    /// Where it leads.
    pub href: String,
    /// What people call its product, if it has one.
    pub product: Option<String>,
    /// Its error, what blocks it, or why it is proposed.
    pub text: Option<String>,
    /// When it ended, where it did.
    pub at: Option<DateTime<Utc>>,
    /// What to do, of an action.
    pub verb: Option<String>,
}

/// The head of a digest: of which week, and its figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DigestHead {
    /// The week: `2026-W47`.
    pub week: String,
    /// Its days in words: `16 – 22 Nov 2026`.
    pub words: String,
    /// Whether it is the present week.
    pub current: bool,
    /// Completed, failed, blocked, products advanced, success rate.
    pub figures: Vec<FigureView>,
    /// The first thing that is recommended, if anything is.
    pub recommended: Option<DigestItem>,
}

/// What `/hermes/history` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HistoryPage {
    /// The span in the address: `30d`; `None` where it is of two dates.
    pub range: Option<String>,
    /// Its first day: `2026-10-27`.
    pub from: String,
    /// Its last day.
    pub to: String,
    /// The product that is asked for, by id.
    pub product: Option<String>,
    /// All products, by name: id and name.
    pub products: Vec<(String, String)>,
    /// The span in words, and what it is compared with.
    pub words: String,
    /// Since when anything is known, where that matters for the span.
    pub known: Option<String>,
    /// Whether nothing happened that is known.
    pub empty: bool,
    /// The question as a query of the API.
    pub query: String,
    /// The present week.
    pub digest: DigestHead,
    /// Completed, failed and blocked tasks over time: title, note, chart.
    pub activity: Vec<(String, String, ChartView)>,
    /// How long tasks took, likewise.
    pub durations: (String, String, ChartView),
    /// Why tasks failed: how many in all, and by cause.
    pub failed: String,
    /// The causes, the most frequent first.
    pub causes: Vec<BarView>,
    /// The products with the most completed tasks.
    pub active: Vec<BarView>,
    /// The products that nothing was done for the longest.
    pub neglected: Vec<BarView>,
    /// The last weeks.
    pub weeks: Vec<SummaryRow>,
    /// The last months.
    pub months: Vec<SummaryRow>,
    /// The server's time.
    pub now: DateTime<Utc>,
    /// The founder's time zone.
    pub zone: Zone,
}

/// What the page of a digest shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DigestPage {
    /// The week and its figures.
    pub head: DigestHead,
    /// The week before, where anything is known of it.
    pub earlier: Option<String>,
    /// The week after, unless that is still to come.
    pub later: Option<String>,
    /// Since when anything is known, where that matters for the week.
    pub known: Option<String>,
    /// Deployments and releases.
    pub shipped: Vec<DigestItem>,
    /// Whether there are more.
    pub shipped_more: bool,
    /// Tasks that failed.
    pub failed: Vec<DigestItem>,
    /// How many failed in all.
    pub failed_total: u64,
    /// Tasks that are blocked now; `None` for an earlier week.
    pub blocked: Option<Vec<DigestItem>>,
    /// Products that advanced: name and where it leads.
    pub advanced: Vec<(String, String)>,
    /// What the founder should decide.
    pub founder: Vec<DigestItem>,
    /// What Hermes should do.
    pub automatic: Vec<DigestItem>,
    /// The server's time.
    pub now: DateTime<Utc>,
    /// The founder's time zone.
    pub zone: Zone,
}

/// What `/hermes/history` shows. `asked` is what stands behind the `?` of its address.
#[server(name = HistoryPageFn, prefix = "/api/ui", endpoint = "history", input = GetUrl, output = Answer)]
pub async fn history_page(asked: String) -> Result<HistoryPage, ApiError> {
    let query = domain::insight::history::HistoryQuery::parse(&asked);
    let query = super::answer(query.map_err(|error| service::ServiceError::Invalid(error.to_string())))?;
    let hermes = super::hermes()?;
    let history = super::answer(hermes.history(&query).await)?;
    let digest = super::answer(hermes.digest(None).await)?;
    let zone = super::answer(hermes.zone().await)?;
    let products = super::answer(hermes.products(view::ALL).await)?.items;
    Ok(view::page(&query, &history, &digest, &products, zone, hermes.now()))
}

/// What the page of a digest shows; of the present week, where none is named.
#[server(name = DigestPageFn, prefix = "/api/ui", endpoint = "digest", input = GetUrl, output = Answer)]
pub async fn digest_page(week: String) -> Result<DigestPage, ApiError> {
    let week = match week.as_str() {
        "" => None,
        week => {
            let week = week
                .parse()
                .map_err(|reason: &str| service::ServiceError::Invalid(format!("week: {reason}")));
            Some(super::answer(week)?)
        }
    };
    let hermes = super::hermes()?;
    let digest = super::answer(hermes.digest(week).await)?;
    let zone = super::answer(hermes.zone().await)?;
    let products = super::answer(hermes.products(view::ALL).await)?.items;
    Ok(digest::page(digest, &products, zone, hermes.now()))
}
