//! The log of decisions: who did what, when. It is only added to.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{DecisionKind, Subject};
use crate::id::ItemKey;

string_enum! {
    /// What was done to an item. Stores keep the place in this list: new ones go to the end.
    pub enum AuditAction as "action" {
        Acknowledged = "acknowledged", "Acknowledged";
        Snoozed = "snoozed", "Snoozed";
        Resolved = "resolved", "Resolved";
        Undone = "undone", "Undone";
    }
}

impl From<DecisionKind> for AuditAction {
    fn from(kind: DecisionKind) -> Self {
        match kind {
            DecisionKind::Acknowledged => Self::Acknowledged,
            DecisionKind::Snoozed => Self::Snoozed,
            DecisionKind::Resolved => Self::Resolved,
        }
    }
}

impl AuditAction {
    /// The decision that it was, if it was one.
    pub const fn decision(self) -> Option<DecisionKind> {
        match self {
            Self::Acknowledged => Some(DecisionKind::Acknowledged),
            Self::Snoozed => Some(DecisionKind::Snoozed),
            Self::Resolved => Some(DecisionKind::Resolved),
            Self::Undone => None,
        }
    }
}

/// One entry of the log, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AuditEntry {
    /// Its place in the log: 1, 2, 3 …
    pub id: u64,
    /// When it was done.
    pub at: DateTime<Utc>,
    /// Who did it: a token's name, or [`super::FOUNDER`].
    pub by: String,
    /// What was done.
    pub action: AuditAction,
    /// The item, by the key that it had then.
    pub item: ItemKey,
    /// The item's title then.
    pub title: String,
    /// The item's cause then.
    pub cause: String,
    /// Whose change ends the decision, and what the item links to.
    pub subject: Option<Subject>,
    /// When a snooze ends; `null` for one that lasts until something changes.
    pub until: Option<DateTime<Utc>>,
    /// What the founder said to it.
    pub note: Option<String>,
    /// The entry that this one took back.
    pub undoes: Option<u64>,
    /// When it was taken back.
    pub undone_at: Option<DateTime<Utc>>,
    /// Who took it back.
    pub undone_by: Option<String>,
    /// When the decision ended for good, because its subject changed.
    pub ended_at: Option<DateTime<Utc>>,
    /// Whether it is the decision in force on its item: the one that can be undone.
    pub in_force: bool,
}

impl AuditEntry {
    /// Whether undoing it changes something: it is in force, and its snooze is not over.
    pub fn can_be_undone(&self, now: DateTime<Utc>) -> bool {
        self.in_force && self.until.is_none_or(|until| now < until)
    }
}
