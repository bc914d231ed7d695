//! Orders and pages: of all rows that were found, only those of the page are put in order.

use std::cmp::Ordering;

use domain::query::{Direction, Sort, SortKey, TaskQuery};

use crate::{
    Mirror,
    fields::{NEVER, UNKNOWN},
    texts::NONE,
};

/// What stands last in either direction: what is unknown.
const LAST: u64 = u64::MAX;

impl Mirror {
    /// The rows of the page that is asked for, and how many there are on all pages.
    pub(crate) fn page(&mut self, query: &TaskQuery) -> (Vec<u32>, u64) {
        while self.by_id.is_waiting() {
            self.order_ids(usize::MAX);
        }
        if query.sort.iter().any(|sort| sort.key == SortKey::Title) {
            while self.by_title.is_waiting() {
                self.order_titles(usize::MAX);
            }
        }
        self.find(&query.filter);
        let rows = self.found.as_ref().map_or(&[][..], |found| found.rows.as_slice());
        let total = rows.len() as u64;
        let begin = usize::try_from(query.page.offset()).unwrap_or(usize::MAX);
        let end = begin.saturating_add(query.page.per_page as usize).min(rows.len());
        if begin >= end {
            return (Vec::new(), total);
        }
        let newest = [Sort::NEWEST];
        let sort = if query.sort.is_empty() { &newest[..] } else { &query.sort };
        let (first, more) = sort.split_first().unwrap_or((&Sort::NEWEST, &[]));
        // Ids are all different, so the place by id names the row and breaks its ties.
        let mut keys: Vec<(u64, u32)> =
            rows.iter().map(|row| (self.key(*row, *first), self.by_id.rank(*row))).collect();
        let compare = |a: &(u64, u32), b: &(u64, u32)| {
            a.0.cmp(&b.0).then_with(|| self.compare_more(a.1, b.1, more)).then(a.1.cmp(&b.1))
        };
        // All before the page's end, then of those all from its begin on.
        if end < keys.len() {
            keys.select_nth_unstable_by(end, compare);
            keys.truncate(end);
        }
        if begin > 0 {
            keys.select_nth_unstable_by(begin, compare);
        }
        let mut of_page = keys.split_off(begin);
        of_page.sort_unstable_by(compare);
        (of_page.into_iter().map(|(_, id)| self.by_id.row(id)).collect(), total)
    }

    fn compare_more(&self, a: u32, b: u32, more: &[Sort]) -> Ordering {
        if more.is_empty() {
            return Ordering::Equal;
        }
        let (a, b) = (self.by_id.row(a), self.by_id.row(b));
        let orders = more.iter().map(|sort| self.key(a, *sort).cmp(&self.key(b, *sort)));
        orders.into_iter().find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    }

    /// What the row is ordered by, smaller first.
    fn key(&self, row: u32, sort: Sort) -> u64 {
        let value = self.value(row, sort.key);
        match (value.map(|value| value.min(LAST - 1)), sort.direction) {
            (None, _) => LAST,
            (Some(value), Direction::Ascending) => value,
            (Some(value), Direction::Descending) => LAST - 1 - value,
        }
    }

    fn value(&self, row: u32, key: SortKey) -> Option<u64> {
        let (hot, cold) = (self.hot.get(row as usize)?, self.cold.get(row as usize)?);
        let word =
            |place: usize| hot.words.get(place).filter(|word| **word != UNKNOWN).map(|word| u64::from(*word));
        match key {
            SortKey::Title => Some(self.by_title.rank(row).into()),
            SortKey::Product => {
                let product = self.counts_as.get(hot.product as usize).copied().unwrap_or(hot.product);
                self.products.rank_of(product).map(u64::from)
            }
            SortKey::Status => word(0),
            SortKey::Priority => word(1),
            SortKey::Type => word(2),
            SortKey::Source => word(3),
            SortKey::Agent => self.agents.rank_of(hot.agent).filter(|_| hot.agent != NONE).map(u64::from),
            SortKey::Created => moment(hot.created),
            SortKey::Started => moment(cold.started),
            SortKey::Completed => moment(cold.completed),
            SortKey::Duration => cold.duration(),
            SortKey::Retries => cold.retries.map(u64::from),
            // Of numbers that are not negative, the bits are in order as they are.
            SortKey::Progress => cold.progress.map(|share| (share + 0.0).to_bits().into()),
            SortKey::Activity => moment(cold.last_seen),
        }
    }
}

/// A time as a number in the same order.
#[expect(clippy::cast_sign_loss, reason = "the bits are what counts")]
fn moment(micros: i64) -> Option<u64> {
    (micros != NEVER).then_some((micros as u64) ^ (1 << 63))
}
