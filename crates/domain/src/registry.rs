//! The founder's register of products: what telemetry told of each, and what the founder says above that.
//!
//! Nothing that telemetry told is ever changed by it. An edit lies above the told fields, one by one; a merge is an
//! alias that is resolved whenever tasks are counted or listed. So the founder's word wins over lines that came before
//! it and over lines that come later, and taking it back shows again what telemetry says.

mod change;
mod check;
mod edit;
mod settle;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

pub use self::{
    change::{ProductAction, ProductChange},
    check::{BadEdit, MAX_DESCRIPTION, MAX_NAME, MAX_TAG, MAX_TAGS, MAX_URL},
    edit::ProductEdit,
};
use crate::{
    id::ProductId,
    product::{Product, ProductRecord},
    text,
};

/// What of the founder's word is in force.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Registry {
    /// What the founder says of each product.
    pub edits: BTreeMap<ProductId, ProductEdit>,
    /// Which product each of those that were merged was merged into. A chain is followed to its end.
    pub merges: BTreeMap<ProductId, ProductId>,
}

impl Registry {
    /// What is in force after those entries of the log, the oldest first.
    pub fn of<'a>(log: impl IntoIterator<Item = &'a ProductChange>) -> Self {
        let mut registry = Self::default();
        for change in log.into_iter().filter(|change| change.is_in_force()) {
            if let Some(edit) = &change.edit {
                registry.edits.entry(change.product.clone()).or_default().over(edit);
            }
            if let Some(into) = &change.into {
                registry.merges.insert(change.product.clone(), into.clone());
            }
        }
        registry
    }

    /// The product that counts where `id` is named: itself, or the one that it was merged into.
    pub fn resolve<'a>(&'a self, id: &'a ProductId) -> &'a ProductId {
        let mut end = id;
        // As many steps as there are merges reach the end of any chain, and leave any circle.
        for _ in 0..self.merges.len() {
            let Some(into) = self.merges.get(end) else { break };
            end = into;
        }
        end
    }

    /// All that count as the product that counts where `id` is named: that one first, then those merged into it, by id.
    pub fn members(&self, id: &ProductId) -> Vec<ProductId> {
        let end = self.resolve(id);
        let merged = self.merges.keys().filter(|from| self.resolve(from) == end);
        std::iter::once(end).chain(merged.filter(|from| *from != end)).cloned().collect()
    }

    /// Whether `from` can be merged into `into`: both are products, neither is the reserved one, `from` was not merged
    /// before, and `into` does not count as `from` already.
    pub fn can_merge(&self, from: &ProductId, into: &ProductId) -> bool {
        !from.is_unassigned()
            && !into.is_unassigned()
            && !self.merges.contains_key(from)
            && self.resolve(into) != from
    }
}

/// All products: as told, and what the founder says of them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ProductBook {
    /// What telemetry told of each.
    pub records: BTreeMap<ProductId, ProductRecord>,
    /// When a line last spoke of a task that names it.
    pub activity: BTreeMap<ProductId, DateTime<Utc>>,
    /// What the founder says.
    pub registry: Registry,
}

/// A product that was asked for by a name in links.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundProduct {
    /// The product that counts.
    pub product: Product,
    /// The same as telemetry alone tells it, without what the founder says.
    pub told: Product,
    /// What the founder says of it.
    pub edit: ProductEdit,
    /// The products that were merged into it, as telemetry tells them, by name.
    pub merged: Vec<Product>,
    /// Whether the name is an old one: that of a product that was merged into it.
    pub moved: bool,
}

impl ProductBook {
    /// The products that count, by name. Those that were merged into others are none.
    pub fn products(&self) -> Vec<Product> {
        let ids = self.records.keys().filter(|id| !self.registry.merges.contains_key(*id));
        let mut products: Vec<Product> = ids.filter_map(|id| self.product(id)).collect();
        Product::sort(&mut products);
        products
    }

    /// The product with that name in links, or else with that id; for one that was merged, the one that it became.
    pub fn find(&self, name: &str) -> Option<FoundProduct> {
        let counting = self.products();
        let counts = counting.iter().find(|product| product.slug == name).map(|product| product.id.clone());
        let by_id = || self.records.keys().find(|id| id.as_str() == name).cloned();
        let old = || {
            let old = self.records.values().find(|record| record.slug_or_made() == name);
            old.map(|record| record.id.clone())
        };
        let asked = counts.or_else(by_id).or_else(old)?;
        let id = self.registry.resolve(&asked);
        let members = self.registry.members(id);
        let merged = members.iter().filter(|member| *member != id);
        let mut merged: Vec<Product> = merged.filter_map(|id| self.told(id)).collect();
        Product::sort(&mut merged);
        Some(FoundProduct {
            product: self.product(id)?,
            told: self.told(id)?,
            edit: self.registry.edits.get(id).cloned().unwrap_or_default(),
            merged,
            moved: *id != asked,
        })
    }

    /// The words by which all tasks of each product are found: its name and its name in links, those that telemetry
    /// told, and those of the products that were merged into it.
    pub fn words(&self) -> BTreeMap<ProductId, Vec<String>> {
        let ids: BTreeSet<&ProductId> = self.records.keys().map(|id| self.registry.resolve(id)).collect();
        ids.into_iter().map(|id| (id.clone(), self.words_of(id))).collect()
    }

    fn words_of(&self, id: &ProductId) -> Vec<String> {
        let mut words = Vec::new();
        for member in self.registry.members(id) {
            words.extend(text::text_tokens(member.as_str()));
            if let Some(record) = self.records.get(&member) {
                words.extend(crate::query::product_tokens(record));
            }
            let named = self.registry.edits.get(&member).and_then(|edit| edit.name.value());
            words.extend(named.map(|name| text::text_tokens(name)).unwrap_or_default());
        }
        words
    }

    /// The product as it counts: told fields, those that the merged ones know where it knows none, the founder's word.
    fn product(&self, id: &ProductId) -> Option<Product> {
        let mut record = self.records.get(id)?.clone();
        let slug = record.slug.is_none();
        // A new name changes no link.
        record.slug = Some(record.slug_or_made());
        let members = self.registry.members(id);
        for member in members.iter().filter(|member| *member != id) {
            if let Some(other) = self.records.get(member) {
                record.fill(other);
            }
        }
        if let Some(edit) = self.registry.edits.get(id) {
            edit.apply(&mut record);
        }
        let activity = members.iter().filter_map(|member| self.activity.get(member)).max().copied();
        let mut product = record.view(activity);
        if slug {
            product.inferred.push("slug".to_owned());
        }
        Some(product)
    }

    fn told(&self, id: &ProductId) -> Option<Product> {
        Some(self.records.get(id)?.clone().view(self.activity.get(id).copied()))
    }
}
