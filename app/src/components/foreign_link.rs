//! A link that telemetry told.

use leptos::prelude::*;

use crate::{components::Told, format};

/// A link to what telemetry named, by its last parts; plain text where it is no safe link.
#[component]
pub fn ForeignLink(
    /// The address as it was told.
    #[prop(into)]
    url: String,
) -> impl IntoView {
    let Some(safe) = domain::url::safe(&url) else {
        return view! { <span class="path"><Told text=url/></span> }.into_any();
    };
    let title = format::plain(safe).into_owned();
    view! {
        <a class="link path" href=safe.to_owned() title=title rel="noopener noreferrer external" target="_blank">
            <Told text=short(safe)/>
        </a>
    }
    .into_any()
}

/// `#418` of a pull request, else the address without its scheme.
fn short(url: &str) -> String {
    let (_, rest) = url.split_once("://").unwrap_or(("", url));
    let rest = rest.trim_end_matches('/');
    let number = ["/pull/", "/pulls/", "/merge_requests/"].into_iter().find_map(|part| rest.split_once(part));
    match number {
        Some((_, number)) if number.bytes().all(|byte| byte.is_ascii_digit()) => format!("#{number}"),
        _ => rest.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pull_request_is_told_by_its_number() {
        assert_eq!(short("https://git.example.test/a/b/pull/986"), "#986");
        assert_eq!(
            short("https://git.example.test/a/b/pull/986/files"),
            "git.example.test/a/b/pull/986/files"
        );
        assert_eq!(short("https://app.example.test/"), "app.example.test");
    }
}
