//! The order of all rows by a text: where each stands, worked out piece by piece as rows come and change.

use std::cmp::Ordering;

use crate::texts::NONE;

/// Rows in an order.
#[derive(Debug, Default)]
pub(crate) struct Order {
    /// Rows by place.
    rows: Vec<u32>,
    /// For each row which one it is among those that differ; rows that are equal have the same.
    ranks: Vec<u32>,
    /// Rows that came or changed.
    waiting: Vec<u32>,
    /// Whether rows have places, but not their ranks yet.
    unranked: bool,
}

impl Order {
    /// Notes that a row came, or that it is to stand elsewhere.
    pub(crate) fn note(&mut self, row: u32) {
        self.waiting.push(row);
    }

    /// Whether there are rows that have no place yet, or no rank.
    pub(crate) fn is_waiting(&self) -> bool {
        !self.waiting.is_empty() || self.unranked
    }

    /// Which one the row is. Of use once nothing is waiting.
    pub(crate) fn rank(&self, row: u32) -> u32 {
        self.ranks.get(row as usize).copied().unwrap_or(NONE)
    }

    /// The row that is the one of that number. Only of use where no two rows are equal.
    pub(crate) fn row(&self, rank: u32) -> u32 {
        self.rows.get(rank as usize).copied().unwrap_or(NONE)
    }

    /// Gives at most so many waiting rows their places, or where all have them, all their ranks. `differ` tells whether two that
    /// stand side by side are not equal.
    pub(crate) fn settle(
        &mut self,
        most: usize,
        compare: impl Fn(u32, u32) -> Ordering,
        differ: impl Fn(u32, u32) -> bool,
    ) {
        if self.waiting.is_empty() {
            if std::mem::take(&mut self.unranked) {
                self.rank_all(differ);
            }
            return;
        }
        // Those that changed stand wrong, whether their turn is now or later.
        let mut moved: Vec<u32> =
            self.waiting.iter().copied().filter(|row| self.rank(*row) != NONE).collect();
        if !moved.is_empty() {
            moved.sort_unstable();
            self.rows.retain(|row| moved.binary_search(row).is_err());
        }
        let mut new = self.waiting.split_off(self.waiting.len().saturating_sub(most));
        new.sort_unstable();
        new.dedup();
        new.sort_unstable_by(|a, b| compare(*a, *b));
        let mut rows = Vec::with_capacity(self.rows.len() + new.len());
        let mut known = self.rows.as_slice();
        for row in new {
            let (before, after) = known.split_at(known.partition_point(|known| compare(*known, row).is_lt()));
            rows.extend_from_slice(before);
            rows.push(row);
            known = after;
            // It has a place now, whichever that is in the end.
            let slot = row as usize;
            if self.ranks.len() <= slot {
                self.ranks.resize(slot + 1, NONE);
            }
            if let Some(rank) = self.ranks.get_mut(slot) {
                *rank = 0;
            }
        }
        rows.extend_from_slice(known);
        self.rows = rows;
        self.unranked = true;
    }

    fn rank_all(&mut self, differ: impl Fn(u32, u32) -> bool) {
        let count = self.rows.iter().max().map_or(0, |row| *row as usize + 1);
        self.ranks.clear();
        self.ranks.resize(count, NONE);
        let mut rank = 0;
        let mut before = None;
        for row in &self.rows {
            rank += u32::from(before.is_some_and(|before| differ(before, *row)));
            before = Some(*row);
            if let Some(slot) = self.ranks.get_mut(*row as usize) {
                *slot = rank;
            }
        }
    }

    pub(crate) fn memory(&self) -> usize {
        (self.rows.capacity() + self.ranks.capacity() + self.waiting.capacity()) * size_of::<u32>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_where_a_sort_puts_them_however_they_come() {
        let mut texts = ["d", "b", "b", "e", "a", "c"];
        let mut order = Order::default();
        (0..6).for_each(|row| order.note(row));
        while order.is_waiting() {
            order.settle(
                2,
                |a, b| texts[a as usize].cmp(texts[b as usize]),
                |a, b| texts[a as usize] != texts[b as usize],
            );
        }
        let ranks: Vec<u32> = (0..6).map(|row| order.rank(row)).collect();
        assert_eq!(ranks, [3, 1, 1, 4, 0, 2]);
        texts[3] = "A";
        order.note(3);
        while order.is_waiting() {
            order.settle(
                9,
                |a, b| texts[a as usize].cmp(texts[b as usize]),
                |a, b| texts[a as usize] != texts[b as usize],
            );
        }
        assert_eq!((order.rank(3), order.rank(0), order.row(0)), (0, 4, 3));
    }
}
