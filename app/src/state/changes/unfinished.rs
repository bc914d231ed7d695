//! Changes that outlive their page: what was not yet answered is noted in the tab, and taken up by its next page.

use leptos::prelude::window;
use web_sys::{Storage, UrlSearchParams};

use super::{Change, ChangeState};

/// What the names of our entries begin with.
const PREFIX: &str = "change:";

fn storage() -> Option<Storage> {
    window().session_storage().ok()?
}

/// Notes a change until [`forget`].
pub(super) fn note(change: &Change) {
    let (Some(storage), Ok(pairs)) = (storage(), UrlSearchParams::new()) else { return };
    for (name, value) in
        [("to", &change.to), ("body", &change.body), ("says", &change.says), ("page", &change.page)]
    {
        pairs.append(name, value);
    }
    // Where the browser keeps nothing, the page asks before it is left.
    let _ = storage.set_item(&name(&change.key), &String::from(pairs.to_string()));
}

/// It was answered.
pub(super) fn forget(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&name(key));
    }
}

/// Those that the page before left.
pub(super) fn all() -> Vec<Change> {
    let Some(storage) = storage() else { return Vec::new() };
    let names = (0..storage.length().unwrap_or_default()).filter_map(|at| storage.key(at).ok()?);
    names.filter_map(|name| read(&storage, name.strip_prefix(PREFIX)?)).collect()
}

fn read(storage: &Storage, key: &str) -> Option<Change> {
    let pairs = UrlSearchParams::new_with_str(&storage.get_item(&name(key)).ok()??).ok()?;
    Some(Change {
        key: key.to_owned(),
        to: pairs.get("to")?,
        body: pairs.get("body")?,
        says: pairs.get("says")?,
        page: pairs.get("page")?,
        state: ChangeState::Pending,
        told: false,
        refusal: refused,
    })
}

/// What is said of a refusal where its form is unknown.
fn refused(why: &str) -> String {
    let why = match why {
        "store" => "the store does not answer at present. Try again later.",
        "stale" | "gone" => "what it was about is another by now.",
        _ => "the server refused what the form said.",
    };
    format!("Nothing was changed: {why}")
}

fn name(key: &str) -> String {
    format!("{PREFIX}{key}")
}
