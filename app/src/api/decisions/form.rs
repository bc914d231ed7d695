//! What a form says, and the way back to its page.

use chrono::{DateTime, Utc};
use domain::{
    UnknownValue,
    decision::{AuditEntry, DecisionKind, DecisionRequest, FOUNDER, SnoozeChoice},
    id::ItemKey,
    zone::Zone,
};
use http::{HeaderValue, StatusCode, header, request::Parts};
use leptos::{prelude::use_context, server_fn::redirect::REDIRECT_HEADER};
use leptos_axum::ResponseOptions;
use service::{Hermes, ServiceError};

use super::Sender;
use crate::{api::ApiError, links};

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

/// Who sent the form. What has come this far without a token came from a page of ours.
pub(super) fn sender() -> String {
    use_context::<Sender>().map_or_else(|| FOUNDER.to_owned(), |sender| sender.0)
}

/// Sends the browser back to the page with what came of the form. A failure is told there, too: a form without
/// scripts has no other place for it.
pub(super) fn lead_back(back: &str, done: Result<AuditEntry, ServiceError>) -> Result<(), ApiError> {
    let told = match done {
        Ok(entry) => ("decided", entry.id.to_string()),
        Err(error) => {
            tracing::warn!(%error, "a decision was refused");
            ("refused", why(&error).to_owned())
        }
    };
    let (Some(response), Ok(location)) =
        (use_context::<ResponseOptions>(), HeaderValue::from_str(&with(back, told.0, &told.1)))
    else {
        return Err(ApiError::Internal);
    };
    response.insert_header(header::LOCATION, location);
    let parts = use_context::<Parts>();
    let accept = parts.as_ref().and_then(|parts| parts.headers.get(header::ACCEPT)?.to_str().ok());
    if accept.is_some_and(|accept| accept.contains("text/html")) {
        response.set_status(StatusCode::SEE_OTHER);
    } else {
        // An action reads the answer itself; this header tells it to go on.
        response
            .insert_header(header::HeaderName::from_static(REDIRECT_HEADER), HeaderValue::from_static(""));
    }
    Ok(())
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

/// The page to go back to, with one more parameter. Only a page of ours, and what an earlier form told is left out.
fn with(back: &str, name: &str, value: &str) -> String {
    let ours =
        back.strip_prefix(links::HOME).filter(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']));
    let plain = ours.filter(|rest| rest.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\'));
    let (back, fragment) = plain.map_or((links::HOME, ""), |_| back.split_once('#').unwrap_or((back, "")));
    let (path, query) = back.split_once('?').unwrap_or((back, ""));
    let told =
        |pair: &&str| !pair.is_empty() && !pair.starts_with("decided=") && !pair.starts_with("refused=");
    let told_now = format!("{name}={value}");
    let pairs: Vec<&str> = query.split('&').filter(told).chain([told_now.as_str()]).collect();
    let fragment = if fragment.is_empty() { String::new() } else { format!("#{fragment}") };
    format!("{path}?{}{fragment}", pairs.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_is_a_page_of_ours() {
        for (back, expected) in [
            ("", "/hermes?decided=7"),
            ("/hermes", "/hermes?decided=7"),
            ("/hermes#attention", "/hermes?decided=7#attention"),
            ("/hermes/audit?page=2&decided=6&refused=note", "/hermes/audit?page=2&decided=7"),
            ("//evil.test/hermes", "/hermes?decided=7"),
            ("https://evil.test", "/hermes?decided=7"),
            ("/hermes.evil", "/hermes?decided=7"),
            ("/hermes/\\evil", "/hermes?decided=7"),
            ("/hermes/a b", "/hermes?decided=7"),
            ("/hermes/\r\nSet-Cookie: a=b", "/hermes?decided=7"),
        ] {
            assert_eq!(with(back, "decided", "7"), expected, "{back:?}");
        }
    }

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
