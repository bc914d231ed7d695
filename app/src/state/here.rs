//! What the address says of a page.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// What `read` finds in the address, for as long as the address is that of the page at `path`. The router is on its way elsewhere
/// for a moment before a page goes: what the address says then is no question to that page.
pub fn here<T>(path: &'static str, read: impl Fn() -> T + Send + Sync + 'static) -> Memo<T>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let at = use_location().pathname;
    Memo::new(move |before: Option<&T>| match before {
        Some(before) if at.with(|at| at != path) => before.clone(),
        _ => read(),
    })
}
