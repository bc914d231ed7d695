//! Writing a chunk, row by row.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    id::{AgentId, ProductId, Seq},
    query::searched,
    task::TaskRecord,
};

use super::{
    ACTION, ACTIONS, AGENT, COLUMNS, COMPLETED, CREATED, DURATION, ERROR, ERRORS, FLAGS, FORMAT,
    HAS_COMPLETED, HAS_CREATED, HAS_DURATION, HAS_ERROR, HAS_LISTS, HAS_PROGRESS, HAS_RETRIES, HAS_STARTED,
    IDS, LABELS, LAST_SEEN, LIST, MAGIC, PRIORITY, PRODUCT, PROGRESS, RETRIES, SOURCE, STARTED, STATUS,
    TEXTS, TITLE, TITLES, TYPE, UNITS,
};
use crate::bytes::{folded, put};

/// Writes a chunk. Of the rows only what goes out is kept. In the order of their creation they come out smallest.
#[derive(Debug, Default)]
pub struct Writer {
    rows: u64,
    span: Option<(i64, i64)>,
    products: Words,
    agents: Words,
    texts: [Words; TEXTS.len()],
    lists: Lists,
    columns: [Vec<u8>; COLUMNS.len()],
    /// Created, started, completed and last seen, each as the difference to the time before it.
    times: [Vec<i64>; 4],
    last_created: i64,
}

impl Writer {
    /// A writer of no rows yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many rows there are.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Adds a row, of the product that was told: merges are the reader's to follow.
    pub fn push(&mut self, task: &TaskRecord) {
        self.rows += 1;
        let lists = task.tags.is_some() || task.inferred.is_some();
        let flags = [
            (HAS_CREATED, task.created_at.is_some()),
            (HAS_STARTED, task.started_at.is_some()),
            (HAS_COMPLETED, task.completed_at.is_some()),
            (HAS_DURATION, task.duration_ms.is_some()),
            (HAS_RETRIES, task.retry_count.is_some()),
            (HAS_PROGRESS, task.progress_percent.is_some()),
            (HAS_ERROR, task.error.is_some()),
            (HAS_LISTS, lists),
        ];
        self.columns[FLAGS].push(flags.iter().filter(|(_, has)| *has).map(|(flag, _)| flag).sum());
        self.texts[IDS].add(task.id.as_str());
        self.text(TITLES, TITLE, task.title.as_deref());
        let product = task.product_id.as_ref().map_or(ProductId::UNASSIGNED, ProductId::as_str);
        put(&mut self.columns[PRODUCT], self.products.note(product));
        let agent = task.assigned_agent.as_ref().map(AgentId::as_str);
        put(&mut self.columns[AGENT], agent.map_or(0, |agent| self.agents.note(agent) + 1));
        let words = [
            (STATUS, task.status.map(|word| word as u8)),
            (PRIORITY, task.priority.map(|word| word as u8)),
            (TYPE, task.task_type.map(|word| word as u8)),
            (SOURCE, task.source.map(|word| word as u8)),
        ];
        for (column, word) in words {
            self.columns[column].push(word.map_or(0, |word| word + 1));
        }
        self.push_times(task);
        if let Some(duration) = task.duration_ms {
            put(&mut self.columns[DURATION], duration);
        }
        if let Some(retries) = task.retry_count {
            put(&mut self.columns[RETRIES], retries.into());
        }
        if let Some(progress) = task.progress_percent {
            // Whole numbers have their bits at the upper end.
            put(&mut self.columns[PROGRESS], progress.get().to_bits().swap_bytes().into());
        }
        self.text(ACTIONS, ACTION, task.last_action.as_deref());
        self.text(ACTIONS, ACTION, task.next_action.as_deref());
        if let Some(error) = &task.error {
            self.text(ERRORS, ERROR, Some(searched(error)));
        }
        if lists {
            for list in [&task.tags, &task.inferred] {
                let labels = &mut self.texts[LABELS];
                let number = list.as_ref().map_or(0, |list| self.lists.note(list, labels) + 1);
                put(&mut self.columns[LIST], number);
            }
        }
    }

