//! Which calls of tools a session has made, and how each came out: by the call's own id, because compaction writes
//! rows again and forks copy them.

use std::{collections::BTreeMap, fmt::Write as _};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::hash;

/// The model asked for it.
pub(crate) const ASKED: u8 = 1;
/// A result came back.
pub(crate) const ANSWERED: u8 = 2;
/// It was a command that ended with 0.
pub(crate) const EXIT_ZERO: u8 = 4;
/// It was a command that ended above 0.
pub(crate) const EXIT_ABOVE: u8 = 8;
/// It was a command that was refused (-1).
pub(crate) const EXIT_BELOW: u8 = 16;

/// Fingerprints of the calls' ids with what is known of each, and how many events were made of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Calls(BTreeMap<u64, (u8, u8)>);

impl Calls {
    /// Notes something of a call. Whether it is new.
    pub(crate) fn note(&mut self, id: &str, flag: u8) -> bool {
        let known = &mut self.0.entry(hash::of(id.as_bytes())).or_default().0;
        let new = *known & flag == 0;
        *known |= flag;
        new
    }

    /// Notes that an event was made of a call.
    pub(crate) fn event(&mut self, id: &str) {
        let events = &mut self.0.entry(hash::of(id.as_bytes())).or_default().1;
        *events = events.saturating_add(1);
    }

    /// All of them: fingerprint, flags, events.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u64, u8, u8)> {
        self.0.iter().map(|(print, (flags, events))| (*print, *flags, *events))
    }
}

impl Serialize for Calls {
    /// Twenty digits a call: fingerprint, flags, events.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut text = String::with_capacity(self.0.len() * 20);
        for (print, flags, events) in self.iter() {
            // Writing to a text cannot fail.
            let _ = write!(text, "{print:016x}{flags:02x}{events:02x}");
        }
        serializer.serialize_str(&text)
    }
}

impl<'de> Deserialize<'de> for Calls {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let wrong = || D::Error::custom("not a list of calls");
        let mut calls = BTreeMap::new();
        let mut rest = text.as_str();
        while !rest.is_empty() {
            let (call, others) = rest.split_at_checked(20).ok_or_else(wrong)?;
            rest = others;
            let number = |from: usize, to: usize| {
                call.get(from..to).and_then(|digits| u64::from_str_radix(digits, 16).ok()).ok_or_else(wrong)
            };
            let small = |from: usize| u8::try_from(number(from, from + 2)?).map_err(|_| wrong());
            calls.insert(number(0, 16)?, (small(16)?, small(18)?));
        }
        Ok(Self(calls))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_come_back_as_they_were_stored() {
        let mut calls = Calls::default();
        assert!(calls.note("call_1", ASKED) && calls.note("call_1", ANSWERED | EXIT_ZERO));
        assert!(!calls.note("call_1", ANSWERED), "a copy of the same result");
        calls.note("call_2", ASKED);
        calls.event("call_2");
        let text = serde_json::to_string(&calls).unwrap();
        assert_eq!(serde_json::from_str::<Calls>(&text).unwrap(), calls);
        assert!(serde_json::from_str::<Calls>("\"123\"").is_err());
    }
}
