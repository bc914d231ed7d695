//! Facets: how many tasks each value of a filter would show, counted over [`Columns`] in one pass.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    id::{AgentId, BadId, ProductId},
    query::{Count, Facets, Page, TaskFilter, TaskQuery},
    registry::Registry,
    task::{Priority, Task, TaskSource, TaskStatus, TaskType},
};
use sqlx::{QueryBuilder, SqliteConnection};
use store::{Result, StoreError};
use tokio::sync::MutexGuard;

use crate::{
    columns::{Columns, Entry, NOBODY, Names, UNKNOWN, wanted},
    error::sql,
    search::Search,
    tasks,
    time::micros,
};

/// How many tasks each value of a filter would show.
pub(crate) async fn facets(
    conn: &mut SqliteConnection,
    columns: &mut Columns,
    filter: &TaskFilter,
) -> Result<Facets> {
    let mut transaction = sqlx::Connection::begin(conn).await.map_err(sql)?;
    let search = Search::of(&mut transaction, filter).await?;
    counted(&mut transaction, columns, &search, filter).await
}

/// The page that is asked for, and its facets, of one moment.
pub(crate) async fn ledger(
    conn: &mut SqliteConnection,
    mut columns: MutexGuard<'_, Columns>,
    query: &TaskQuery,
) -> Result<(Page<Task>, Facets)> {
    let mut transaction = sqlx::Connection::begin(conn).await.map_err(sql)?;
    let search = Search::of(&mut transaction, &query.filter).await?;
    let facets = counted(&mut transaction, &mut columns, &search, &query.filter).await?;
    drop(columns);
    let page = tasks::page(&mut transaction, &search, query, facets.total).await?;
    Ok((page, facets))
}

async fn counted(
    conn: &mut SqliteConnection,
    columns: &mut Columns,
    search: &Search,
    filter: &TaskFilter,
) -> Result<Facets> {
    columns.catch_up(conn).await?;
    let found = found(conn, search, filter).await?;
    let mut counter = Counter::of(columns, search, filter);
    let is_found = |entry: &Entry| found.as_ref().is_none_or(|keys| keys.binary_search(&entry.key).is_ok());
    for entry in &columns.tasks {
        counter.add(entry, || is_found(entry));
    }
    counter.facets(columns, search.aliases())
}

/// The keys of the tasks that have the words of the search, in order; `None` where no words are looked for.
async fn found(
    conn: &mut SqliteConnection,
    search: &Search,
    filter: &TaskFilter,
) -> Result<Option<Vec<i64>>> {
    if search.is_empty() {
        return Ok(None);
    }
    let mut select = QueryBuilder::new("select key from tasks indexed by tasks_ledger where true");
    search.words(&mut select, filter);
    select.push(" order by key");
    select.build_query_scalar().fetch_all(conn).await.map(Some).map_err(sql)
}

/// Counts while tasks go by.
struct Counter {
    from: i64,
    /// Not included.
    to: i64,
    ended_from: Option<i64>,
    ended_to: Option<i64>,
    total: u64,
    words: [Words; 4],
    products: Ids,
    agents: Ids,
}

/// Which words of a fixed list are wanted, and how many tasks have each. The last place is "unknown".
struct Words {
    wanted: [bool; 256],
    counts: [u64; 256],
}

/// The same for ids.
struct Ids {
    /// `None`: all of them.
    wanted: Option<Vec<bool>>,
    counts: Vec<u64>,
    unknown: u64,
}

impl Counter {
    fn of(columns: &Columns, search: &Search, filter: &TaskFilter) -> Self {
        let products = search.products().iter().map(ProductId::as_str);
        let agents = filter.agent.iter().map(AgentId::as_str);
        Self {
            from: filter.from.map_or(i64::MIN, |from| micros(from.begin())),
            to: filter.to.map_or(i64::MAX, |to| micros(to.end())),
            ended_from: filter.ended_from.map(|from| micros(from.begin())),
            ended_to: filter.ended_to.map(|to| micros(to.end())),
            total: 0,
            words: [
                Words::of(&filter.status, |value| value as usize),
                Words::of(&filter.priority, |value| value as usize),
                Words::of(&filter.task_type, |value| value as usize),
                Words::of(&filter.source, |value| value as usize),
            ],
            products: Ids::of(&columns.products, products),
            agents: Ids::of(&columns.agents, agents),
        }
    }

