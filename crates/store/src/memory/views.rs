//! Saved views and their history.

use chrono::{DateTime, Utc};
use domain::{
    stamp::whole_micros,
    view::{MAX_VIEWS, NewView, View, ViewAction, ViewChange},
};

use crate::{Result, StoreError};

/// The views in the founder's order, and what became of all that ever were.
#[derive(Default)]
pub(super) struct Views {
    list: Vec<View>,
    history: Vec<ViewChange>,
    /// How many ids were given.
    given: u64,
}

impl Views {
    pub(super) fn all(&self) -> Vec<View> {
        self.list.clone()
    }

    /// How many entries the history has.
    pub(super) fn entries(&self) -> u64 {
        self.history.len() as u64
    }

    /// The history, the newest first.
    pub(super) fn history(&self) -> Vec<ViewChange> {
        self.history.iter().rev().cloned().collect()
    }

    pub(super) fn add(&mut self, new: &NewView, by: &str, now: DateTime<Utc>) -> Result<View> {
        self.check(new, None)?;
        if self.list.len() >= MAX_VIEWS {
            return Err(StoreError::Full("views"));
        }
        self.given += 1;
        let at = whole_micros(now);
        let view = View {
            id: self.given,
            name: new.name.clone(),
            query: new.query.clone(),
            position: self.list.len() as u64 + 1,
            created_at: at,
            updated_at: at,
        };
        self.list.push(view.clone());
        self.note(&view, ViewAction::Saved, by, at);
        Ok(view)
    }

    pub(super) fn put(
        &mut self,
        id: u64,
        new: &NewView,
        by: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<View>> {
        let Some(index) = self.list.iter().position(|view| view.id == id) else { return Ok(None) };
        self.check(new, Some(id))?;
        let (view, at) = (&mut self.list[index], whole_micros(now));
        let Some(action) = ViewAction::between(view, new) else { return Ok(Some(view.clone())) };
        view.name.clone_from(&new.name);
        view.query.clone_from(&new.query);
        view.updated_at = at;
        let view = view.clone();
        self.note(&view, action, by, at);
        Ok(Some(view))
    }

    pub(super) fn delete(&mut self, id: u64, by: &str, now: DateTime<Utc>) -> bool {
        let Some(index) = self.list.iter().position(|view| view.id == id) else { return false };
        let view = self.list.remove(index);
        self.list[index..].iter_mut().for_each(|view| view.position -= 1);
        self.note(&view, ViewAction::Deleted, by, whole_micros(now));
        true
    }

    pub(super) fn order(&mut self, ids: &[u64], by: &str, now: DateTime<Utc>) -> Vec<View> {
        let last = ids.len();
        self.list.sort_by_key(|view| ids.iter().position(|id| *id == view.id).unwrap_or(last));
        let mut moved = Vec::new();
        for (position, view) in (1..).zip(&mut self.list) {
            if view.position != position {
                view.position = position;
                moved.push(view.clone());
            }
        }
        moved.iter().for_each(|view| self.note(view, ViewAction::Moved, by, whole_micros(now)));
        self.all()
    }

    /// A name stands for one view.
    fn check(&self, new: &NewView, of: Option<u64>) -> Result<()> {
        let other = self.list.iter().find(|view| Some(view.id) != of && new.is_named(&view.name));
        other.map_or(Ok(()), |other| Err(StoreError::Taken(format!("a view named `{}`", other.name))))
    }

    fn note(&mut self, view: &View, action: ViewAction, by: &str, at: DateTime<Utc>) {
        self.history.push(ViewChange {
            id: self.history.len() as u64 + 1,
            at,
            by: by.to_owned(),
            action,
            view: view.id,
            name: view.name.clone(),
            query: view.query.clone(),
            position: view.position,
        });
    }
}
