//! Which rows a filter lets through, and its facets: one pass over all rows, or over those that have the words.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    id::{AgentId, ProductId},
    query::{Count, DateBound, Facets, TaskFilter},
    task::{Priority, TaskSource, TaskStatus, TaskType},
    text,
};

use crate::{
    Mirror,
    fields::{Hot, NEVER, UNKNOWN},
    texts::NONE,
    words::Bits,
};

/// What a filter found, kept for the next page, order or facets of the same one.
#[derive(Debug)]
pub(crate) struct Found {
    filter: TaskFilter,
    version: u64,
    /// In no order.
    pub(crate) rows: Vec<u32>,
    pub(crate) facets: Facets,
}

impl Mirror {
    /// What the filter finds.
    pub(crate) fn find(&mut self, filter: &TaskFilter) -> &Found {
        let known =
            self.found.take().filter(|found| found.version == self.version && found.filter == *filter);
        let found = known.unwrap_or_else(|| self.find_anew(filter));
        self.found.insert(found)
    }

    fn find_anew(&mut self, filter: &TaskFilter) -> Found {
        let words = self.search(&text::query_tokens(&filter.q));
        let mut pass = Pass::of(self, filter);
        let mut rows = Vec::new();
        let mut look = |row: usize, hot: &Hot| {
            if pass.add(hot) {
                rows.push(u32::try_from(row).unwrap_or(NONE));
            }
        };
        match words {
            None => self.hot.iter().enumerate().for_each(|(row, hot)| look(row, hot)),
            Some(bits) => each_bit(&bits, |row| {
                if let Some(hot) = self.hot.get(row) {
                    look(row, hot);
                }
            }),
        }
        let facets = pass.facets(self);
        Found { filter: filter.clone(), version: self.version, rows, facets }
    }

    /// The rows that have all words; `None` where none are looked for.
    fn search(&mut self, words: &[String]) -> Option<Bits> {
        let (first, rest) = words.split_first()?;
        let mut bits = self.search_word(first);
        for word in rest {
            let other = self.search_word(word);
            bits.iter_mut().zip(other).for_each(|(bits, other)| *bits &= other);
        }
        Some(bits)
    }

    fn search_word(&mut self, word: &str) -> Bits {
        let starts = |token: &String| token.starts_with(word);
        let tokens = |text: &str| text::text_tokens(text).iter().any(starts);
        let products: Vec<bool> = self
            .products
            .ids()
            .iter()
            .zip(&self.counts_as)
            .map(|(id, counts)| {
                let counts = self.products.get(*counts).unwrap_or(id);
                tokens(id.as_str())
                    || tokens(counts.as_str())
                    || self.book.words.get(counts).is_some_and(|words| words.iter().any(starts))
            })
            .collect();
        let agents: Vec<bool> = self.agents.ids().iter().map(|id| tokens(id.as_str())).collect();
        let rows = self.hot.len();
        let mut index = std::mem::take(&mut self.words);
        let mut bits = index.find(word, rows, |row| self.has(row, word)).clone();
        self.words = index;
        if products.contains(&true) || agents.contains(&true) {
            let is = |among: &[bool], place: u32| among.get(place as usize).is_some_and(|is| *is);
            for (bits, rows) in bits.iter_mut().zip(self.hot.chunks(64)) {
                for (place, hot) in rows.iter().enumerate() {
                    *bits |= u64::from(is(&products, hot.product) || is(&agents, hot.agent)) << place;
                }
            }
        }
        bits
    }

    /// Whether a word of the row itself begins so.
    fn has(&self, row: u32, word: &str) -> bool {
        let mut has = false;
        self.each_text(row, &mut |text| {
            if !has {
                text::each_text_token(text, |token| has |= token.starts_with(word));
            }
        });
        has
    }

