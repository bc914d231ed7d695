//! The in-memory store: the mock service behind tests, and the plainest reading of what a store must do.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    agent::AgentStatus,
    change::{Change, Changes},
    decision::{AuditEntry, Decision, NewDecision, Watch},
    event::Event,
    facts::{
        Facts, HistoryFacts, Period, Spans,
        product_work::ProductWork,
        work::{ToolUse, Work, WorkKey, WorkSpan},
    },
    fold::{Key, Ledger, Touched},
    id::{AgentId, LineId, ProductId, Seq, TaskId},
    insight::fingerprint::Recurrence,
    job::Job,
    live::{Heads, Marks},
    product::Product,
    query::{Facets, Page, PageRequest, TaskFilter, TaskQuery},
    registry::{ProductBook, ProductChange, ProductEdit},
    run::Run,
    settings::{Settings, SettingsVersion},
    task::{Task, TaskRecord},
    telemetry::{Digest, Outcome},
    view::{NewView, View, ViewChange},
};

use crate::{
    Appended, Batch, Cursor, Extent, Info, MirrorMonths, MirrorPart, NewSettings, Prune, Pruned, Result,
    Rows, Store, StoreError, Token,
};

mod decisions;
mod export;
mod failures;
mod mirror;
mod products;
mod prune;
mod scan;
mod search;
mod settings;
mod views;

use self::{decisions::Decisions, products::Products, views::Views};

/// A store that is gone with its process.
#[derive(Default)]
pub struct MemoryStore(Mutex<State>);

