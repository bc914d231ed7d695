//! Links that come from telemetry. Telemetry is hostile text: a `javascript:` link must never reach a page.

/// The text if it is an `http` or `https` link without control characters or spaces, else nothing.
///
/// ```
/// assert_eq!(domain::url::safe("https://example.test/a"), Some("https://example.test/a"));
/// assert_eq!(domain::url::safe("JavaScript:alert(1)"), None);
/// ```
pub fn safe(text: &str) -> Option<&str> {
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    let scheme = lower.starts_with("https://") || lower.starts_with("http://");
    let clean = !text.chars().any(|c| c.is_control() || c.is_whitespace());
    (scheme && clean).then_some(text)
}
