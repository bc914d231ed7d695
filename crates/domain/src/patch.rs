//! What a line of telemetry says of one field: nothing, "cleared", or a value.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A field of a patch. In JSON an absent field keeps, `null` clears, anything else sets.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Patch<T> {
    /// The line does not speak of the field.
    #[default]
    Keep,
    /// The line says that the field has no value any more.
    Clear,
    /// The line gives the field's value.
    Set(T),
}

impl<T> Patch<T> {
    /// Whether the line does not speak of the field.
    pub fn is_keep(&self) -> bool {
        matches!(self, Self::Keep)
    }

    /// The value that is set, if one is.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Keep | Self::Clear => None,
        }
    }

    /// The value that is set, to change it in place.
    pub fn value_mut(&mut self) -> Option<&mut T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Keep | Self::Clear => None,
        }
    }
}

impl<T> From<Option<T>> for Patch<T> {
    /// `None` is "not told", so it keeps.
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Keep, Self::Set)
    }
}

impl<T: Serialize> Serialize for Patch<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value().serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    /// Only called for a field that is present; `#[serde(default)]` covers the absent one.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::<T>::deserialize(deserializer).map(|value| value.map_or(Self::Clear, Self::Set))
    }
}

/// Sees every part of a line that must be bounded or redacted before it is stored.
pub trait Visitor {
    /// A text.
    fn text(&mut self, text: &mut String);
    /// A list of texts. Sees to its texts, too.
    fn list(&mut self, list: &mut Vec<String>);
    /// A time.
    fn time(&mut self, at: &mut DateTime<Utc>);
}

/// Something whose parts a [`Visitor`] can see.
pub trait Visit {
    /// Shows the parts. Numbers, ids and fixed words are none.
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        let _ = visitor;
    }
}

impl Visit for String {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.text(self);
    }
}

impl Visit for Vec<String> {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.list(self);
    }
}

impl Visit for DateTime<Utc> {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.time(self);
    }
}

impl<T: Visit> Visit for Patch<T> {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        if let Some(value) = self.value_mut() {
            value.visit(visitor);
        }
    }
}

impl Visit for u32 {}
impl Visit for u64 {}
impl Visit for f64 {}
impl Visit for bool {}
impl Visit for std::collections::BTreeMap<String, f64> {}