    /// Hands over the texts by which the row itself is found; not those of its product and agent, which many share.
    fn each_text(&self, row: u32, visit: &mut dyn FnMut(&str)) {
        let Some(cold) = self.cold.get(row as usize) else { return };
        [cold.id, cold.title, cold.error]
            .into_iter()
            .filter_map(|text| self.texts.find(text))
            .for_each(&mut *visit);
        let tags = self.lists.get(cold.tags as usize).map_or(&[][..], |tags| &**tags);
        tags.iter().for_each(|tag| visit(self.texts.get(*tag)));
    }

    /// Makes the words of a block.
    pub(crate) fn make_words(&mut self, block: usize) {
        let mut index = std::mem::take(&mut self.words);
        index.make(block, self.hot.len(), |row, visit| self.each_text(row, visit));
        self.words = index;
    }
}

fn each_bit(bits: &[u64], mut visit: impl FnMut(usize)) {
    for (at, bits) in bits.iter().enumerate() {
        let mut bits = *bits;
        while bits != 0 {
            visit(at * 64 + bits.trailing_zeros() as usize);
            bits &= bits - 1;
        }
    }
}

/// Conditions of the facets that are about ids; those about words have the places before them.
const PRODUCT: u8 = 4;
const AGENT: u8 = 5;

/// The pass: what is asked for, and how many tasks have each value.
struct Pass {
    from: i64,
    /// Not included.
    to: i64,
    ended_from: i64,
    ended_to: i64,
    ended: bool,
    total: u64,
    /// Status, priority, type and source; by each value's place, [`UNKNOWN`] the last: the condition's own bit where the value is
    /// not wanted, else nothing.
    missed: [[u8; 256]; 4],
    counts: [[u32; 256]; 4],
    products: Ids,
    agents: Ids,
}

/// Which ids are not wanted, as in [`Pass::missed`], and how many tasks have each. The last place is "nobody".
struct Ids(Vec<Id>);

struct Id {
    missed: u8,
    count: u32,
}

impl Ids {
    fn of(count: usize, condition: u8, any: bool, wanted: impl Fn(usize) -> bool) -> Self {
        let wanted = (0..count).map(|place| any || wanted(place)).chain([any]);
        Self(wanted.map(|wanted| Id { missed: u8::from(!wanted) << condition, count: 0 }).collect())
    }

    /// There always is one: the last place stands for all that have none.
    #[inline]
    fn id(&mut self, id: u32) -> Option<&mut Id> {
        let last = self.0.len().saturating_sub(1);
        self.0.get_mut((id as usize).min(last))
    }
}

impl Pass {
    fn of(mirror: &Mirror, filter: &TaskFilter) -> Self {
        // A product that was merged is asked for as the one that it became.
        let resolved = |id: &ProductId| mirror.book.merges.get(id).unwrap_or(id).clone();
        let asked: BTreeSet<ProductId> = filter.product.iter().map(resolved).collect();
        let product = |place: usize| {
            let counts = mirror.counts_as.get(place).and_then(|counts| mirror.products.get(*counts));
            counts.is_some_and(|id| asked.contains(id))
        };
        let agent = |place: usize| mirror.agents.ids().get(place).is_some_and(|id| filter.agent.contains(id));
        let (from, to) = (filter.from.map(DateBound::begin), filter.to.map(DateBound::end));
        let ended = (filter.ended_from.map(DateBound::begin), filter.ended_to.map(DateBound::end));
        Self {
            from: from.map_or(i64::MIN, ceil),
            to: to.map_or(i64::MAX, ceil),
            ended_from: ended.0.map_or(i64::MIN, ceil),
            ended_to: ended.1.map_or(i64::MAX, ceil),
            ended: ended.0.is_some() || ended.1.is_some(),
            total: 0,
            missed: [
                words(0, &filter.status, |word| word as usize),
                words(1, &filter.priority, |word| word as usize),
                words(2, &filter.task_type, |word| word as usize),
                words(3, &filter.source, |word| word as usize),
            ],
            counts: [[0; 256]; 4],
            products: Ids::of(mirror.products.ids().len(), PRODUCT, asked.is_empty(), product),
            agents: Ids::of(mirror.agents.ids().len(), AGENT, filter.agent.is_empty(), agent),
        }
    }