    /// Counts a task that all conditions but at most one of the facets' own let through. `is_found` tells whether it
    /// has the words of the search.
    fn add(&mut self, entry: &Entry, is_found: impl FnOnce() -> bool) {
        if entry.created_at < self.from || entry.created_at >= self.to {
            return;
        }
        let ended = |holds: &dyn Fn(i64) -> bool| entry.ended_at.is_some_and(holds);
        if self.ended_from.is_some_and(|from| !ended(&|at| at >= from))
            || self.ended_to.is_some_and(|to| !ended(&|at| at < to))
        {
            return;
        }
        let words = [entry.status, entry.priority, entry.task_type, entry.source].map(usize::from);
        let mut missed = None;
        let mut misses = 0;
        for (place, (column, word)) in self.words.iter().zip(words).enumerate() {
            if !column.wanted[word] {
                (missed, misses) = (Some(place), misses + 1);
            }
        }
        if !self.products.wants(entry.product) {
            (missed, misses) = (Some(4), misses + 1);
        }
        if !self.agents.wants(entry.agent) {
            (missed, misses) = (Some(5), misses + 1);
        }
        if misses > 1 || !is_found() {
            return;
        }
        let counts_in = |place| missed.is_none_or(|missed| missed == place);
        self.total += u64::from(misses == 0);
        for (place, (column, word)) in self.words.iter_mut().zip(words).enumerate() {
            column.counts[word] += u64::from(counts_in(place));
        }
        if counts_in(4) {
            self.products.add(entry.product);
        }
        if counts_in(5) {
            self.agents.add(entry.agent);
        }
    }

    fn facets(self, columns: &Columns, aliases: &Registry) -> Result<Facets> {
        let [status, priority, task_type, source] = &self.words;
        Ok(Facets {
            total: self.total,
            status: status.listed(TaskStatus::ALL),
            product: {
                let counts = |text: &str| ProductId::new(text).map(|id| aliases.resolve(&id).clone());
                self.products.listed(&columns.products, counts)?
            },
            priority: priority.listed(Priority::ALL),
            task_type: task_type.listed(TaskType::ALL),
            source: source.listed(TaskSource::ALL),
            agent: self.agents.listed(&columns.agents, |text| AgentId::new(text))?,
        })
    }
}

impl Words {
    fn of<T: Copy>(asked: &BTreeSet<T>, place: impl Fn(T) -> usize) -> Self {
        let mut wanted = [asked.is_empty(); 256];
        asked.iter().for_each(|value| wanted[place(*value)] = true);
        Self { wanted, counts: [0; 256] }
    }

    fn listed<T: Copy>(&self, all: &[T]) -> Vec<Count<T>> {
        let known = all.iter().zip(&self.counts).map(|(value, count)| (Some(*value), *count));
        let unknown = (None, self.counts[usize::from(UNKNOWN)]);
        let there = known.chain([unknown]).filter(|(_, count)| *count > 0);
        there.map(|(value, count)| Count { value, count }).collect()
    }
}

impl Ids {
    fn of<'a>(names: &Names, asked: impl ExactSizeIterator<Item = &'a str>) -> Self {
        let wanted = (asked.len() > 0).then(|| wanted(names, asked));
        Self { wanted, counts: vec![0; names.texts.len()], unknown: 0 }
    }

    fn wants(&self, place: u32) -> bool {
        let Some(wanted) = &self.wanted else { return true };
        usize::try_from(place).ok().and_then(|place| wanted.get(place)).is_some_and(|wanted| *wanted)
    }

    fn add(&mut self, place: u32) {
        if place == NOBODY {
            self.unknown += 1;
        } else if let Some(count) = usize::try_from(place).ok().and_then(|place| self.counts.get_mut(place)) {
            *count += 1;
        }
    }

    /// The counts by what each name stands for, which several names may do.
    fn listed<T: Ord>(
        &self,
        names: &Names,
        id: impl Fn(&str) -> std::result::Result<T, BadId>,
    ) -> Result<Vec<Count<T>>> {
        let corrupt = |error: BadId| StoreError::Corrupt(error.to_string());
        let mut sums: BTreeMap<T, u64> = BTreeMap::new();
        for (text, count) in names.texts.iter().zip(&self.counts).filter(|(_, count)| **count > 0) {
            *sums.entry(id(text).map_err(corrupt)?).or_default() += count;
        }
        let mut list: Vec<_> =
            sums.into_iter().map(|(value, count)| Count { value: Some(value), count }).collect();
        if self.unknown > 0 {
            list.push(Count { value: None, count: self.unknown });
        }
        Ok(list)
    }
}
