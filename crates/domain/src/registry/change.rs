//! The log of what the founder did to products: who, when, what. It is only added to.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::ProductEdit;
use crate::id::ProductId;

string_enum! {
    /// What was done to a product. Stores keep the place in this list: new ones go to the end.
    pub enum ProductAction as "action on a product" {
        Edited = "edited", "Edited";
        Merged = "merged", "Merged";
        Undone = "undone", "Undone";
    }
}

/// One entry of the log, and what became of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ProductChange {
    /// Its place in the log: 1, 2, 3 …
    pub id: u64,
    /// When it was done.
    pub at: DateTime<Utc>,
    /// Who did it: a token's name, or [`crate::decision::FOUNDER`].
    pub by: String,
    /// What was done.
    pub action: ProductAction,
    /// The product.
    pub product: ProductId,
    /// What it was called then.
    pub name: String,
    /// What was said of it.
    pub edit: Option<ProductEdit>,
    /// The product that it was merged into.
    pub into: Option<ProductId>,
    /// The entry that this one took back.
    pub undoes: Option<u64>,
    /// When it was taken back.
    pub undone_at: Option<DateTime<Utc>>,
    /// Who took it back.
    pub undone_by: Option<String>,
}

impl ProductChange {
    /// Whether it still holds, and so can be taken back.
    pub fn is_in_force(&self) -> bool {
        self.action != ProductAction::Undone && self.undone_at.is_none()
    }
}
