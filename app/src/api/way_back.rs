//! The way back from a form that was sent without scripts: to its page, with what came of it behind the `?`.

use domain::decision::FOUNDER;
use http::{HeaderValue, StatusCode, header, request::Parts};
use leptos::{prelude::use_context, server_fn::redirect::REDIRECT_HEADER};
use leptos_axum::ResponseOptions;

use super::{ApiError, decisions::Sender};
use crate::links::{self, TOLD};

/// What says why a form was refused.
pub(super) const REFUSED: &str = "refused";

/// The word for a store that does not answer.
const STORE: &str = "store";

/// Who sent the form. What has come this far without a token came from a page of ours.
pub(super) fn sender() -> String {
    use_context::<Sender>().map_or_else(|| FOUNDER.to_owned(), |sender| sender.0)
}

/// Sends the browser back to the page with what came of the form. A failure is told there, too: a form without
/// scripts has no other place for it.
pub(super) fn lead(back: &str, name: &str, value: &str) -> Result<(), ApiError> {
    let (Some(response), Ok(location)) =
        (use_context::<ResponseOptions>(), HeaderValue::from_str(&with(back, name, value)))
    else {
        return Err(ApiError::Internal);
    };
    let parts = use_context::<Parts>();
    let accept = parts.as_ref().and_then(|parts| parts.headers.get(header::ACCEPT)?.to_str().ok());
    let is_plain = accept.is_some_and(|accept| accept.contains("text/html"));
    if !is_plain && (name, value) == (REFUSED, STORE) {
        // No answer to what was asked: who sent it can send it again, with the same key.
        response.set_status(ApiError::Unavailable.status());
        return Err(ApiError::Unavailable);
    }
    response.insert_header(header::LOCATION, location);
    if is_plain {
        response.set_status(StatusCode::SEE_OTHER);
    } else {
        // An action reads the answer itself; this header tells it to go on.
        response
            .insert_header(header::HeaderName::from_static(REDIRECT_HEADER), HeaderValue::from_static(""));
    }
    Ok(())
}

/// The page to go back to, with one more parameter. Only a page of ours, and what an earlier form told is left out.
fn with(back: &str, name: &str, value: &str) -> String {
    let ours =
        back.strip_prefix(links::HOME).filter(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']));
    let plain = ours.filter(|rest| rest.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\'));
    let (back, fragment) = plain.map_or((links::HOME, ""), |_| back.split_once('#').unwrap_or((back, "")));
    let (path, query) = back.split_once('?').unwrap_or((back, ""));
    let keep = |pair: &&str| {
        let key = pair.split_once('=').map_or(*pair, |(key, _)| key);
        !pair.is_empty() && !TOLD.contains(&key)
    };
    let told_now = format!("{name}={value}");
    let pairs: Vec<&str> = query.split('&').filter(keep).chain([told_now.as_str()]).collect();
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
            ("/hermes/tasks?q=saved&saved=1&savedat=2", "/hermes/tasks?q=saved&savedat=2&decided=7"),
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
}
