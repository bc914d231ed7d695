//! Which rows lines touched.

use std::collections::HashSet;

use super::Key;

/// Rows that were touched, each once, in the order in which they were touched first: that of the log.
#[derive(Debug, Clone, Default)]
pub struct Touched {
    keys: Vec<Key>,
    seen: HashSet<Key>,
}

impl Touched {
    /// Notes a row.
    pub(crate) fn note(&mut self, key: Key) {
        if self.seen.insert(key.clone()) {
            self.keys.push(key);
        }
    }

    /// The rows, in order. One that is there no more was merged into another since.
    pub fn keys(&self) -> &[Key] {
        &self.keys
    }

    /// The rows, in order, to keep.
    pub fn into_keys(self) -> Vec<Key> {
        self.keys
    }
}
