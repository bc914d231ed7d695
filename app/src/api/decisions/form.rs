//! What a form says.

use chrono::{DateTime, Utc};
use domain::{
    UnknownValue,
    decision::{AuditEntry, DecisionKind, DecisionRequest, SnoozeChoice},
    id::ItemKey,
    zone::Zone,
};
use service::{Hermes, ServiceError};

use crate::api::{
    ApiError,
    way_back::{self, sender},
};

/// What a form is about, as its hidden fields say it.
pub(super) struct About {
    pub(super) item: ItemKey,
    pub(super) cause: String,
    pub(super) title: String,
    pub(super) subject: Option<String>,
}

/// Decides as the form asks for.
pub(super) async fn decide(
    hermes: &Hermes,
    about: About,
    what: &str,
    note: Option<String>,
) -> Result<AuditEntry, ServiceError> {
    let (zone, by) = (hermes.zone().await?, sender());
    hermes.decide(request(about, what, note, hermes.now(), &zone)?, &by).await
}

/// The decision that a form asks for.
fn request(
    about: About,
    what: &str,
    note: Option<String>,
    now: DateTime<Utc>,
    zone: &Zone,
) -> Result<DecisionRequest, ServiceError> {
    let bad = |field, reason: UnknownValue| ServiceError::Field { field, reason: reason.to_string() };
    let subject = about.subject.filter(|subject| !subject.is_empty());
    let subject =
        subject.map(|subject| subject.parse().map_err(|reason| bad("subject", reason))).transpose()?;
    // "Snoozed" alone says no time: the button of a time does.
    let settled = what.parse().ok().filter(|kind| *kind != DecisionKind::Snoozed);
    let (kind, until) = if let Some(kind) = settled {
        (kind, None)
    } else {
        let choice: SnoozeChoice = what.parse().map_err(|reason| bad("until", reason))?;
        (DecisionKind::Snoozed, choice.until(now, zone))
    };
    let About { item, cause, title, .. } = about;
    Ok(DecisionRequest { item, cause, title, kind, subject, until, note })
}

/// Sends the browser back to the page with what came of the form.
pub(super) fn lead_back(back: &str, done: Result<AuditEntry, ServiceError>) -> Result<(), ApiError> {
    match done {
        Ok(entry) => way_back::lead(back, "decided", &entry.id.to_string()),
        Err(error) => {
            tracing::warn!(%error, "a decision was refused");
            way_back::lead(back, way_back::REFUSED, why(&error))
        }
    }
}

/// Why, in a word that the page knows: no text of a request comes back into a page.
fn why(error: &ServiceError) -> &'static str {
    match error {
        ServiceError::Field { field, .. } => field,
        ServiceError::NotFound(_) | ServiceError::Conflict(_) => "stale",
        ServiceError::Invalid(_) => "form",
        ServiceError::Unavailable(_) => "store",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_button_says_what_is_decided() {
        let now: DateTime<Utc> = "2026-11-20T09:00:00Z".parse().unwrap();
        let asked = |what: &str| {
            let about = About {
                item: ItemKey::new("task:t").unwrap(),
                cause: String::new(),
                title: String::new(),
                subject: Some(String::new()),
            };
            request(about, what, None, now, &Zone::utc())
        };
        assert_eq!(asked("acknowledged").unwrap().kind, DecisionKind::Acknowledged);
        let tomorrow = asked("tomorrow").unwrap();
        assert_eq!(
            (tomorrow.kind, tomorrow.until),
            (DecisionKind::Snoozed, "2026-11-21T08:00:00Z".parse().ok())
        );
        assert_eq!(asked("change").unwrap().until, None);
        for what in ["snoozed", "", "for ever"] {
            assert!(matches!(asked(what), Err(ServiceError::Field { field: "until", .. })), "{what}");
        }
    }
}
