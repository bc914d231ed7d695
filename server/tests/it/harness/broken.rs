//! A store that never answers.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    agent::AgentStatus,
    change::{Changes, Row},
    decision::{AuditEntry, Decision, NewDecision},
    event::Event,
    facts::{
        Facts, HistoryFacts, Period, Spans,
        product_work::ProductWork,
        work::{ToolUse, Work, WorkKey, WorkSpan},
    },
    id::{AgentId, ProductId, Seq, TaskId},
    insight::fingerprint::Recurrence,
    job::Job,
    live::Heads,
    product::Product,
    query::{Facets, Page, PageRequest, TaskFilter, TaskQuery},
    registry::{ProductBook, ProductChange, ProductEdit},
    run::Run,
    settings::{Settings, SettingsVersion},
    task::{Task, TaskRecord},
    view::{NewView, View, ViewChange},
};
use store::{
    Appended, Batch, Cursor, Extent, Info, MirrorMonths, MirrorPart, NewSettings, Prune, Pruned, Result,
    Rows, Store, StoreError, Token,
};

pub(crate) struct BrokenStore;

/// What must never reach an answer.
pub(crate) const SECRET: &str = "disk I/O error at /home/founder/secret.db";

/// One long row, and then nothing more can be read.
struct BreakingOff {
    began: bool,
}

#[async_trait]
impl Rows for BreakingOff {
    async fn next(&mut self) -> Result<Vec<Row>> {
        if std::mem::replace(&mut self.began, true) {
            return fails();
        }
        let mut task = TaskRecord::placeholder(TaskId::new("t1").unwrap(), DateTime::UNIX_EPOCH);
        task.description = Some("x".repeat(100_000));
        Ok(vec![Row::Task(Box::new(task))])
    }
}

fn fails<T>() -> Result<T> {
    Err(StoreError::Unavailable(SECRET.to_owned()))
}

