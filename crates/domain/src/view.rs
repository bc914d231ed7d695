//! Saved views: questions to the ledger that the founder gave a name.

mod draft;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use self::draft::{BadView, MAX_NAME, MAX_QUERY, MAX_VIEWS, NewView, ViewDraft, ViewPatch};

/// A saved view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct View {
    /// Its identity; never given twice.
    pub id: u64,
    /// What the founder calls it: unique, whatever the case of its letters.
    pub name: String,
    /// Filters and order, as they stand behind the `?` of the ledger.
    pub query: String,
    /// Its place in the list, from 1.
    pub position: u64,
    /// When it was saved first.
    pub created_at: DateTime<Utc>,
    /// When its name or its query changed last.
    pub updated_at: DateTime<Utc>,
}

string_enum! {
    /// What became of a saved view.
    pub enum ViewAction as "change of a view" {
        Saved = "saved", "Saved";
        Renamed = "renamed", "Renamed";
        Replaced = "replaced", "Replaced";
        Moved = "moved", "Moved";
        Deleted = "deleted", "Deleted";
    }
}

impl ViewAction {
    /// What a view becomes another one by; `None` where it stays as it is.
    pub fn between(old: &View, new: &NewView) -> Option<Self> {
        match (old.name == new.name, old.query == new.query) {
            (true, true) => None,
            (false, true) => Some(Self::Renamed),
            (_, false) => Some(Self::Replaced),
        }
    }
}

/// An entry of the views' history, which is only added to: what a view was from then on, or, where it was deleted, last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ViewChange {
    /// The entry's place in the history, from 1.
    pub id: u64,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// Who did it: a token's name, or [`crate::decision::FOUNDER`].
    pub by: String,
    /// What was done.
    pub action: ViewAction,
    /// The view's identity.
    pub view: u64,
    /// Its name.
    pub name: String,
    /// Its query.
    pub query: String,
    /// Its place in the list.
    pub position: u64,
}
