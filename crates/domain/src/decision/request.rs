//! A decision as it is asked for, and its check.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{AuditAction, AuditEntry, DecisionKind, Subject, same_cause};
use crate::{id::ItemKey, stamp::whole_micros};

/// The longest note, in characters.
pub const MAX_NOTE: usize = 500;

/// The longest cause, in characters.
pub const MAX_CAUSE: usize = 2_000;

/// The longest title that is kept, in characters; a longer one is cut.
pub const MAX_TITLE: usize = 300;

/// How far ahead a snooze may end, in days.
pub const MAX_SNOOZE_DAYS: i64 = 366;

/// A decision as it is asked for: nothing of it is checked yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DecisionRequest {
    /// The item's key.
    pub item: ItemKey,
    /// The item's cause, as it is shown: the decision is about this cause only.
    pub cause: String,
    /// The item's title, for the log.
    pub title: String,
    /// What is decided.
    pub kind: DecisionKind,
    /// Whose change ends the decision. Without it that of a key `task:…` or `agent:…` ([`Subject::of`]).
    #[serde(default)]
    pub subject: Option<Subject>,
    /// When a snooze ends; without it, when something changes.
    #[serde(default)]
    pub until: Option<DateTime<Utc>>,
    /// What the founder says to it; a resolution needs it.
    #[serde(default)]
    pub note: Option<String>,
}

/// A decision that may be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is documented on DecisionRequest and Decision")]
pub struct NewDecision {
    pub item: ItemKey,
    pub cause: String,
    pub title: String,
    pub kind: DecisionKind,
    pub subject: Option<Subject>,
    pub until: Option<DateTime<Utc>>,
    pub note: Option<String>,
    pub by: String,
}

impl NewDecision {
    /// Whether the entry, which is in force, says the same: then it was only sent twice.
    pub fn repeats(&self, entry: &AuditEntry) -> bool {
        entry.action == AuditAction::from(self.kind)
            && same_cause(&entry.cause, &self.cause)
            && entry.until == self.until
            && entry.note == self.note
    }
}

/// Why a decision cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {reason}")]
pub struct BadDecision {
    /// The field, by its name in JSON.
    pub field: &'static str,
    /// What is wrong with it, and what to write instead.
    pub reason: String,
}

impl DecisionRequest {
    /// The decision of `by`, or what is wrong with it.
    pub fn check(self, by: &str, now: DateTime<Utc>) -> Result<NewDecision, BadDecision> {
        let bad = |field, reason| Err(BadDecision { field, reason });
        if self.cause.chars().count() > MAX_CAUSE {
            return bad(
                "cause",
                format!("a cause has at most {MAX_CAUSE} characters; send it as the item has it"),
            );
        }
        let title: String = printable(&self.title).chars().take(MAX_TITLE).collect();
        if title.is_empty() {
            return bad("title", "say what the item is: its title, as it is shown".to_owned());
        }
        let note = self.note.as_deref().map(printable).filter(|note| !note.is_empty());
        if note.as_ref().is_some_and(|note| note.chars().count() > MAX_NOTE) {
            return bad("note", format!("a note has at most {MAX_NOTE} characters; shorten it"));
        }
        if self.kind == DecisionKind::Resolved && note.is_none() {
            return bad("note", format!("say in 1 to {MAX_NOTE} characters how it was resolved"));
        }
        let subject = self.subject.or_else(|| Subject::of(&self.item));
        let until = self.until.map(whole_micros);
        if let Some(until) = until {
            check_until(self.kind, until, now)?;
        }
        let (item, cause, kind, by) = (self.item, self.cause, self.kind, by.to_owned());
        Ok(NewDecision { item, cause, title, kind, subject, until, note, by })
    }
}

fn check_until(kind: DecisionKind, until: DateTime<Utc>, now: DateTime<Utc>) -> Result<(), BadDecision> {
    let reason = if kind != DecisionKind::Snoozed {
        "only a snooze ends at a time; leave it out, or make the kind `snoozed`".to_owned()
    } else if until <= whole_micros(now) {
        "a snooze ends in the future; choose a later time".to_owned()
    } else if until > now + TimeDelta::days(MAX_SNOOZE_DAYS) {
        format!("a snooze lasts at most {MAX_SNOOZE_DAYS} days; choose an earlier time, or leave it out")
    } else {
        return Ok(());
    };
    Err(BadDecision { field: "until", reason })
}

/// The text on one line: control characters, line breaks among them, become spaces.
fn printable(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    clean.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-11-20T09:00:00Z".parse().unwrap()
    }

    fn request(kind: DecisionKind) -> DecisionRequest {
        DecisionRequest {
            item: ItemKey::new("task:t1").unwrap(),
            cause: "No key".to_owned(),
            title: " Deploy\nit ".to_owned(),
            kind,
            subject: None,
            until: None,
            note: None,
        }
    }

    #[track_caller]
    fn refused(request: DecisionRequest, field: &str, remedy: &str) {
        let bad = request.check("me", now()).unwrap_err();
        assert_eq!(bad.field, field);
        assert!(bad.reason.contains(remedy), "{bad}");
    }

    #[test]
    fn texts_are_made_printable_and_the_subject_is_known_by_the_key() {
        let note = Some("  done \u{1b}[31m\r\nby hand ".to_owned());
        let new = DecisionRequest { note, ..request(DecisionKind::Resolved) }.check("me", now()).unwrap();
        assert_eq!((new.title.as_str(), new.by.as_str()), ("Deploy it", "me"));
        assert_eq!(new.note.as_deref(), Some("done  [31m  by hand"));
        assert_eq!(new.subject, Subject::of(&new.item));
        let blank = DecisionRequest { note: Some(" \n".to_owned()), ..request(DecisionKind::Acknowledged) };
        assert_eq!(blank.check("me", now()).unwrap().note, None);
    }

    #[test]
    fn a_resolution_says_how() {
        let note = |text: String| DecisionRequest { note: Some(text), ..request(DecisionKind::Resolved) };
        refused(request(DecisionKind::Resolved), "note", "1 to 500");
        refused(note("\u{7} \t".to_owned()), "note", "1 to 500");
        refused(note("é".repeat(501)), "note", "shorten");
        assert!(note(format!(" {} ", "é".repeat(500))).check("me", now()).is_ok());
    }

    #[test]
    fn a_snooze_ends_within_a_year_from_now() {
        let until = |kind, until| DecisionRequest { until: Some(until), ..request(kind) };
        let snooze = |at| until(DecisionKind::Snoozed, at);
        refused(snooze(now()), "until", "later");
        refused(snooze(now() + TimeDelta::days(366) + TimeDelta::seconds(1)), "until", "366 days");
        refused(until(DecisionKind::Acknowledged, now() + TimeDelta::days(1)), "until", "snoozed");
        assert!(snooze(now() + TimeDelta::days(366)).check("me", now()).is_ok());
        assert_eq!(request(DecisionKind::Snoozed).check("me", now()).unwrap().until, None);
    }

    #[test]
    fn long_titles_are_cut_and_long_causes_refused() {
        let long = |title: &str, cause: &str| DecisionRequest {
            title: title.to_owned(),
            cause: cause.to_owned(),
            ..request(DecisionKind::Acknowledged)
        };
        assert_eq!(long(&"x".repeat(301), "").check("me", now()).unwrap().title.len(), 300);
        refused(long("x", &"x".repeat(2_001)), "cause", "2000");
        refused(long("\n", "x"), "title", "title");
    }
}
