//! The mirror itself: what it holds, how it grows, what it can answer.

use std::{
    cmp::Ordering,
    collections::{HashMap, VecDeque},
};

use domain::{
    change::{Change, Row as Changed},
    id::{AgentId, ProductId, Seq, TaskId},
    query::{SearchIn, TaskFilter},
    settings::Settings,
    text,
};

use crate::{
    Manifest, Products,
    fields::{Cold, Hot},
    find::Found,
    names::Names,
    order::Order,
    slots::Slots,
    texts::Texts,
    wire::{Head, Loading, WireError},
    words::Index,
};

/// How many rows are taken at a time.
const STEP: usize = 1_024;

/// What a change made old.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applied {
    /// Nothing that the mirror holds.
    Nothing,
    /// Rows, and with them answers.
    Rows,
    /// Products. The change does not tell what the founder says of them: see [`Mirror::set_products`].
    Products,
}

/// Why the server must be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beyond {
    /// Not all chunks are here.
    Loading,
    /// Tasks may match that are older than those that the mirror holds.
    Older,
    /// There are more tasks than a mirror holds.
    Full,
    /// Words are looked for in everything, and a mirror has only the tasks' own words.
    Everything,
}

/// The ledger in memory.
#[derive(Debug, Default)]
pub struct Mirror {
    seq: Seq,
    /// The place of the manifest.
    begun: Seq,
    /// How many chunks are still to come.
    missing: usize,
    complete: bool,
    /// In microseconds since 1970.
    since: Option<i64>,
    full: bool,
    total: u64,
    pub(crate) version: u64,
    loading: VecDeque<Loading>,
    pub(crate) texts: Texts,
    /// How many bytes of texts there were when all of them were of use.
    pub(crate) used: usize,
    pub(crate) lists: Vec<Box<[u32]>>,
    pub(crate) products: Names<ProductId>,
    pub(crate) agents: Names<AgentId>,
    pub(crate) book: Products,
    /// Of the settings what gives rows a priority.
    pub(crate) guesses: Settings,
    /// For each product the place of the one that it counts as.
    pub(crate) counts_as: Vec<u32>,
    pub(crate) hot: Vec<Hot>,
    pub(crate) cold: Vec<Cold>,
    pub(crate) slots: Slots,
    /// Tasks that turned out to be others, and when.
    pub(crate) gone: HashMap<TaskId, u64>,
    pub(crate) by_id: Order,
    pub(crate) by_title: Order,
    pub(crate) words: Index,
    pub(crate) found: Option<Found>,
}

impl Mirror {
    /// A mirror of which nothing is loaded yet.
    pub fn new(manifest: &Manifest) -> Self {
        let mut mirror = Self {
            seq: manifest.seq,
            begun: manifest.seq,
            missing: manifest.chunks.len(),
            complete: manifest.complete,
            since: manifest.since.map(|since| since.timestamp_micros()),
            full: !manifest.complete && manifest.since.is_none(),
            total: manifest.total,
            guesses: manifest.guesses.clone().settings(),
            ..Self::default()
        };
        mirror.set_products(manifest.products.clone());
        mirror
    }

    /// Takes the bytes of a chunk, whose rows come with [`Mirror::build_some`]. Where one cannot be read, here or there,
    /// the mirror stays [`Beyond::Loading`]: ask the server, or begin anew.
    pub fn load(&mut self, bytes: Vec<u8>) -> Result<Head, WireError> {
        let mut loading = Loading::new(bytes)?;
        let head = loading.head;
        // A version that was in force when the manifest was made held then, however old the bytes are.
        loading.head.seq = head.seq.max(self.begun);
        self.loading.push_back(loading);
        Ok(head)
    }

    /// Does a piece of what is to be done: reads rows, or works out an order or words. Whether more is to be done.
    pub fn build_some(&mut self) -> Result<bool, WireError> {
        if let Some(loading) = self.loading.front_mut() {
            if loading.read(STEP)? {
                self.take_chunk_some();
            }
        } else if self.by_id.is_waiting() {
            self.order_ids(STEP);
        } else if let Some(block) = self.words.unmade(self.hot.len()) {
            self.make_words(block);
        } else if self.by_title.is_waiting() {
            self.order_titles(STEP);
        } else if self.is_worn() {
            self.tidy();
        }
        Ok(self.is_building())
    }

    /// Whether [`Mirror::build_some`] has something to do. Answers are right all the same, but slower.
    pub fn is_building(&self) -> bool {
        !self.loading.is_empty()
            || self.by_id.is_waiting()
            || self.by_title.is_waiting()
            || self.words.unmade(self.hot.len()).is_some()
            || self.is_worn()
    }

    /// Takes over some rows of the chunk that was read.
    fn take_chunk_some(&mut self) {
        let Some(mut loading) = self.loading.pop_front() else { return };
        self.take_rows(&mut loading, STEP);
        if loading.rows.is_empty() {
            self.missing = self.missing.saturating_sub(1);
        } else {
            self.loading.push_front(loading);
        }
        self.version += 1;
    }

