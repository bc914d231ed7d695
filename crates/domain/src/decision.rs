//! What the founder decided about an item that needs attention, and the log of it.
//!
//! An item has a key (what it is about) and a cause (why it needs the founder now). A decision is about both: it
//! holds while the cause is the same, so an item whose cause is another comes back by itself. Where the same cause
//! can come back in the same words (blocked, running, blocked again), the store ends the decision when its subject
//! changes; see [`watch`].
//!
//! Of one item the latest decision is in force. Undoing it brings the one before it back into force, if there is
//! one that did not end. To undo an undoing is to decide again: the log then says what happened.

pub mod audit;
pub mod request;
pub mod snooze;
pub mod subject;
pub mod watch;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use self::{
    audit::{AuditAction, AuditEntry},
    request::{BadDecision, DecisionRequest, NewDecision},
    snooze::SnoozeChoice,
    subject::Subject,
    watch::{Turn, Watch},
};
use crate::id::ItemKey;

/// Who decides on a page: there is no sign-in, so a browser that our own page asked through is the founder.
pub const FOUNDER: &str = "founder";

string_enum! {
    /// What the founder decides about an item.
    pub enum DecisionKind as "decision" {
        Acknowledged = "acknowledged", "Acknowledged";
        Snoozed = "snoozed", "Snoozed";
        Resolved = "resolved", "Resolved";
    }
}

/// A decision in force.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Decision {
    /// Its place in the log: what it is undone by.
    pub id: u64,
    /// What it is about. Where the item's task turned out to be another, this is that one's item.
    pub item: ItemKey,
    /// The item's cause when it was decided.
    pub cause: String,
    /// What was decided.
    pub kind: DecisionKind,
    /// When a snooze ends; a snooze without it lasts until something changes.
    pub until: Option<DateTime<Utc>>,
    /// What the founder says to it.
    pub note: Option<String>,
    /// The item's title when it was decided.
    pub title: String,
    /// When it was decided.
    pub at: DateTime<Utc>,
    /// Who decided: a token's name, or [`FOUNDER`].
    pub by: String,
}

impl Decision {
    /// Whether it still settles the item that has this cause: the cause is the one that was decided on, and a timed
    /// snooze lasts until just before its time.
    pub fn holds(&self, cause: &str, now: DateTime<Utc>) -> bool {
        same_cause(&self.cause, cause) && self.until.is_none_or(|until| now < until)
    }
}

/// Whether the two are the same cause: the same words. White space makes no difference, because forms change it.
pub fn same_cause(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn decision(kind: DecisionKind, until: Option<&str>) -> Decision {
        Decision {
            id: 1,
            item: ItemKey::new("task:t1").unwrap(),
            cause: "No key for\nGitHub".to_owned(),
            kind,
            until: until.map(at),
            note: None,
            title: "Deploy".to_owned(),
            at: at("2026-11-20T08:00:00Z"),
            by: FOUNDER.to_owned(),
        }
    }

    #[test]
    fn it_holds_while_the_cause_is_the_same() {
        let decision = decision(DecisionKind::Acknowledged, None);
        let later = at("2036-11-20T08:00:00Z");
        assert!(decision.holds("No key for\r\n GitHub", later));
        assert!(!decision.holds("No key for GitLab", later));
        assert!(!decision.holds("", later));
    }

    #[test]
    fn a_timed_snooze_ends_at_its_time() {
        let timed = decision(DecisionKind::Snoozed, Some("2026-11-20T09:00:00Z"));
        assert!(timed.holds(&timed.cause, at("2026-11-20T08:59:59Z")));
        assert!(!timed.holds(&timed.cause, at("2026-11-20T09:00:00Z")));
        let until_change = decision(DecisionKind::Snoozed, None);
        assert!(until_change.holds(&until_change.cause, at("2036-11-20T09:00:00Z")));
    }
}