#[derive(Default)]
struct State {
    ledger: Ledger,
    lines: HashMap<LineId, Digest>,
    /// The log: which row changed at each place. Place `n` is at index `n - 1`.
    log: Vec<Key>,
    cursors: BTreeMap<String, Cursor>,
    /// Every version that was stored, the latest last.
    settings: Vec<SettingsVersion>,
    /// Places up to this one are gone from the log.
    floor: Seq,
    tokens: BTreeMap<String, Token>,
    decisions: Decisions,
    products: Products,
    views: Views,
}

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    /// A writer that panicked left no half-done state behind that readers could not see anyway.
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Store for MemoryStore {
    async fn append(&self, batch: Batch, now: DateTime<Utc>) -> Result<Appended> {
        let mut state = self.state();
        let mut outcomes = Vec::with_capacity(batch.lines.len());
        let mut touched = Touched::default();
        let mut watch = Watch::over(state.decisions.subjects(), &state.ledger);
        for line in &batch.lines {
            let outcome = match state.lines.get(&line.id) {
                None => Outcome::Accepted,
                Some(digest) if *digest == line.digest => Outcome::Duplicate,
                Some(_) => Outcome::Conflict,
            };
            outcomes.push(outcome);
            if outcome == Outcome::Accepted {
                state.lines.insert(line.id.clone(), line.digest);
                state.ledger.merge_noting(line, now, &mut touched);
                watch.look(line, &state.ledger, now);
            }
        }
        state.decisions.settle(watch.into_turns());
        let touched = touched.into_keys();
        state.ledger.seq = Seq(state.ledger.seq.0 + touched.len() as u64);
        state.log.extend(touched);
        for (name, cursor) in batch.cursors {
            if cursor.is_null() {
                state.cursors.remove(&name);
            } else {
                state.cursors.insert(name, cursor);
            }
        }
        Ok(Appended { outcomes, seq: state.ledger.seq })
    }

    async fn digest_key(&self) -> Result<[u8; 32]> {
        // Nothing outlives the process here, so nothing is gained by a secret.
        Ok([0; 32])
    }

    async fn cursor(&self, name: &str) -> Result<Option<Cursor>> {
        Ok(self.state().cursors.get(name).cloned())
    }

    async fn cursors(
        &self,
        prefix: &str,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<(String, Cursor)>> {
        let state = self.state();
        let wanted = state
            .cursors
            .iter()
            .filter(|(name, _)| name.starts_with(prefix) && after.is_none_or(|after| name.as_str() > after));
        Ok(wanted.take(limit).map(|(name, cursor)| (name.clone(), cursor.clone())).collect())
    }

    async fn changes_after(&self, seq: Seq, limit: usize) -> Result<Changes> {
        let state = self.state();
        if seq > state.ledger.seq || seq < state.floor {
            return Ok(Changes::Resync);
        }
        let start = usize::try_from(seq.0).unwrap_or(usize::MAX).min(state.log.len());
        let end = start.saturating_add(limit).min(state.log.len());
        let mut changes = Vec::new();
        for (index, key) in state.log.iter().enumerate().take(end).skip(start) {
            if let Some(row) = state.ledger.get(key) {
                changes.push(Change { seq: Seq(index as u64 + 1), row });
            }
        }
        Ok(Changes::Some { changes, upto: Seq(end as u64) })
    }

    async fn heads(&self) -> Result<Heads> {
        let state = self.state();
        let marks = Marks {
            decisions: state.decisions.entries(),
            settings: state.settings.len() as u64,
            views: state.views.entries(),
            products: state.products.entries(),
        };
        Ok(Heads { seq: state.ledger.seq, marks })
    }

    async fn facts(&self, spans: Spans) -> Result<Facts> {
        Ok(self.state().facts(spans))
    }

    async fn history(&self, periods: &[Period], product: Option<&ProductId>) -> Result<HistoryFacts> {
        let state = self.state();
        let registry = state.products.registry();
        let product = product.map(|id| registry.resolve(id));
        Ok(scan::history(&state.counting(), periods, product))
    }

    async fn tasks(&self, query: &TaskQuery) -> Result<Page<Task>> {
        let state = self.state();
        Ok(search::tasks(&state.counting(), &state.book(), query))
    }

    async fn facets(&self, filter: &TaskFilter) -> Result<Facets> {
        let state = self.state();
        Ok(search::facets(&state.counting(), &state.book(), filter))
    }

    async fn ledger(&self, query: &TaskQuery) -> Result<(Page<Task>, Facets)> {
        let state = self.state();
        Ok(search::both(&state.counting(), &state.book(), query))
    }

    async fn export(&self, query: &TaskQuery, extent: Extent) -> Result<Box<dyn Rows>> {
        let state = self.state();
        // Which tasks is asked of what counts; the rows are as telemetry told them.
        let counting = state.counting();
        let found = search::matching(&counting, &state.book(), query);
        let tasks = found.into_iter().filter_map(|task| state.ledger.tasks.get(&task.id)).collect();
        Ok(Box::new(export::export(&state.ledger, tasks, extent)))
    }

    async fn mirror_months(&self) -> Result<MirrorMonths> {
        Ok(mirror::months(&self.state().ledger))
    }

    async fn mirror(
        &self,
        part: MirrorPart,
        visit: &mut (dyn FnMut(TaskRecord) + Send),
    ) -> Result<Option<Seq>> {
        Ok(mirror::rows(&self.state().ledger, part, visit))
    }

    async fn task(&self, id: &TaskId) -> Result<Option<Task>> {
        let state = self.state();
        let mut task = state.ledger.tasks.get(state.ledger.resolve(id)).cloned();
        if let Some(task) = &mut task {
            state.products.registry().point_record(task);
        }
        Ok(task.map(Task::from))
    }

    async fn events(&self, task: &TaskId, page: PageRequest) -> Result<Page<Event>> {
        let state = self.state();
        let task = state.ledger.resolve(task);
        let mut events: Vec<_> =
            state.ledger.events.values().filter(|record| record.event.task_id == *task).collect();
        events.sort_by(|a, b| (a.event.timestamp, &a.stamp.1).cmp(&(b.event.timestamp, &b.stamp.1)));
        Ok(Page::cut(events, page).map(|record| record.event.clone()))
    }

    async fn runs(&self, task: &TaskId, page: PageRequest) -> Result<Page<Run>> {
        let state = self.state();
        let task = state.ledger.resolve(task);
        let mut runs: Vec<_> =
            state.ledger.runs.values().filter(|run| run.task_id.as_ref() == Some(task)).collect();
        runs.sort_by_key(|run| (run.started_at.is_none(), run.started_at, run.id.clone()));
        Ok(Page::cut(runs, page).map(|run| Run::from(run.clone())))
    }

    async fn each_event(&self, task: &TaskId, visit: &mut (dyn FnMut(Event) + Send)) -> Result<()> {
        let all = PageRequest { page: 1, per_page: u32::MAX };
        self.events(task, all).await?.items.into_iter().for_each(visit);
        Ok(())
    }

    async fn recurrences(&self, task: &TaskId) -> Result<Vec<Recurrence>> {
        let state = self.state();
        let ledger = state.counting();
        Ok(failures::recurrences(&ledger, ledger.resolve(task)))
    }

    async fn products(&self) -> Result<Vec<Product>> {
        Ok(self.state().book().products())
    }

    async fn product_book(&self) -> Result<ProductBook> {
        Ok(self.state().book())
    }

    async fn product_work(&self, product: &ProductId, most: u32) -> Result<ProductWork> {
        let state = self.state();
        Ok(scan::product_work(&state.counting(), state.products.registry().resolve(product), most))
    }

    async fn agents(&self) -> Result<Vec<AgentStatus>> {
        Ok(scan::agents(&self.state().ledger))
    }

    async fn work(&self, span: WorkSpan, of: Option<&[WorkKey]>) -> Result<Work> {
        Ok(scan::work::work(&self.state().ledger, span, of))
    }

    async fn failed_calls(&self, tool: &str, limit: usize) -> Result<Vec<Event>> {
        Ok(scan::work::failed_calls(&self.state().ledger, tool, limit))
    }

    async fn tools_of(&self, agent: &AgentId) -> Result<Vec<ToolUse>> {
        Ok(scan::work::tools_of(&self.state().ledger, agent))
    }

    async fn jobs(&self) -> Result<Vec<Job>> {
        Ok(scan::jobs(&self.state().counting()))
    }

    async fn settings(&self) -> Result<Settings> {
        Ok(settings::in_force(&self.state().settings).settings)
    }

    async fn settings_version(&self) -> Result<SettingsVersion> {
        Ok(settings::in_force(&self.state().settings))
    }

    async fn put_settings(
        &self,
        new: &NewSettings,
        expected: u64,
        now: DateTime<Utc>,
    ) -> Result<Option<SettingsVersion>> {
        Ok(settings::put(&mut self.state().settings, new, expected, now))
    }

    async fn settings_versions(&self, page: PageRequest) -> Result<Page<SettingsVersion>> {
        let versions = self.state().settings.iter().rev().cloned().collect();
        Ok(Page::cut(versions, page))
    }

    async fn prune(&self, prune: &Prune, limit: usize) -> Result<Pruned> {
        Ok(prune::prune(&mut self.state(), prune, limit))
    }

    async fn ended_before(&self, at: DateTime<Utc>) -> Result<u64> {
        let ended = |task: &&TaskRecord| task.ended_at().is_some_and(|ended| ended < at);
        Ok(self.state().ledger.tasks.values().filter(ended).count() as u64)
    }

    async fn shrink(&self) -> Result<u64> {
        Ok(0)
    }

    async fn add_token(&self, token: &Token) -> Result<()> {
        let mut state = self.state();
        if state.tokens.contains_key(&token.name) {
            return Err(StoreError::Taken(format!("a token named `{}`", token.name)));
        }
        state.tokens.insert(token.name.clone(), token.clone());
        Ok(())
    }

    async fn tokens(&self) -> Result<Vec<Token>> {
        Ok(self.state().tokens.values().cloned().collect())
    }

    async fn revoke_token(&self, name: &str) -> Result<bool> {
        Ok(self.state().tokens.remove(name).is_some())
    }

    async fn use_token(&self, hash: &str, now: DateTime<Utc>) -> Result<Option<Token>> {
        let mut state = self.state();
        let token = state.tokens.values_mut().find(|token| token.hash == hash);
        Ok(token.map(|token| {
            token.last_used_at = Some(now);
            token.clone()
        }))
    }

    async fn decide(&self, new: &NewDecision, now: DateTime<Utc>) -> Result<AuditEntry> {
        let state = &mut *self.state();
        Ok(state.decisions.decide(new, &state.ledger, now))
    }

    async fn undo(&self, id: u64, by: &str, now: DateTime<Utc>) -> Result<Option<AuditEntry>> {
        Ok(self.state().decisions.undo(id, by, now))
    }

    async fn decisions(&self) -> Result<Vec<Decision>> {
        Ok(self.state().decisions.in_force())
    }

    async fn audit(&self, page: PageRequest) -> Result<Page<AuditEntry>> {
        Ok(Page::cut(self.state().decisions.audit(), page))
    }

    async fn audit_entry(&self, id: u64) -> Result<Option<AuditEntry>> {
        Ok(self.state().decisions.entry(id))
    }

    async fn edit_product(
        &self,
        product: &ProductId,
        edit: &ProductEdit,
        by: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<ProductChange>> {
        Ok(self.state().edit_product(product, edit, by, now))
    }

    async fn merge_product(
        &self,
        from: &ProductId,
        into: &ProductId,
        by: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<ProductChange>> {
        Ok(self.state().merge_product(from, into, by, now))
    }

    async fn undo_product_change(
        &self,
        id: u64,
        by: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<ProductChange>> {
        Ok(self.state().undo_product_change(id, by, now))
    }

    async fn product_changes(&self, product: &ProductId, page: PageRequest) -> Result<Page<ProductChange>> {
        Ok(Page::cut(self.state().products.changes(product), page))
    }

    async fn product_change(&self, id: u64) -> Result<Option<ProductChange>> {
        Ok(self.state().products.entry(id))
    }

    async fn views(&self) -> Result<Vec<View>> {
        Ok(self.state().views.all())
    }

    async fn add_view(&self, view: &NewView, by: &str, now: DateTime<Utc>) -> Result<View> {
        self.state().views.add(view, by, now)
    }

    async fn put_view(&self, id: u64, view: &NewView, by: &str, now: DateTime<Utc>) -> Result<Option<View>> {
        self.state().views.put(id, view, by, now)
    }

    async fn delete_view(&self, id: u64, by: &str, now: DateTime<Utc>) -> Result<bool> {
        Ok(self.state().views.delete(id, by, now))
    }

    async fn order_views(&self, ids: &[u64], by: &str, now: DateTime<Utc>) -> Result<Vec<View>> {
        Ok(self.state().views.order(ids, by, now))
    }

    async fn view_changes(&self, page: PageRequest) -> Result<Page<ViewChange>> {
        Ok(Page::cut(self.state().views.history(), page))
    }

    async fn info(&self) -> Result<Info> {
        let state = self.state();
        Ok(Info {
            kind: "memory",
            location: "this process".to_owned(),
            bytes: None,
            tasks: state.ledger.tasks.len() as u64,
            lines: state.lines.len() as u64,
            seq: state.ledger.seq,
        })
    }
}
