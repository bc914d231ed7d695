//! Saved views of the ledger: forms that work without scripts.
//!
//! A form posts and is sent back to its page (303), with `?saved=ID` or `?deleted=ID`, or with `?refused=WHY`: `name`,
//! `query` (they cannot be so), `views` (there are as many as there may be), `taken` (another view has the name), `gone`
//! (there is no such view any more) or `store`. Where scripts run, an action sends the same form.

use leptos::prelude::*;

use crate::api::{ApiError, codec::Answer};

#[cfg(feature = "ssr")]
mod form;

/// Saves a view under a name. `query` is what stands behind the `?` of the ledger.
#[server(name = SaveViewFn, prefix = "/api/ui", endpoint = "views/save", output = Answer)]
pub async fn save_view(
    name: String,
    #[server(default)] query: String,
    #[server(default)] back: String,
) -> Result<(), ApiError> {
    let hermes = super::hermes()?;
    let done = hermes.save_view(domain::view::ViewDraft { name, query }, &super::way_back::sender()).await;
    form::lead_back(&back, done.map(|view| ("saved", view.id)))
}

/// Gives a view another name.
#[server(name = RenameViewFn, prefix = "/api/ui", endpoint = "views/rename", output = Answer)]
pub async fn rename_view(id: u64, name: String, #[server(default)] back: String) -> Result<(), ApiError> {
    let patch = domain::view::ViewPatch { name: Some(name), query: None };
    form::change(id, patch, &back).await
}

/// Lets a view ask something else from now on.
#[server(name = ReplaceViewFn, prefix = "/api/ui", endpoint = "views/replace", output = Answer)]
pub async fn replace_view(
    id: u64,
    #[server(default)] query: String,
    #[server(default)] back: String,
) -> Result<(), ApiError> {
    let patch = domain::view::ViewPatch { name: None, query: Some(query) };
    form::change(id, patch, &back).await
}

/// Forgets a view.
#[server(name = DeleteViewFn, prefix = "/api/ui", endpoint = "views/delete", output = Answer)]
pub async fn delete_view(id: u64, #[server(default)] back: String) -> Result<(), ApiError> {
    let hermes = super::hermes()?;
    let done = hermes.delete_view(id, &super::way_back::sender()).await;
    form::lead_back(&back, done.map(|()| ("deleted", id)))
}