    /// Takes over a change of the log; of one that is known already nothing.
    pub fn apply(&mut self, change: &Change) -> Applied {
        if change.seq <= self.seq {
            return Applied::Nothing;
        }
        self.seq = change.seq;
        let changed = match &change.row {
            Changed::Task(task) => self.take_task(task, change.seq),
            Changed::TaskMerged(merged) => self.forget(&merged.from, change.seq),
            Changed::Product(_) => return Applied::Products,
            Changed::Event(_) | Changed::Run(_) | Changed::Agent(_) | Changed::Job(_) => false,
        };
        self.version += u64::from(changed);
        if changed { Applied::Rows } else { Applied::Nothing }
    }

    /// The place in the log after which changes are to be applied.
    pub fn seq(&self) -> Seq {
        self.seq
    }

    /// Notes that the log was read up to there, where the last changes of it were none of rows.
    pub fn reached(&mut self, seq: Seq) {
        self.seq = self.seq.max(seq);
    }

    /// Goes up with every change of answers: what was made of an older one is old.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Takes over what the products are now.
    pub fn set_products(&mut self, products: Products) {
        self.book = products;
        self.version += 1;
        for (from, into) in &self.book.merges {
            self.products.note(from);
            self.products.note(into);
        }
        self.count_products();
    }

    /// Takes over what a newer manifest says beside its chunks: the products, and by what rows get a priority.
    pub fn renew(&mut self, manifest: &Manifest) {
        self.guesses = manifest.guesses.clone().settings();
        self.set_products(manifest.products.clone());
    }

    /// The products: for the names of those that rows and facets name by id.
    pub fn products(&self) -> &Products {
        &self.book
    }

    /// Works out which product each counts as.
    pub(crate) fn count_products(&mut self) {
        let all = self.products.ids().iter().enumerate();
        let counts_as = |(place, id)| {
            let into = self.book.merges.get(id).and_then(|into| self.products.place(into));
            into.unwrap_or(u32::try_from(place).unwrap_or(u32::MAX))
        };
        self.counts_as = all.map(counts_as).collect();
        self.products.rank();
    }

    /// Why the mirror cannot answer for that filter; `None` where it can.
    pub fn beyond(&self, filter: &TaskFilter) -> Option<Beyond> {
        if self.full {
            return Some(Beyond::Full);
        }
        if self.missing > 0 || !self.loading.is_empty() {
            return Some(Beyond::Loading);
        }
        if filter.search_in == SearchIn::Everything && !text::query_tokens(&filter.q).is_empty() {
            return Some(Beyond::Everything);
        }
        let open = !filter.status.is_empty() && filter.status.iter().all(|status| status.is_open());
        let from = filter.from.map(|from| from.begin().timestamp_micros());
        let young = self.since.is_some_and(|since| from.is_some_and(|from| from >= since));
        (!self.complete && !open && !young).then_some(Beyond::Older)
    }

    /// How many rows are here.
    pub fn rows(&self) -> usize {
        self.hot.iter().filter(|row| row.alive).count()
    }

    /// How many tasks there were when the manifest was made, in the mirror or not.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// How much memory it takes, in bytes, as far as that is known.
    pub fn memory(&self) -> usize {
        self.texts.memory()
            + self.hot.capacity() * size_of::<Hot>()
            + self.cold.capacity() * size_of::<Cold>()
            + self.slots.memory()
            + self.by_id.memory()
            + self.by_title.memory()
            + self.words.memory()
    }

    /// No more rows fit.
    pub(crate) fn overflow(&mut self) {
        self.full = true;
    }

    pub(crate) fn order_ids(&mut self, most: usize) {
        let (texts, cold) = (&self.texts, &self.cold);
        let id = |row: u32| cold.get(row as usize).map_or("", |cold| texts.get(cold.id));
        // No two rows have the same id.
        self.by_id.settle(most, |a, b| id(a).cmp(id(b)), |_, _| true);
    }

    pub(crate) fn order_titles(&mut self, most: usize) {
        let (texts, cold) = (&self.texts, &self.cold);
        let title = |row: u32| cold.get(row as usize).map_or("", |cold| texts.get(cold.title_or_id()));
        let compare = |a, b| compare_titles(title(a), title(b));
        self.by_title.settle(most, compare, |a, b| compare(a, b).is_ne());
    }
}

/// As [`domain::query::sort_title`] has it: without regard to case.
fn compare_titles(a: &str, b: &str) -> Ordering {
    if a.is_ascii() && b.is_ascii() {
        return a
            .bytes()
            .map(|byte| byte.to_ascii_lowercase())
            .cmp(b.bytes().map(|byte| byte.to_ascii_lowercase()));
    }
    a.to_lowercase().cmp(&b.to_lowercase())
}
