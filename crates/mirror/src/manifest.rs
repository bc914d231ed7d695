//! What of the ledger there is to load, and what the mirror needs beside the rows.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{
    id::{ProductId, Seq},
    registry::ProductBook,
    settings::{Category, PriorityRule, Settings},
    task::{Priority, TaskType},
    zone::Zone,
};
use serde::{Deserialize, Serialize};

/// A product's names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ProductName {
    /// Its id.
    pub id: ProductId,
    /// What people call it.
    pub name: String,
    /// Its name in links.
    pub slug: String,
}

/// The products as far as rows need them: chunks name them as telemetry does, so that no merge or new name makes one old.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Products {
    /// Those that count, by name.
    pub list: Vec<ProductName>,
    /// Which product each of those that were merged counts as, at the end of its chain.
    pub merges: BTreeMap<ProductId, ProductId>,
    /// By what words all tasks of each are found.
    pub words: BTreeMap<ProductId, Vec<String>>,
}

impl Products {
    /// What rows need of the book.
    pub fn of(book: &ProductBook) -> Self {
        let names = book.products().into_iter();
        let registry = &book.registry;
        let merges = registry.merges.keys().map(|from| (from.clone(), registry.resolve(from).clone()));
        let mut words = book.words();
        for list in words.values_mut() {
            list.sort_unstable();
            list.dedup();
        }
        Self {
            list: names
                .map(|product| ProductName { id: product.id, name: product.name, slug: product.slug })
                .collect(),
            merges: merges.collect(),
            words,
        }
    }
}

/// By what rows get a priority that no source told: the founder's rules, as far as they are about that.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Guesses {
    /// Rules, the first that holds counts.
    pub rules: Vec<PriorityRule>,
    /// Else the priority of the type.
    pub types: BTreeMap<TaskType, Priority>,
}

impl Guesses {
    /// Those of the settings.
    pub fn of(settings: &Settings) -> Self {
        let types = settings.categories.iter().filter_map(|(of, category)| Some((*of, category.priority?)));
        Self { rules: settings.priority_rules.clone(), types: types.collect() }
    }

    /// Settings that guess so, and say nothing else.
    pub(crate) fn settings(self) -> Settings {
        let category = |priority| Category { priority: Some(priority), ..Category::default() };
        Settings {
            priority_rules: self.rules,
            categories: self.types.into_iter().map(|(of, priority)| (of, category(priority))).collect(),
            ..Settings::default()
        }
    }
}

/// A part of the ledger that can be loaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ChunkRef {
    /// Where it is. One that names a version never changes, so a browser keeps it.
    pub url: String,
    /// How many rows it has, when this was said.
    pub rows: u64,
}

/// What of the ledger there is to load, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Manifest {
    /// The version of the chunks' form.
    pub format: u64,
    /// The place in the log at which this was said: with the chunks and all changes after it, the mirror is whole.
    pub seq: Seq,
    /// How many tasks there are.
    pub total: u64,
    /// How many rows a mirror takes.
    pub limit: u64,
    /// Whether the chunks hold all tasks. If not, the server answers for the others.
    pub complete: bool,
    /// Where not: all tasks that were created since then are in the chunks, and all that are open. `null` where nothing
    /// is left out, or where there are too many even of those, so that there are no chunks.
    pub since: Option<DateTime<Utc>>,
    /// Tasks that are open, and those of this month (UTC) and later; then closed tasks by month of their creation.
    pub chunks: Vec<ChunkRef>,
    /// The products.
    pub products: Products,
    /// By what rows get a priority that no source told.
    pub guesses: Guesses,
    /// The founder's time zone, by which whole dates are days.
    pub zone: Zone,
}
