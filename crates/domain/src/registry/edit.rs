//! What the founder says of a product, field by field.

use serde::{Deserialize, Serialize};

use crate::{
    patch::Patch,
    product::{ProductCategory, ProductRecord, ProductStatus},
    task::Priority,
};

/// Declares the fields once: the patch, what a later word changes of it, and what it changes of a product.
macro_rules! edit {
    ($($(#[$meta:meta])* $field:ident : $ty:ty = $json:literal,)+) => {
        /// What the founder says of a product. An absent field says nothing of it, `null` that it has no value.
        #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        pub struct ProductEdit {
            $(
                $(#[$meta])*
                #[serde(rename = $json, default, skip_serializing_if = "Patch::is_keep")]
                #[cfg_attr(feature = "schema", schema(value_type = Option<$ty>))]
                pub $field: Patch<$ty>,
            )+
        }

        impl ProductEdit {
            /// The JSON names of the fields that can be said.
            pub const FIELDS: &'static [&'static str] = &[$($json,)+];

            /// Takes over what `later` says.
            pub fn over(&mut self, later: &Self) {
                $(if !later.$field.is_keep() { self.$field.clone_from(&later.$field); })+
            }

            /// Lays it over what was told. What the founder says is no guess.
            pub fn apply(&self, record: &mut ProductRecord) {
                $(if !self.$field.is_keep() {
                    record.$field = self.$field.value().cloned();
                    if let Some(inferred) = &mut record.inferred { inferred.retain(|field| field != $json); }
                })+
            }

            /// The JSON names of the fields that it speaks of.
            pub fn fields(&self) -> Vec<&'static str> {
                let mut fields = Vec::new();
                $(if !self.$field.is_keep() { fields.push($json); })+
                fields
            }
        }

        impl ProductRecord {
            /// Takes over from `other` those of these fields that nobody told of this one, and the later of its times.
            pub fn fill(&mut self, other: &Self) {
                $(if self.$field.is_none() && other.$field.is_some() {
                    self.$field.clone_from(&other.$field);
                    if other.inferred.iter().flatten().any(|field| field == $json) {
                        self.inferred.get_or_insert_default().push($json.to_owned());
                    }
                })+
                self.last_hermes_activity_at = self.last_hermes_activity_at.max(other.last_hermes_activity_at);
                self.last_deployment_at = self.last_deployment_at.max(other.last_deployment_at);
                self.last_commit_at = self.last_commit_at.max(other.last_commit_at);
                self.seen(other.first_seen_at);
                self.seen(other.last_seen_at);
            }
        }
    };
}

edit! {
    /// What people call it.
    name: String = "name",
    /// What it is, in a sentence or two.
    description: String = "description",
    /// What kind of thing it is.
    category: ProductCategory = "category",
    /// How much it matters.
    priority: Priority = "priority",
    /// What the founder does with it at present.
    status: ProductStatus = "status",
    /// Its source code.
    repo_url: String = "repoUrl",
    /// Where it runs.
    production_url: String = "productionUrl",
    /// Where it is tried out.
    staging_url: String = "stagingUrl",
    /// Whose it is.
    owner: String = "owner",
    /// Free labels.
    tags: Vec<String> = "tags",
}
