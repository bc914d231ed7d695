//! What a boundary holds (`<Transition>`, `<Suspense>`) is made when its answer is there: by `Suspend::new`, or by `once_ready`.
//!
//! A memo that the server reads before the answer is there may still say that there is none when the boundary goes on: see
//! `app/src/pages/once_ready.rs`.

use super::finding::Finding;
use super::repo::Repo;
use super::rust::{self, Token};

pub(super) fn check(repo: &Repo) -> Vec<Finding> {
    repo.under(&["app/src/"], &[".rs"]).filter_map(|file| in_source(&file.path, &file.text)).collect()
}

/// The first boundary of a file that has more boundaries than waiting views.
fn in_source(path: &str, source: &str) -> Option<Finding> {
    let code = rust::code(source);
    let is_boundary = |pair: &&[Token<'_>]| {
        pair[0].is('<') && (pair[1].is_word("Transition") || pair[1].is_word("Suspense"))
    };
    let waits = |pair: &&[Token<'_>]| {
        pair[0].is_word("Suspend") && pair[1].is(':') || pair[0].is_word("once_ready") && pair[1].is('(')
    };
    let boundaries: Vec<_> = code.windows(2).filter(is_boundary).collect();
    let first = boundaries.first()?;
    (boundaries.len() > code.windows(2).filter(waits).count()).then(|| {
        let remedy = "make it by `once_ready` or `Suspend::new`";
        Finding::new(
            path,
            first[1].line,
            "the boundary may show its content before the answer is there",
            remedy,
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, found: bool) {
        assert_eq!(in_source("app/src/pages/a.rs", source).is_some(), found, "{source}");
    }

    #[test]
    fn what_waits_passes() {
        check("view! { <Transition>{once_ready([page.ready()], body)}</Transition> }", false);
        check(
            "let body = move || Suspend::new(async {}); view! { <Transition fallback>{body}</Transition> }",
            false,
        );
        check("use leptos::Transition; use super::once_ready::once_ready; fn a(it: Suspend<u8>) {}", false);
    }

    #[test]
    fn what_is_read_at_once_is_found() {
        check("use super::once_ready::once_ready; view! { <Transition>{body()}</Transition> }", true);
        check("view! { <Suspense>{move || page.get()}</Suspense> }", true);
        check("view! { <Transition>{Suspend::new(a)}</Transition> <Transition>{body()}</Transition> }", true);
    }
}
