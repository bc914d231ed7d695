//! Rows that come in: those of chunks, and those of live changes.

use chrono::{DateTime, Utc};
use domain::{
    id::{ProductId, Seq, TaskId},
    task::TaskRecord,
};

use crate::{
    MAX_ROWS, Mirror,
    fields::{Cold, Hot, NEVER, UNKNOWN},
    texts::{NONE, Texts},
    wire::{Loading, ended},
};

impl Mirror {
    /// Takes over the last rows of a chunk, at most so many. Its texts and names come with the first of them.
    pub(crate) fn take_rows(&mut self, loading: &mut Loading, most: usize) {
        let places = loading.places.take().unwrap_or_else(|| {
            self.used += loading.texts.bytes();
            let texts = self.texts.append(std::mem::take(&mut loading.texts));
            let lists = u32::try_from(self.lists.len()).unwrap_or(NONE);
            let moved = |list: Box<[u32]>| list.iter().map(|text| moved(*text, texts)).collect();
            self.lists.extend(std::mem::take(&mut loading.lists).into_iter().map(moved));
            let products = loading.products.iter().map(|id| self.products.note(id)).collect();
            let agents = loading.agents.iter().map(|id| self.agents.note(id)).collect();
            self.count_products();
            self.agents.rank();
            Places { texts, lists, products, agents }
        });
        let first = loading.rows.len().saturating_sub(most);
        for row in loading.rows.split_off(first) {
            let (mut hot, mut cold) = (row.hot, row.cold);
            hot.product = places.products.get(hot.product as usize).copied().unwrap_or(NONE);
            hot.agent = places.agents.get(hot.agent as usize).copied().unwrap_or(NONE);
            let texts = [
                &mut cold.id,
                &mut cold.title,
                &mut cold.last_action,
                &mut cold.next_action,
                &mut cold.error,
            ];
            texts.into_iter().for_each(|text| *text = moved(*text, places.texts));
            [&mut cold.tags, &mut cold.inferred]
                .into_iter()
                .for_each(|list| *list = moved(*list, places.lists));
            self.put(hot, cold);
        }
        loading.places = Some(places);
    }

    /// Puts a row whose texts are here, unless a later state of it is.
    fn put(&mut self, hot: Hot, cold: Cold) {
        let id = self.texts.get(cold.id);
        let is = |row: u32| self.cold.get(row as usize).is_some_and(|known| self.texts.get(known.id) == id);
        if let Some(row) = self.slots.find(id, is) {
            let newer = self.cold.get(row as usize).is_some_and(|known| cold.seq > known.seq);
            if newer {
                self.replace(row, hot, cold);
            }
            return;
        }
        if !self.gone.is_empty() {
            let gone = TaskId::new(id).ok().and_then(|id| self.gone.get(&id).copied());
            if gone.is_some_and(|gone| gone >= cold.seq) {
                return;
            }
        }
        if self.hot.len() >= MAX_ROWS {
            self.overflow();
            return;
        }
        let row = u32::try_from(self.hot.len()).unwrap_or(NONE);
        self.slots.add(id, row);
        self.hot.push(hot);
        self.cold.push(cold);
        self.by_id.note(row);
        self.by_title.note(row);
        self.words.note(row);
    }

    fn replace(&mut self, row: u32, hot: Hot, cold: Cold) {
        let at = row as usize;
        let (Some(old_hot), Some(old)) = (self.hot.get_mut(at), self.cold.get_mut(at)) else { return };
        let texts = &self.texts;
        let title = texts.find(old.title) != texts.find(cold.title);
        let words = title
            || texts.find(old.error) != texts.find(cold.error)
            || old.tags != cold.tags
            || !old_hot.alive;
        let id = old.id;
        *old_hot = hot;
        *old = Cold { id, ..cold };
        if title {
            self.by_title.note(row);
        }
        if words {
            self.words.note(row);
        }
    }