    fn push_times(&mut self, task: &TaskRecord) {
        let micros = |at: DateTime<Utc>| at.timestamp_micros();
        let created = micros(task.created_at.unwrap_or(task.first_seen_at));
        let (first, last) = self.span.unwrap_or((created, created));
        self.span = Some((first.min(created), last.max(created)));
        let mut before = std::mem::replace(&mut self.last_created, created);
        let (started, completed) = (task.started_at.map(micros), task.completed_at.map(micros));
        let times = [Some(created), started, completed, Some(micros(task.last_seen_at))];
        for (column, at) in self.times.iter_mut().zip(times) {
            if let Some(at) = at {
                column.push(at.wrapping_sub(before));
                before = at;
            }
        }
    }

    fn text(&mut self, kind: usize, column: usize, text: Option<&str>) {
        let number = text.map_or(0, |text| self.texts[kind].refer(text));
        put(&mut self.columns[column], number);
    }

    /// The bytes; they hold at that place in the log.
    pub fn finish(mut self, seq: Seq) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        put(&mut out, FORMAT);
        put(&mut out, seq.0);
        put(&mut out, self.rows);
        if let Some((first, last)) = self.span {
            put(&mut out, folded(first));
            put(&mut out, folded(last));
        }
        self.products.write(&mut out);
        self.agents.write(&mut out);
        self.texts.iter().for_each(|texts| texts.write(&mut out));
        put(&mut out, self.lists.count);
        out.append(&mut self.lists.bytes);
        for (column, times) in [CREATED, STARTED, COMPLETED, LAST_SEEN].into_iter().zip(&self.times) {
            self.columns[column] = in_units(times);
        }
        for column in &self.columns {
            put(&mut out, column.len() as u64);
            out.extend_from_slice(column);
        }
        out
    }
}

/// Differences of times in the largest unit that all are whole in, after the unit's number.
fn in_units(times: &[i64]) -> Vec<u8> {
    let whole = |unit: i64| times.iter().all(|time| time % unit == 0);
    let (number, unit) = (0..).zip(UNITS).filter(|(_, unit)| whole(*unit)).last().unwrap_or((0, 1));
    let mut out = vec![number];
    times.iter().for_each(|time| put(&mut out, folded(time / unit)));
    out
}

/// Texts, each once.
#[derive(Debug, Default)]
struct Words {
    places: HashMap<Box<str>, u64>,
    count: u64,
    lengths: Vec<u8>,
    blob: String,
}

impl Words {
    /// Adds a text that is not there yet.
    fn add(&mut self, text: &str) {
        self.count += 1;
        put(&mut self.lengths, text.len() as u64);
        self.blob.push_str(text);
    }

    /// The place of a text.
    fn note(&mut self, text: &str) -> u64 {
        if let Some(place) = self.places.get(text) {
            return *place;
        }
        let place = self.count;
        self.places.insert(text.into(), place);
        self.add(text);
        place
    }

    /// How a row names a text: 1 is "the next new one", 2 and more are those that came before; 0 is left for "none".
    fn refer(&mut self, text: &str) -> u64 {
        let new = self.count;
        let place = self.note(text);
        if place == new { 1 } else { place + 2 }
    }

    fn write(&self, out: &mut Vec<u8>) {
        put(out, self.count);
        out.extend_from_slice(&self.lengths);
        put(out, self.blob.len() as u64);
        out.extend_from_slice(self.blob.as_bytes());
    }
}

/// Lists of texts, each once.
#[derive(Debug, Default)]
struct Lists {
    places: HashMap<Vec<u64>, u64>,
    count: u64,
    bytes: Vec<u8>,
}

impl Lists {
    fn note(&mut self, list: &[String], labels: &mut Words) -> u64 {
        let numbers: Vec<u64> = list.iter().map(|text| labels.note(text)).collect();
        if let Some(place) = self.places.get(&numbers) {
            return *place;
        }
        put(&mut self.bytes, numbers.len() as u64);
        numbers.iter().for_each(|number| put(&mut self.bytes, *number));
        let place = self.count;
        self.places.insert(numbers, place);
        self.count += 1;
        place
    }
}
