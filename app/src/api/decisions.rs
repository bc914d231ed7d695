//! Decisions about items that need attention: forms that work without scripts, and what pages show of the log.
//!
//! A form posts and is sent back to its page (303), with `?decided=ID` of the log's new entry or `?refused=WHY`; the
//! page tells what came of it. Where scripts run, the same forms are sent by an action, and the router follows.

use chrono::{DateTime, Utc};
use domain::{decision::AuditEntry, id::ItemKey, query::Page, zone::Zone};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

use crate::api::{ApiError, codec::Answer};

#[cfg(feature = "ssr")]
mod form;

/// Who sent this request, as the log names them. A context on the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender(pub String);

/// Entries of the log on a page.
pub const PER_PAGE: u32 = 25;

/// What `/hermes/audit` shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AuditPage {
    /// The entries, the newest first.
    pub entries: Page<AuditEntry>,
    /// The server's time.
    pub now: DateTime<Utc>,
    /// The founder's time zone.
    pub zone: Zone,
}

/// An entry that was just made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Decided {
    /// The entry.
    pub entry: AuditEntry,
    /// The server's time.
    pub now: DateTime<Utc>,
    /// The founder's time zone.
    pub zone: Zone,
}

/// What `/hermes/audit` shows.
#[server(name = AuditPageFn, prefix = "/api/ui", endpoint = "audit", input = GetUrl, output = Answer)]
pub async fn audit_page(page: u32) -> Result<AuditPage, ApiError> {
    let hermes = super::hermes()?;
    let request = domain::query::PageRequest { page: page.max(1), per_page: PER_PAGE };
    let entries = super::answer(hermes.audit(request).await)?;
    Ok(AuditPage { entries, now: hermes.now(), zone: super::answer(hermes.zone().await)? })
}

/// The entry that a form has just made; `None` where there is no such entry.
#[server(name = DecidedFn, prefix = "/api/ui", endpoint = "decided", input = GetUrl, output = Answer)]
pub async fn decided(id: u64) -> Result<Option<Decided>, ApiError> {
    let hermes = super::hermes()?;
    let Some(entry) = super::answer(hermes.audit_entry(id).await)? else { return Ok(None) };
    Ok(Some(Decided { entry, now: hermes.now(), zone: super::answer(hermes.zone().await)? }))
}

/// Decides about an item. `what` is `acknowledged`, `resolved`, or one of the times to snooze until.
#[server(name = DecideFn, prefix = "/api/ui", endpoint = "decide", output = Answer)]
pub async fn decide(
    item: ItemKey,
    cause: String,
    title: String,
    #[server(default)] subject: Option<String>,
    what: String,
    #[server(default)] note: Option<String>,
    #[server(default)] back: String,
) -> Result<(), ApiError> {
    let hermes = super::hermes()?;
    let about = form::About { item, cause, title, subject };
    let done = form::decide(&hermes, about, &what, note).await;
    form::lead_back(&back, done)
}

/// Takes a decision back.
#[server(name = UndoFn, prefix = "/api/ui", endpoint = "undo", output = Answer)]
pub async fn undo(id: u64, #[server(default)] back: String) -> Result<(), ApiError> {
    let hermes = super::hermes()?;
    form::lead_back(&back, hermes.undo(id, &super::way_back::sender()).await)
}
