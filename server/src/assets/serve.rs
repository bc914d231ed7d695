//! One file as an answer: the compressed form that the browser takes, kept for ever where its name is its content.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::Response,
};

use super::{File, Site};

/// Below this path every name carries a hash of the content.
const HASHED: &str = "/pkg/";

const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("public, no-cache");

/// The file at that URL path; `None` where there is none.
pub fn serve(site: &Site, method: &Method, path: &str, headers: &HeaderMap) -> Option<Response> {
    if method != Method::GET && method != Method::HEAD {
        return None;
    }
    let file = site.files.get(path)?;
    Some(answer(file, path.starts_with(HASHED), headers))
}

fn answer(file: &File, hashed: bool, asked: &HeaderMap) -> Response {
    let mut response = Response::new(Body::empty());
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, if hashed { FOR_EVER } else { ASK_AGAIN });
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if !hashed {
        if let Ok(etag) = HeaderValue::from_str(&file.etag) {
            headers.insert(header::ETAG, etag);
        }
        if matches_etag(asked, &file.etag) {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            return response;
        }
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.content_type));
    let forms = [("br", &file.brotli), ("gzip", &file.gzip)];
    let form = forms
        .into_iter()
        .find_map(|(name, form)| form.clone().filter(|_| takes(asked, name)).map(|form| (name, form)));
    let bytes = if let Some((name, form)) = form {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        form
    } else {
        file.plain.clone()
    };
    *response.body_mut() = Body::from(bytes);
    response
}

fn matches_etag(asked: &HeaderMap, etag: &str) -> bool {
    let values = asked.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let mut tags = values.flat_map(|value| value.split(',')).map(str::trim);
    let bare = etag.trim_start_matches("W/");
    tags.any(|tag| tag == "*" || tag.trim_start_matches("W/") == bare)
}

/// Whether the encoding is accepted: named, and not with a weight of zero.
fn takes(asked: &HeaderMap, encoding: &str) -> bool {
    let values = asked.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    let mut choices = values.flat_map(|value| value.split(','));
    choices.any(|choice| {
        let mut parts = choice.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(encoding));
        let refused = parts.any(|part| part.strip_prefix("q=").is_some_and(|q| q.parse() == Ok(0.0_f32)));
        named && !refused
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accept(value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(value))])
    }

    #[test]
    fn encodings_are_chosen_as_asked_for() {
        assert!(takes(&accept("gzip, deflate, br"), "br"));
        assert!(takes(&accept("br;q=0.5"), "br"));
        assert!(!takes(&accept("br;q=0, gzip"), "br"));
        assert!(!takes(&accept("brotli"), "br"));
        assert!(!takes(&HeaderMap::new(), "gzip"));
    }
}
