//! A store that never answers.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    agent::AgentStatus,
    change::Changes,
    decision::{AuditEntry, Decision, NewDecision},
    event::Event,
    facts::{Facts, Spans},
    id::{Seq, TaskId},
    job::Job,
    product::Product,
    query::{Page, PageRequest, TaskQuery},
    run::Run,
    settings::{Settings, SettingsVersion},
    task::Task,
};
use store::{Appended, Batch, Cursor, Info, NewSettings, Prune, Pruned, Result, Store, StoreError, Token};

pub(crate) struct BrokenStore;

/// What must never reach an answer.
pub(crate) const SECRET: &str = "disk I/O error at /home/founder/secret.db";

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
    async fn facts(&self, _: Spans) -> Result<Facts> {
        fails()
    }
    async fn tasks(&self, _: &TaskQuery) -> Result<Page<Task>> {
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
    async fn products(&self) -> Result<Vec<Product>> {
        fails()
    }
    async fn agents(&self) -> Result<Vec<AgentStatus>> {
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
    async fn info(&self) -> Result<Info> {
        fails()
    }
}
