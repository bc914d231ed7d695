//! When the founder was last here: a cookie of this browser, so that the tape can say what happened since.
//!
//! Only a document that the founder opened is a view. The page's server functions are answered under the visit that
//! the cookie tells, and leave it as it is: a page that stands open and asks for news by itself must not make the
//! founder present. Nothing else is decided by this cookie, so a forged one changes nothing but its own page.

use chrono::{DateTime, TimeDelta, Utc};
use http::{HeaderMap, HeaderValue, Method, header, request::Parts};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use super::Away;
use crate::links;

/// The cookie. Server functions lie beside the pages and need it too, hence the path.
const NAME: &str = "hermes_visit";
const ATTRIBUTES: &str = "Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax";

/// A view this long after the last one begins a new visit.
const PAUSE: TimeDelta = TimeDelta::minutes(30);

/// As long as the cookie is kept; what claims to be older was not written by us.
const KEPT: TimeDelta = TimeDelta::days(365);

/// The visit that a browser is in, in whole seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Visit {
    /// When the one before it ended; `None` in the first.
    ended: Option<DateTime<Utc>>,
    /// When it began.
    began: DateTime<Utc>,
    /// The last view.
    seen: DateTime<Utc>,
}

impl Visit {
    /// The visit that a cookie tells: `ENDED.BEGAN.SEEN` in epoch seconds, the first one empty in a first visit. `None`
    /// where it makes no sense.
    fn parse(value: &str, now: DateTime<Utc>) -> Option<Self> {
        let mut parts = value.split('.');
        let (ended, began, seen) = (parts.next()?, parts.next()?, parts.next()?);
        let ended = if ended.is_empty() { None } else { Some(moment(ended)?) };
        let visit = Self { ended, began: moment(began)?, seen: moment(seen)? };
        let earliest = ended.unwrap_or(visit.began);
        let sound = parts.next().is_none()
            && earliest <= visit.began
            && visit.began <= visit.seen
            && visit.seen <= now
            && visit.seen >= now - KEPT
            && earliest >= visit.began - KEPT;
        sound.then_some(visit)
    }

    /// The visit after a view at `now`.
    fn viewed(before: Option<Self>, now: DateTime<Utc>) -> Self {
        match before {
            Some(visit) if now - visit.seen <= PAUSE => Self { seen: now, ..visit },
            Some(visit) => Self { ended: Some(visit.seen), began: now, seen: now },
            None => Self { ended: None, began: now, seen: now },
        }
    }

    fn away(self) -> Option<Away> {
        Some(Away { from: self.ended?, to: self.began })
    }

    fn cookie(self) -> String {
        let ended = self.ended.map_or_else(String::new, |ended| ended.timestamp().to_string());
        format!("{NAME}={ended}.{}.{}; {ATTRIBUTES}", self.began.timestamp(), self.seen.timestamp())
    }
}

/// A moment as the cookie has it: digits only.
fn moment(text: &str) -> Option<DateTime<Utc>> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    DateTime::from_timestamp(text.parse().ok().filter(|_| digits)?, 0)
}

/// The value of our cookie, of all that the request carries.
fn told(headers: &HeaderMap) -> Option<&str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == NAME).map(|(_, value)| value)
}

/// Whether the founder opens the page with this request: no server function, and nothing that a browser fetches
/// ahead, or for another use than to show it. Browsers that do not say so are taken at their word.
fn is_view(parts: &Parts) -> bool {
    let says = |name: &str| parts.headers.get(name).map(HeaderValue::as_bytes);
    parts.method == Method::GET
        && parts.uri.path().trim_end_matches('/') == links::HOME
        && says("sec-fetch-dest").is_none_or(|dest| dest == b"document")
        && says("sec-purpose").is_none()
}

