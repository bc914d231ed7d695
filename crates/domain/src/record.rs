//! `record!`: a row that is folded from patches, field by field.
//!
//! One declaration gives the row (every field optional, because a source may not have told it yet), the patch
//! (every field absent, cleared or set) and the merge of the two.

/// Declares a row, its patch and their merge. See [`crate::task`] for a use. Stored rows know the stamps of their
/// fields by the fields' order: new ones go to the end.
macro_rules! record {
    (
        $(#[$meta:meta])*
        pub struct $record:ident, patch $patch:ident, id $id:ty {
            $($(#[$fmeta:meta])* $field:ident : $ty:ty = $json:literal,)+
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        pub struct $record {
            /// The row's identity.
            pub id: $id,
            $($(#[$fmeta])* #[serde(rename = $json, default, skip_serializing_if = "Option::is_none")]
            pub $field: Option<$ty>,)+
            /// The earliest time any line spoke of this row, as ordered.
            #[serde(rename = "firstSeenAt")]
            pub first_seen_at: chrono::DateTime<chrono::Utc>,
            /// The latest time any line spoke of this row, as ordered.
            #[serde(rename = "lastSeenAt")]
            pub last_seen_at: chrono::DateTime<chrono::Utc>,
            /// Who wrote each field last.
            #[serde(rename = "_s", default)]
            pub stamps: $crate::stamp::Stamps,
        }

        /// What one line says of the row: only the fields it names change, `null` clears.
        #[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        pub struct $patch {
            $($(#[$fmeta])* #[serde(rename = $json, default, skip_serializing_if = "crate::patch::Patch::is_keep")]
            pub $field: $crate::patch::Patch<$ty>,)+
        }

        impl $record {
            /// A row of which nothing is known yet but that a line named it.
            pub fn placeholder(id: $id, seen_at: chrono::DateTime<chrono::Utc>) -> Self {
                Self {
                    id,
                    $($field: None,)+
                    first_seen_at: seen_at,
                    last_seen_at: seen_at,
                    stamps: $crate::stamp::Stamps::default(),
                }
            }

            /// Takes over the fields that `patch` names and `stamp` is the latest writer of.
            pub fn merge(&mut self, patch: &$patch, stamp: &$crate::stamp::Stamp) {
                self.seen(stamp.0);
                let mut index = 0;
                $(
                    match &patch.$field {
                        $crate::patch::Patch::Keep => {}
                        $crate::patch::Patch::Clear => if self.stamps.claim(index, stamp) { self.$field = None; },
                        $crate::patch::Patch::Set(value) => if self.stamps.claim(index, stamp) {
                            self.$field = Some(value.clone());
                        },
                    }
                    index += 1;
                )+
                let _ = index;
            }

            /// Takes over what the lines of `other` said, as if they had named this row: of each field, the later
            /// writer counts.
            pub fn absorb(&mut self, other: Self) {
                self.seen(other.first_seen_at);
                self.seen(other.last_seen_at);
                let mut index = 0;
                $(
                    if other.stamps.writer(index).is_some_and(|stamp| self.stamps.claim(index, stamp)) {
                        self.$field = other.$field;
                    }
                    index += 1;
                )+
                let _ = index;
            }

            /// What lines said of the row, as far as it still counts: what each last writer of a field wrote. Merged
            /// into an empty row they give this one again, but for the times at which it was seen.
            pub fn told(&self) -> std::collections::BTreeMap<$crate::stamp::Stamp, $patch> {
                let mut told = std::collections::BTreeMap::<_, $patch>::new();
                let mut index = 0;
                $(
                    if let Some(stamp) = self.stamps.writer(index) {
                        let patch = told.entry(stamp.clone()).or_default();
                        patch.$field = self.$field.clone().map_or($crate::patch::Patch::Clear, $crate::patch::Patch::Set);
                    }
                    index += 1;
                )+
                let _ = index;
                told
            }

            /// Notes that a line of this time spoke of the row.
            pub fn seen(&mut self, at: chrono::DateTime<chrono::Utc>) {
                self.first_seen_at = self.first_seen_at.min(at);
                self.last_seen_at = self.last_seen_at.max(at);
            }
        }

        impl $crate::patch::Visit for $patch {
            fn visit(&mut self, visitor: &mut dyn $crate::patch::Visitor) {
                $($crate::patch::Visit::visit(&mut self.$field, visitor);)+
            }
        }

        impl $patch {
            /// The JSON names of the fields, in the order of their stamps. Stored rows know their stamps by
            /// this order, so a new field is added at the end, and none is ever taken out.
            pub const FIELDS: &'static [&'static str] = &[$($json,)+];
        }
    };
}