#[async_trait]
impl Store for BrokenStore {
    async fn append(&self, _: Batch, _: DateTime<Utc>) -> Result<Appended> {
        fails()
    }
    async fn digest_key(&self) -> Result<[u8; 32]> {
        fails()
    }
    async fn cursor(&self, _: &str) -> Result<Option<Cursor>> {
        fails()
    }
    async fn cursors(&self, _: &str, _: Option<&str>, _: usize) -> Result<Vec<(String, Cursor)>> {
        fails()
    }
    async fn changes_after(&self, _: Seq, _: usize) -> Result<Changes> {
        fails()
    }
    async fn heads(&self) -> Result<Heads> {
        fails()
    }
    async fn facts(&self, _: Spans) -> Result<Facts> {
        fails()
    }
    async fn history(&self, _: &[Period], _: Option<&ProductId>) -> Result<HistoryFacts> {
        fails()
    }
    async fn tasks(&self, _: &TaskQuery) -> Result<Page<Task>> {
        fails()
    }
    async fn facets(&self, _: &TaskFilter) -> Result<Facets> {
        fails()
    }
    async fn ledger(&self, _: &TaskQuery) -> Result<(Page<Task>, Facets)> {
        fails()
    }
    /// Begins well, so that an answer is on its way when it fails.
    async fn export(&self, _: &TaskQuery, _: Extent) -> Result<Box<dyn Rows>> {
        Ok(Box::new(BreakingOff { began: false }))
    }
    async fn mirror_months(&self) -> Result<MirrorMonths> {
        fails()
    }
    async fn mirror(&self, _: MirrorPart, _: &mut (dyn FnMut(TaskRecord) + Send)) -> Result<Option<Seq>> {
        fails()
    }
    async fn task(&self, _: &TaskId) -> Result<Option<Task>> {
        fails()
    }
    async fn events(&self, _: &TaskId, _: PageRequest) -> Result<Page<Event>> {
        fails()
    }
    async fn runs(&self, _: &TaskId, _: PageRequest) -> Result<Page<Run>> {
        fails()
    }
    async fn each_event(&self, _: &TaskId, _: &mut (dyn FnMut(Event) + Send)) -> Result<()> {
        fails()
    }
    async fn recurrences(&self, _: &TaskId) -> Result<Vec<Recurrence>> {
        fails()
    }
    async fn products(&self) -> Result<Vec<Product>> {
        fails()
    }
    async fn product_book(&self) -> Result<ProductBook> {
        fails()
    }
    async fn product_work(&self, _: &ProductId, _: u32) -> Result<ProductWork> {
        fails()
    }
    async fn agents(&self) -> Result<Vec<AgentStatus>> {
        fails()
    }
    async fn work(&self, _: WorkSpan, _: Option<&[WorkKey]>) -> Result<Work> {
        fails()
    }
    async fn failed_calls(&self, _: &str, _: usize) -> Result<Vec<Event>> {
        fails()
    }
    async fn tools_of(&self, _: &AgentId) -> Result<Vec<ToolUse>> {
        fails()
    }
    async fn jobs(&self) -> Result<Vec<Job>> {
        fails()
    }
    async fn settings(&self) -> Result<Settings> {
        fails()
    }
    async fn settings_version(&self) -> Result<SettingsVersion> {
        fails()
    }
    async fn put_settings(
        &self,
        _: &NewSettings,
        _: u64,
        _: DateTime<Utc>,
    ) -> Result<Option<SettingsVersion>> {
        fails()
    }
    async fn settings_versions(&self, _: PageRequest) -> Result<Page<SettingsVersion>> {
        fails()
    }
    async fn prune(&self, _: &Prune, _: usize) -> Result<Pruned> {
        fails()
    }
    async fn ended_before(&self, _: DateTime<Utc>) -> Result<u64> {
        fails()
    }
    async fn shrink(&self) -> Result<u64> {
        fails()
    }
    async fn add_token(&self, _: &Token) -> Result<()> {
        fails()
    }
    async fn tokens(&self) -> Result<Vec<Token>> {
        fails()
    }
    async fn revoke_token(&self, _: &str) -> Result<bool> {
        fails()
    }
    /// So that requests come as far as the store.
    async fn use_token(&self, hash: &str, now: DateTime<Utc>) -> Result<Option<Token>> {
        Ok(Some(Token { name: "tests".into(), hash: hash.into(), created_at: now, last_used_at: None }))
    }
    async fn decide(&self, _: &NewDecision, _: DateTime<Utc>) -> Result<AuditEntry> {
        fails()
    }
    async fn undo(&self, _: u64, _: &str, _: DateTime<Utc>) -> Result<Option<AuditEntry>> {
        fails()
    }
    async fn decisions(&self) -> Result<Vec<Decision>> {
        fails()
    }
    async fn audit(&self, _: PageRequest) -> Result<Page<AuditEntry>> {
        fails()
    }
    async fn audit_entry(&self, _: u64) -> Result<Option<AuditEntry>> {
        fails()
    }
    async fn edit_product(
        &self,
        _: &ProductId,
        _: &ProductEdit,
        _: &str,
        _: DateTime<Utc>,
    ) -> Result<Option<ProductChange>> {
        fails()
    }
    async fn merge_product(
        &self,
        _: &ProductId,
        _: &ProductId,
        _: &str,
        _: DateTime<Utc>,
    ) -> Result<Option<ProductChange>> {
        fails()
    }
    async fn undo_product_change(&self, _: u64, _: &str, _: DateTime<Utc>) -> Result<Option<ProductChange>> {
        fails()
    }
    async fn product_changes(&self, _: &ProductId, _: PageRequest) -> Result<Page<ProductChange>> {
        fails()
    }
    async fn product_change(&self, _: u64) -> Result<Option<ProductChange>> {
        fails()
    }
    async fn views(&self) -> Result<Vec<View>> {
        fails()
    }
    async fn add_view(&self, _: &NewView, _: &str, _: DateTime<Utc>) -> Result<View> {
        fails()
    }
    async fn put_view(&self, _: u64, _: &NewView, _: &str, _: DateTime<Utc>) -> Result<Option<View>> {
        fails()
    }
    async fn delete_view(&self, _: u64, _: &str, _: DateTime<Utc>) -> Result<bool> {
        fails()
    }
    async fn order_views(&self, _: &[u64], _: &str, _: DateTime<Utc>) -> Result<Vec<View>> {
        fails()
    }
    async fn view_changes(&self, _: PageRequest) -> Result<Page<ViewChange>> {
        fails()
    }
    async fn info(&self) -> Result<Info> {
        fails()
    }
}