/// What the cookie of this request tells; a view is noted in the answer's.
pub(super) fn away(now: DateTime<Utc>) -> Option<Away> {
    let parts = use_context::<Parts>()?;
    let before = told(&parts.headers).and_then(|value| Visit::parse(value, now));
    if !is_view(&parts) {
        return before?.away();
    }
    let visit = Visit::viewed(before, now);
    let cookie = HeaderValue::from_str(&visit.cookie());
    if let (Some(response), Ok(cookie)) = (use_context::<ResponseOptions>(), cookie) {
        response.append_header(header::SET_COOKIE, cookie);
    }
    visit.away()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_780_000_000 + seconds, 0).unwrap()
    }

    fn minutes(minutes: i64) -> DateTime<Utc> {
        at(60 * minutes)
    }

    /// The cookie's value without its attributes, read at `now`.
    fn again(visit: Visit, now: DateTime<Utc>) -> Option<Visit> {
        let cookie = visit.cookie();
        let value = cookie.strip_prefix("hermes_visit=").unwrap().split_once("; ").unwrap().0;
        Visit::parse(value, now)
    }

    #[test]
    fn a_first_visit_was_away_from_nothing() {
        let first = Visit::viewed(None, at(0));
        assert_eq!(first.away(), None);
        assert_eq!(again(first, at(9)), Some(first));
    }

    #[test]
    fn a_view_after_the_pause_begins_a_visit_and_the_span_stays_for_all_of_it() {
        let first = Visit::viewed(Some(Visit::viewed(None, minutes(0))), minutes(30));
        assert_eq!(first, Visit { ended: None, began: minutes(0), seen: minutes(30) });
        let mut visit = Visit::viewed(Some(first), minutes(61));
        let away = Away { from: minutes(30), to: minutes(61) };
        assert_eq!(visit.away(), Some(away));
        for later in [75, 100, 130] {
            visit = Visit::viewed(again(visit, minutes(later)), minutes(later));
            assert_eq!(visit.away(), Some(away), "{later}");
        }
        let next = Visit::viewed(Some(visit), minutes(600));
        assert_eq!(next.away(), Some(Away { from: minutes(130), to: minutes(600) }));
    }

    #[test]
    fn what_makes_no_sense_is_unknown() {
        let now = at(0);
        let (t, year) = (now.timestamp(), 366 * 86_400);
        let bad = [
            String::new(),
            "..".to_owned(),
            "x.y.z".to_owned(),
            format!("{t}.{t}"),
            format!("{t}.{t}.{t}.{t}"),
            format!("{t}.{t}.{}", t + 1),
            format!("{t}.{}.{t}", t + 1),
            format!("{t}.{}.{}", t - 1, t - 1),
            format!("-{t}.{t}.{t}"),
            format!("+{t}.{t}.{t}"),
            format!("{t} .{t}.{t}"),
            format!("{0}.{0}.{0}", t - year),
            format!("{}.{t}.{t}", t - year),
            "99999999999999999999.1.1".to_owned(),
            format!("{0}.{0}.{0}", i64::MAX),
        ];
        for value in bad {
            assert_eq!(Visit::parse(&value, now), None, "{value}");
        }
        assert!(Visit::parse(&format!("{}.{t}.{t}", t - 86_400), now).is_some());
    }

    fn parts(path: &str, headers: &[(&'static str, &str)]) -> Parts {
        let mut request = http::Request::get(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(()).unwrap().into_parts().0
    }

    #[test]
    fn only_an_opened_page_is_a_view() {
        for (path, headers) in
            [("/hermes", &[][..]), ("/hermes/?did=week", &[]), ("/hermes", &[("sec-fetch-dest", "document")])]
        {
            assert!(is_view(&parts(path, headers)), "{path} {headers:?}");
        }
        for (path, headers) in [
            ("/api/ui/overview", &[][..]),
            ("/hermes/tasks", &[]),
            ("/hermes", &[("sec-purpose", "prefetch")]),
            ("/hermes", &[("sec-fetch-dest", "empty")]),
            ("/hermes", &[("sec-fetch-dest", "iframe")]),
        ] {
            assert!(!is_view(&parts(path, headers)), "{path} {headers:?}");
        }
    }

    #[test]
    fn our_cookie_is_found_among_others() {
        let headers = |line| parts("/hermes", &[("cookie", line)]).headers;
        assert_eq!(told(&headers("a=1; hermes_visit=1.2.3; b=2")), Some("1.2.3"));
        assert_eq!(told(&headers("xhermes_visit=1.2.3; b")), None);
    }
}
