//! The founder's saved views of the ledger.

use domain::{
    query::{Page, PageRequest},
    view::{BadView, NewView, View, ViewChange, ViewDraft, ViewPatch},
};

use crate::{Hermes, ServiceError, error::Result};

impl Hermes {
    /// The saved views, in the founder's order.
    pub async fn views(&self) -> Result<Vec<View>> {
        Ok(self.store().views().await?)
    }

    /// Saves a view, at the end of the list. `by` is a token's name, or [`domain::decision::FOUNDER`].
    /// [`ServiceError::Conflict`] where another view has its name, or there are as many as there may be. The same view again
    /// (a form that was sent twice) is no second one.
    pub async fn save_view(&self, draft: ViewDraft, by: &str) -> Result<View> {
        let new = draft.check().map_err(bad)?;
        let same = |view: &View| view.name == new.name && view.query == new.query;
        if let Some(view) = self.store().views().await?.into_iter().find(same) {
            return Ok(view);
        }
        let view = self.store().add_view(&new, by, self.now()).await?;
        self.announce().await;
        tracing::info!(view.id = view.id, view.by = by, "view saved");
        Ok(view)
    }

    /// Gives a view another name, or another query, or both.
    pub async fn change_view(&self, id: u64, patch: ViewPatch, by: &str) -> Result<View> {
        let views = self.store().views().await?;
        let old = views.into_iter().find(|view| view.id == id).ok_or_else(|| unknown(id))?;
        let new = patch.check(NewView { name: old.name, query: old.query }).map_err(bad)?;
        let view = self.store().put_view(id, &new, by, self.now()).await?.ok_or_else(|| unknown(id))?;
        self.announce().await;
        tracing::info!(view.id = id, view.by = by, "view changed");
        Ok(view)
    }

    /// Forgets a view. Its history stays.
    pub async fn delete_view(&self, id: u64, by: &str) -> Result<()> {
        if !self.store().delete_view(id, by, self.now()).await? {
            return Err(unknown(id));
        }
        self.announce().await;
        tracing::info!(view.id = id, view.by = by, "view deleted");
        Ok(())
    }

    /// Puts those views first, in that order; the others follow in theirs.
    pub async fn order_views(&self, ids: &[u64], by: &str) -> Result<Vec<View>> {
        let views = self.store().order_views(ids, by, self.now()).await?;
        self.announce().await;
        Ok(views)
    }

    /// What became of all views that ever were, the newest first.
    pub async fn view_changes(&self, page: PageRequest) -> Result<Page<ViewChange>> {
        Ok(self.store().view_changes(page).await?)
    }
}

fn bad(bad: BadView) -> ServiceError {
    ServiceError::Field { field: bad.field, reason: bad.reason }
}

fn unknown(id: u64) -> ServiceError {
    ServiceError::NotFound(format!("there is no view {id}; it may have been deleted"))
}
