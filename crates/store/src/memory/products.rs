//! The founder's word about products, and what counts by it: by a full scan.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use domain::{
    facts::{Facts, Spans},
    fold::{Key, Ledger},
    id::{ProductId, Seq},
    registry::{ProductAction, ProductBook, ProductChange, ProductEdit, Registry},
    stamp::whole_micros,
};

use super::{State, scan};

/// The log of what the founder did to products.
#[derive(Default)]
pub(super) struct Products(Vec<ProductChange>);

impl Products {
    /// What is in force.
    pub(super) fn registry(&self) -> Registry {
        Registry::of(&self.0)
    }

    /// How many entries the log has.
    pub(super) fn entries(&self) -> u64 {
        self.0.len() as u64
    }

    pub(super) fn entry(&self, id: u64) -> Option<ProductChange> {
        self.0.get(usize::try_from(id.checked_sub(1)?).ok()?).cloned()
    }

    /// The entries about the product and those merged into it, the newest first.
    pub(super) fn changes(&self, product: &ProductId) -> Vec<ProductChange> {
        let members = self.registry().members(product);
        let about = |change: &&ProductChange| {
            members.contains(&change.product)
                || change.into.as_ref().is_some_and(|into| members.contains(into))
        };
        self.0.iter().rev().filter(about).cloned().collect()
    }

    fn add(&mut self, change: ProductChange) -> ProductChange {
        let change = ProductChange { id: self.0.len() as u64 + 1, ..change };
        self.0.push(change.clone());
        change
    }
}

impl State {
    /// The ledger as it would be had all lines named the products that count.
    pub(super) fn counting(&self) -> Cow<'_, Ledger> {
        let registry = self.products.registry();
        if registry.merges.is_empty() {
            return Cow::Borrowed(&self.ledger);
        }
        let mut ledger = self.ledger.clone();
        ledger.tasks.values_mut().for_each(|task| registry.point_record(task));
        ledger.jobs.values_mut().for_each(|job| registry.point(&mut job.product_id));
        Cow::Owned(ledger)
    }

    pub(super) fn book(&self) -> ProductBook {
        let records = self.ledger.products.values().map(|record| (record.id.clone(), record.clone()));
        let mut activity = scan::activity(&self.ledger);
        activity.retain(|id, _| self.ledger.products.contains_key(id));
        ProductBook { records: records.collect(), activity, registry: self.products.registry() }
    }

    pub(super) fn facts(&self, spans: Spans) -> Facts {
        scan::facts(&self.counting(), self.book().products(), spans)
    }

    pub(super) fn edit_product(
        &mut self,
        product: &ProductId,
        edit: &ProductEdit,
        by: &str,
        now: DateTime<Utc>,
    ) -> Option<ProductChange> {
        let change = self.change(product, ProductAction::Edited, by, now)?;
        let change = ProductChange { edit: Some(edit.clone()), ..change };
        self.note([change.product.clone()]);
        Some(self.products.add(change))
    }

    pub(super) fn merge_product(
        &mut self,
        from: &ProductId,
        into: &ProductId,
        by: &str,
        now: DateTime<Utc>,
    ) -> Option<ProductChange> {
        let registry = self.products.registry();
        let into = registry.resolve(into).clone();
        if !registry.can_merge(from, &into) || !self.ledger.products.contains_key(&into) {
            return None;
        }
        let change = self.change(from, ProductAction::Merged, by, now)?;
        self.note([from.clone(), into.clone()]);
        Some(self.products.add(ProductChange { into: Some(into), ..change }))
    }

    pub(super) fn undo_product_change(
        &mut self,
        id: u64,
        by: &str,
        now: DateTime<Utc>,
    ) -> Option<ProductChange> {
        let index = usize::try_from(id.checked_sub(1)?).ok()?;
        let undone = self.products.0.get_mut(index).filter(|change| change.is_in_force())?;
        let undoing = ProductChange {
            id: 0,
            at: whole_micros(now),
            by: by.to_owned(),
            action: ProductAction::Undone,
            undoes: Some(id),
            ..undone.clone()
        };
        (undone.undone_at, undone.undone_by) = (Some(undoing.at), Some(by.to_owned()));
        self.note(std::iter::once(undoing.product.clone()).chain(undoing.into.clone()));
        Some(self.products.add(undoing))
    }

    /// An entry about the product, or about the one that it became.
    fn change(
        &self,
        product: &ProductId,
        action: ProductAction,
        by: &str,
        now: DateTime<Utc>,
    ) -> Option<ProductChange> {
        let book = self.book();
        let id = book.registry.resolve(product);
        let known = book.products().into_iter().find(|known| known.id == *id)?;
        Some(ProductChange {
            id: 0,
            at: whole_micros(now),
            by: by.to_owned(),
            action,
            product: known.id,
            name: known.name,
            edit: None,
            into: None,
            undoes: None,
            undone_at: None,
            undone_by: None,
        })
    }

    /// Notes in the log of changes that these products are others now.
    fn note(&mut self, products: impl IntoIterator<Item = ProductId>) {
        self.log.extend(products.into_iter().map(Key::Product));
        self.ledger.seq = Seq(self.log.len() as u64);
    }
}
