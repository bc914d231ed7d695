//! What a line of telemetry says of one field: nothing, "cleared", or a value.

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

/// Visits every text that a value holds, so that all of them can be redacted and bounded in one place.
pub trait Texts {
    /// Calls `f` for each text. Numbers, times, ids and fixed words hold none.
    fn texts(&mut self, f: &mut dyn FnMut(&mut String)) {
        let _ = f;
    }
}

impl Texts for String {
    fn texts(&mut self, f: &mut dyn FnMut(&mut String)) {
        f(self);
    }
}

impl<T: Texts> Texts for Vec<T> {
    fn texts(&mut self, f: &mut dyn FnMut(&mut String)) {
        self.iter_mut().for_each(|value| value.texts(f));
    }
}

impl<T: Texts> Texts for Patch<T> {
    fn texts(&mut self, f: &mut dyn FnMut(&mut String)) {
        if let Some(value) = self.value_mut() {
            value.texts(f);
        }
    }
}

impl Texts for u32 {}
impl Texts for u64 {}
impl Texts for f64 {}
impl Texts for bool {}
impl Texts for chrono::DateTime<chrono::Utc> {}
impl Texts for std::collections::BTreeMap<String, f64> {}