    /// Takes over a task as it is at that place in the log; whether that is news.
    pub(crate) fn take_task(&mut self, task: &TaskRecord, seq: Seq) -> bool {
        let id = task.id.as_str();
        let is = |row: u32| self.cold.get(row as usize).is_some_and(|known| self.texts.get(known.id) == id);
        let row = self.slots.find(id, is);
        let known = row.and_then(|row| self.cold.get(row as usize).copied());
        if known.is_some_and(|known| known.seq >= seq.0) {
            return false;
        }
        let products = self.products.ids().len();
        let unassigned = ProductId::unassigned;
        let product = self.products.note(task.product_id.as_ref().unwrap_or(&unassigned()));
        if self.products.ids().len() > products {
            self.count_products();
        }
        let agent = task.assigned_agent.as_ref().map_or(NONE, |agent| self.agents.note(agent));
        self.agents.rank();
        let micros = |at: DateTime<Utc>| at.timestamp_micros();
        let words = [
            Some(task.status_or_queued() as u8),
            task.priority.map(|word| word as u8),
            task.task_type.map(|word| word as u8),
            task.source.map(|word| word as u8),
        ];
        let words = words.map(|word| word.unwrap_or(UNKNOWN));
        let completed = task.completed_at.map_or(NEVER, micros);
        let last_seen = micros(task.last_seen_at);
        let hot = Hot {
            created: micros(task.created_at.unwrap_or(task.first_seen_at)),
            ended: ended(words[0], completed, last_seen),
            product,
            agent,
            words,
            alive: true,
        };
        let error = task.error.as_deref().map(domain::query::searched);
        let known = |of: fn(&Cold) -> u32| known.as_ref().map_or(NONE, of);
        let cold = Cold {
            id: self.texts.put(known(|cold| cold.id), Some(id)),
            title: self.texts.put(known(|cold| cold.title), task.title.as_deref()),
            last_action: self.texts.put(known(|cold| cold.last_action), task.last_action.as_deref()),
            next_action: self.texts.put(known(|cold| cold.next_action), task.next_action.as_deref()),
            error: self.texts.put(known(|cold| cold.error), error),
            tags: self.list(known(|cold| cold.tags), task.tags.as_deref()),
            inferred: self.list(known(|cold| cold.inferred), task.inferred.as_deref()),
            retries: task.retry_count,
            progress: task.progress_percent.map(domain::task::Percent::get),
            started: task.started_at.map_or(NEVER, micros),
            completed,
            last_seen,
            duration: task.duration_ms,
            status_told: task.status.is_some(),
            created_told: task.created_at.is_some(),
            seq: seq.0,
        };
        self.put(hot, cold);
        true
    }

    /// The number of a list; the same one keeps its place.
    fn list(&mut self, known: u32, list: Option<&[String]>) -> u32 {
        let Some(list) = list else { return NONE };
        let same = |texts: &Texts, numbers: &[u32]| {
            numbers.len() == list.len()
                && numbers.iter().zip(list).all(|(number, text)| texts.get(*number) == text)
        };
        if self.lists.get(known as usize).is_some_and(|numbers| same(&self.texts, numbers)) {
            return known;
        }
        let number = u32::try_from(self.lists.len()).unwrap_or(NONE);
        let list = list.iter().map(|text| self.texts.add(text)).collect();
        self.lists.push(list);
        number
    }

    /// Forgets a task that turned out to be another; whether it was here.
    pub(crate) fn forget(&mut self, id: &TaskId, seq: Seq) -> bool {
        self.gone.insert(id.clone(), seq.0);
        let is = |row: u32| {
            self.cold.get(row as usize).is_some_and(|known| self.texts.get(known.id) == id.as_str())
        };
        let row = self.slots.find(id.as_str(), is).map(|row| row as usize);
        let (Some(hot), Some(cold)) =
            (row.and_then(|row| self.hot.get_mut(row)), row.and_then(|row| self.cold.get_mut(row)))
        else {
            return false;
        };
        cold.seq = cold.seq.max(seq.0);
        std::mem::replace(&mut hot.alive, false)
    }
}

/// Where the numbers of a chunk are in the mirror.
#[derive(Debug)]
pub(crate) struct Places {
    texts: u32,
    lists: u32,
    products: Vec<u32>,
    agents: Vec<u32>,
}

fn moved(number: u32, by: u32) -> u32 {
    if number == NONE { NONE } else { number.saturating_add(by) }
}
