//! Where the row of a task is, by its id. The ids themselves stand among the texts: a map of them would hold each twice.

use std::{
    collections::HashMap,
    hash::{BuildHasher, BuildHasherDefault, DefaultHasher, Hash, Hasher},
};

/// Rows by id.
#[derive(Debug, Default)]
pub(crate) struct Slots {
    rows: HashMap<u64, u32, BuildHasherDefault<AsIs>>,
    /// Rows whose hash another one has.
    doubled: Vec<u32>,
}

impl Slots {
    /// The row of an id, where `is` says that it is its row.
    pub(crate) fn find(&self, id: &str, is: impl Fn(u32) -> bool) -> Option<u32> {
        let first = *self.rows.get(&hash(id))?;
        if is(first) { Some(first) } else { self.doubled.iter().copied().find(|row| is(*row)) }
    }

    /// Notes the row of an id that is not there yet.
    pub(crate) fn add(&mut self, id: &str, row: u32) {
        if *self.rows.entry(hash(id)).or_insert(row) != row {
            self.doubled.push(row);
        }
    }

    pub(crate) fn memory(&self) -> usize {
        self.rows.capacity() * (size_of::<(u64, u32)>() + 1)
    }
}

fn hash(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

/// What is a hash already needs no other.
#[derive(Debug, Default)]
struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        // Never used: keys are numbers.
        self.0 = BuildHasherDefault::<DefaultHasher>::default().hash_one(bytes);
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}
