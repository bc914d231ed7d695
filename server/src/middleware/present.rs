//! A refused page is a page, not JSON.

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
};

use crate::error::ApiError;

/// Gives people a small page where a program would get the JSON of an [`ApiError`].
pub(crate) async fn present(request: Request, next: Next) -> Response {
    let wants = request.headers().get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
    let is_page =
        wants.is_some_and(|wants| wants.contains("text/html")) && !request.uri().path().starts_with("/api/");
    let mut response = next.run(request).await;
    if is_page && let Some(error) = response.extensions().get::<ApiError>() {
        let html = page(error);
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        headers.remove(header::CONTENT_LENGTH);
        *response.body_mut() = Body::from(html);
    }
    response
}

fn page(error: &ApiError) -> String {
    let status = error.status.canonical_reason().unwrap_or("Refused");
    let message = escape(&error.message);
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{status} · Mission Control</title>\
         <meta name=\"viewport\" content=\"width=device-width\"></head>\
         <body><main><h1>{status}</h1><p>{message}.</p><p><a href=\"/hermes\">Mission Control</a></p></main></body>\
         </html>"
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
