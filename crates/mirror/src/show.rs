//! Rows as they are shown.

use domain::{
    id::TaskId,
    query::{Facets, Page, TaskFilter, TaskQuery},
    task::{Priority, TaskRecord, TaskSource, TaskStatus, TaskType},
};

use crate::{
    Mirror, Row,
    fields::{Cold, Hot, UNKNOWN, time},
    texts::NONE,
};

impl Mirror {
    /// The page that is asked for, and its facets: what a store's `ledger` answers. Ask [`Mirror::beyond`] first.
    pub fn ledger(&mut self, query: &TaskQuery) -> (Page<Row>, Facets) {
        (self.tasks(query), self.facets(&query.filter))
    }

    /// The page that is asked for.
    pub fn tasks(&mut self, query: &TaskQuery) -> Page<Row> {
        let (rows, total) = self.page(query);
        Page::new(rows.into_iter().filter_map(|row| self.row(row)).collect(), total, query.page)
    }

    /// For each filter, how many tasks each of its values would show.
    pub fn facets(&mut self, filter: &TaskFilter) -> Facets {
        self.find(filter).facets.clone()
    }

    /// The row of a task, if it is here.
    pub fn task(&self, id: &TaskId) -> Option<Row> {
        let is = |row: u32| {
            self.cold.get(row as usize).is_some_and(|known| self.texts.get(known.id) == id.as_str())
        };
        self.row(self.slots.find(id.as_str(), is)?)
    }

    fn row(&self, row: u32) -> Option<Row> {
        let (hot, cold) = (self.hot.get(row as usize)?, self.cold.get(row as usize)?);
        if !hot.alive {
            return None;
        }
        let text = |number: u32| self.texts.find(number).map(ToOwned::to_owned);
        let product = self.counts_as.get(hot.product as usize).copied().unwrap_or(hot.product);
        let mut inferred: Vec<String> = self
            .lists
            .get(cold.inferred as usize)
            .map(|list| list.iter().map(|text| self.texts.get(*text).to_owned()).collect())
            .unwrap_or_default();
        let guessed =
            [("title", cold.title == NONE), ("status", !cold.status_told), ("createdAt", !cold.created_told)];
        for (field, _) in guessed.into_iter().filter(|(_, guessed)| *guessed) {
            if !inferred.iter().any(|known| known == field) {
                inferred.push(field.to_owned());
            }
        }
        let [status, priority, task_type, source] = hot.words;
        let mut priority = word(Priority::ALL, priority);
        if priority.is_none() {
            priority = self.guessed(hot, cold);
            if priority.is_some() && !inferred.iter().any(|field| field == "priority") {
                inferred.push("priority".to_owned());
            }
        }
        Some(Row {
            id: TaskId::new(self.texts.get(cold.id)).ok()?,
            title: self.texts.get(cold.title_or_id()).to_owned(),
            product_id: self.products.get(product)?.clone(),
            status: word(TaskStatus::ALL, status)?,
            priority,
            task_type: word(TaskType::ALL, task_type),
            source: word(TaskSource::ALL, source),
            agent: self.agents.get(hot.agent).cloned(),
            created_at: time(hot.created)?,
            started_at: time(cold.started),
            completed_at: time(cold.completed),
            duration_ms: cold.duration(),
            retry_count: cold.retries,
            last_action: text(cold.last_action),
            next_action: text(cold.next_action),
            inferred,
        })
    }
    /// The priority that a rule gives the row. Of its error only the part that is searched is here.
    fn guessed(&self, hot: &Hot, cold: &Cold) -> Option<Priority> {
        if self.guesses.priority_rules.is_empty() && self.guesses.categories.is_empty() {
            return None;
        }
        let [.., task_type, source] = hot.words;
        let product = self.counts_as.get(hot.product as usize).copied().unwrap_or(hot.product);
        let mut task =
            TaskRecord::placeholder(TaskId::new(self.texts.get(cold.id)).ok()?, time(hot.created)?);
        task.title = Some(self.texts.get(cold.title_or_id()).to_owned());
        task.product_id = self.products.get(product).cloned();
        task.task_type = word(TaskType::ALL, task_type);
        task.source = word(TaskSource::ALL, source);
        task.error = self.texts.find(cold.error).map(ToOwned::to_owned);
        self.guesses.inferred_priority(&task.into())
    }
}

fn word<T: Copy>(all: &[T], place: u8) -> Option<T> {
    all.get(usize::from(place)).copied().filter(|_| place != UNKNOWN)
}
