//! Names that many rows share: products and agents, each once.

use std::{collections::HashMap, hash::Hash};

use crate::texts::NONE;

/// Ids by number, in the order in which they came.
#[derive(Debug)]
pub(crate) struct Names<T> {
    ids: Vec<T>,
    places: HashMap<T, u32>,
    /// Where each stands among all in order. Worked out again when more came.
    ranks: Vec<u32>,
}

impl<T> Default for Names<T> {
    fn default() -> Self {
        Self { ids: Vec::new(), places: HashMap::new(), ranks: Vec::new() }
    }
}

impl<T: Clone + Eq + Hash + Ord> Names<T> {
    /// The place of an id, which is known from now on.
    pub(crate) fn note(&mut self, id: &T) -> u32 {
        if let Some(place) = self.places.get(id) {
            return *place;
        }
        let place = u32::try_from(self.ids.len()).unwrap_or(NONE);
        self.ids.push(id.clone());
        self.places.insert(id.clone(), place);
        place
    }

    /// The place of an id, where it is known.
    pub(crate) fn place(&self, id: &T) -> Option<u32> {
        self.places.get(id).copied()
    }

    pub(crate) fn get(&self, place: u32) -> Option<&T> {
        self.ids.get(place as usize)
    }

    /// All of them, by place.
    pub(crate) fn ids(&self) -> &[T] {
        &self.ids
    }

    /// Brings the order up to date.
    pub(crate) fn rank(&mut self) {
        if self.ranks.len() == self.ids.len() {
            return;
        }
        let mut order: Vec<u32> = (0..).take(self.ids.len()).collect();
        order.sort_unstable_by_key(|place| self.ids.get(*place as usize));
        self.ranks = vec![0; self.ids.len()];
        for (rank, place) in (0..).zip(order) {
            if let Some(slot) = self.ranks.get_mut(place as usize) {
                *slot = rank;
            }
        }
    }

    /// Where that one stands among all in order; `None` for nobody.
    pub(crate) fn rank_of(&self, place: u32) -> Option<u32> {
        self.ranks.get(place as usize).copied()
    }
}