    /// Counts a row that all conditions but at most one of the facets' own let through. Whether all do. Runs for every task there
    /// is: no condition of a facet is a branch of its own.
    #[inline]
    fn add(&mut self, hot: &Hot) -> bool {
        if !hot.alive || hot.created < self.from || hot.created >= self.to {
            return false;
        }
        if self.ended && (hot.ended == NEVER || hot.ended < self.ended_from || hot.ended >= self.ended_to) {
            return false;
        }
        let words = hot.words.map(usize::from);
        let (Some(product), Some(agent)) = (self.products.id(hot.product), self.agents.id(hot.agent)) else {
            return false;
        };
        let missed = self.missed.iter().zip(words).map(|(missed, word)| missed[word]);
        let missed = missed.fold(product.missed | agent.missed, |all, missed| all | missed);
        if missed == 0 {
            self.counts.iter_mut().zip(words).for_each(|(counts, word)| counts[word] += 1);
            product.count += 1;
            agent.count += 1;
            self.total += 1;
            return true;
        }
        // Its own facet counts it where that is all that it misses.
        if missed.is_power_of_two() {
            if missed == 1 << PRODUCT {
                product.count += 1;
            } else if missed == 1 << AGENT {
                agent.count += 1;
            } else {
                let place = missed.trailing_zeros() as usize;
                self.counts[place][words[place]] += 1;
            }
        }
        false
    }

    fn facets(&self, mirror: &Mirror) -> Facets {
        let [status, priority, task_type, source] = &self.counts;
        let product = |place: usize| mirror.products.get(mirror.counts_as.get(place).copied()?).cloned();
        let agent = |place: usize| mirror.agents.ids().get(place).cloned();
        Facets {
            total: self.total,
            status: listed(status, TaskStatus::ALL),
            product: ids::<ProductId>(&self.products, product),
            priority: listed(priority, Priority::ALL),
            task_type: listed(task_type, TaskType::ALL),
            source: listed(source, TaskSource::ALL),
            agent: ids::<AgentId>(&self.agents, agent),
        }
    }
}

/// The first whole microsecond that is not before then: rows are kept to the microsecond.
fn ceil(at: DateTime<Utc>) -> i64 {
    let whole = domain::stamp::whole_micros(at);
    let up = if whole < at { TimeDelta::microseconds(1) } else { TimeDelta::zero() };
    whole.checked_add_signed(up).map_or(i64::MAX, |at| at.timestamp_micros())
}

fn words<T: Copy>(condition: u8, asked: &BTreeSet<T>, place: impl Fn(T) -> usize) -> [u8; 256] {
    let mut missed = [u8::from(!asked.is_empty()) << condition; 256];
    for value in asked {
        if let Some(missed) = missed.get_mut(place(*value)) {
            *missed = 0;
        }
    }
    missed
}

fn listed<T: Copy>(counts: &[u32; 256], all: &[T]) -> Vec<Count<T>> {
    let known = all.iter().zip(counts).map(|(value, count)| (Some(*value), u64::from(*count)));
    let unknown = (None, u64::from(counts[usize::from(UNKNOWN)]));
    let there = known.chain([unknown]).filter(|(_, count)| *count > 0);
    there.map(|(value, count)| Count { value, count }).collect()
}

/// The counts by what each place stands for, which several may do; nobody last.
fn ids<T: Ord>(ids: &Ids, id: impl Fn(usize) -> Option<T>) -> Vec<Count<T>> {
    let mut sums: BTreeMap<T, u64> = BTreeMap::new();
    let mut unknown = 0;
    for (place, Id { count, .. }) in ids.0.iter().enumerate().filter(|(_, id)| id.count > 0) {
        match id(place) {
            Some(id) => *sums.entry(id).or_default() += u64::from(*count),
            None => unknown += u64::from(*count),
        }
    }
    let known = sums.into_iter().map(|(value, count)| Count { value: Some(value), count });
    known.chain((unknown > 0).then_some(Count { value: None, count: unknown })).collect()
}
